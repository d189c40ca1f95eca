import { href, redirectDocument } from "react-router";
import { EndAllPage } from "#app/auth/sessions/end-pages.tsx";
import { askForSessionEnd, endEverySession } from "#app/auth/sessions/operations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_sessions_end_all()) }];

export const loader = page(askForSessionEnd);

// Load a document, which starts without this person's cached data.
export const action = form(endEverySession, { leads: () => redirectDocument(href("/login"), 303) });

export default EndAllPage;
