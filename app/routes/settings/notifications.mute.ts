import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { chooseMuting } from "#app/notifications/mail-operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(chooseMuting, { leads: () => href("/settings/notifications"), says: "settings_saved" });

export const clientAction = announcePress(() => m.settings_saved());
