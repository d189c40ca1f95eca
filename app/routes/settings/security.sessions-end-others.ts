import { href } from "react-router";
import { EndOthersPage } from "#app/auth/sessions/end-pages.tsx";
import { askForSessionEnd, endTheOtherSessions } from "#app/auth/sessions/operations.server.ts";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_sessions_end_others()) }];

export const loader = page(askForSessionEnd);

export const action = form(endTheOtherSessions, {
  leads: () => href("/settings/security"),
  says: "security_sessions_ended",
});

export const clientAction = announce(() => m.security_sessions_ended());

export default EndOthersPage;
