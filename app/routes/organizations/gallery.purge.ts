import "#app/i18n/messages-of/browsing.ts";
import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { trashPlace } from "#app/gallery/gallery-place.ts";
import { askForPurge, purgeFromTrash } from "#app/gallery/operations.server.ts";
import { PurgePage } from "#app/gallery/purge-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";

export const handle: SpeaksOf = ["browsing"];

export const meta = organizationTitle(() => m.gallery_purge());

export const loader = page(askForPurge);

export const action = form(purgeFromTrash, {
  leads: (_done, { organization }, search) =>
    href("/organizations/:organization/gallery/trash", { organization }) + placeIn(trashPlace, search),
  says: "gallery_purged",
});

export const clientAction = announce(() => m.gallery_purged());

export default PurgePage;
