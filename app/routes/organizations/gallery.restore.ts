import "#app/i18n/messages-of/browsing.ts";
import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { takeBack } from "#app/gallery/operations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(takeBack, {
  leads: (_done, { organization, undo }) =>
    undo === undefined
      ? href("/organizations/:organization/gallery/trash", { organization })
      : href("/organizations/:organization/gallery", { organization }),
});

export const clientAction = announcePress(() => m.gallery_restored());
