import { href } from "react-router";
import { forgetRememberedDevice } from "#app/auth/factors/operations.server.ts";
import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(forgetRememberedDevice, {
  leads: () => href("/settings/security"),
  says: "security_remembered_forgotten",
});

export const clientAction = announcePress(() => m.security_remembered_forgotten());
