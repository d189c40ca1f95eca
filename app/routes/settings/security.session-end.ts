import { href, redirectDocument } from "react-router";
import { endOneSession } from "#app/auth/sessions/operations.server.ts";
import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(endOneSession, {
  leads: ({ isOwn }) => (isOwn ? redirectDocument(href("/login"), 303) : href("/settings/security")),
  says: "security_session_ended",
});

export const clientAction = announcePress(() => m.security_session_ended());
