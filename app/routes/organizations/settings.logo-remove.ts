import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { deleteLogo } from "#app/organizations/settings/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(deleteLogo, {
  leads: (_done, { organization }) => href("/organizations/:organization/settings", { organization }),
  says: "settings_saved",
});

export const clientAction = announcePress(() => m.settings_saved());
