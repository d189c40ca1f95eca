import "#app/i18n/messages-of/browsing.ts";
import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { EmptyPage } from "#app/gallery/empty-page.tsx";
import { askForEmptyTrash, emptyWholeTrash } from "#app/gallery/operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";

export const handle: SpeaksOf = ["browsing"];

export const meta = organizationTitle(() => m.gallery_trash_empty());

export const loader = page(askForEmptyTrash);

export const action = form(emptyWholeTrash, {
  leads: (_done, { organization }) => href("/organizations/:organization/gallery/trash", { organization }),
  says: "gallery_purged",
});

export const clientAction = announce(() => m.gallery_purged());

export default EmptyPage;
