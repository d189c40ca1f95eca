import { href } from "react-router";
import { deleteAvatar } from "#app/account/operations.server.ts";
import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(deleteAvatar, { leads: () => href("/settings/account"), says: "settings_saved" });

export const clientAction = announcePress(() => m.settings_saved());
