import "#app/i18n/messages-of/browsing.ts";
import "#app/i18n/messages-of/settings.ts";
import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { askForUpload, uploadImage } from "#app/gallery/operations.server.ts";
import { UploadPage } from "#app/gallery/upload-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";

export const handle: SpeaksOf = ["browsing", "settings"];

export const meta = organizationTitle(() => m.gallery_upload_title());

export const loader = page(askForUpload);

export const action = form(uploadImage, {
  leads: (_done, { organization }) => href("/organizations/:organization/gallery", { organization }),
  says: "gallery_uploaded",
});

export const clientAction = announce(() => m.gallery_uploaded());

export default UploadPage;
