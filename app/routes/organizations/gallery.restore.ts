import "#app/i18n/messages-of/browsing.ts";
import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { galleryPlace, trashPlace } from "#app/gallery/gallery-place.ts";
import { restoreFromTrash } from "#app/gallery/operations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";

export const loader = postOnly;

export const action = form(restoreFromTrash, {
  leads: (_done, { organization, undo }, search) =>
    undo === undefined
      ? href("/organizations/:organization/gallery/trash", { organization }) + placeIn(trashPlace, search)
      : href("/organizations/:organization/gallery", { organization }) + placeIn(galleryPlace, search),
  says: "gallery_restored",
});

export const clientAction = announcePress(() => m.gallery_restored());
