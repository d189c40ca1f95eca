import { href, redirectDocument } from "react-router";
import { endAll } from "#app/auth/sessions/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(endAll, { leads: () => redirectDocument(href("/login"), 303) });
