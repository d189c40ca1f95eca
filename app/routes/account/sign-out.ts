import { href } from "react-router";
import { endThisSession } from "#app/auth/sessions/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(endThisSession, {
  leads: (_done, { redirectTo }) =>
    redirectTo === "/" ? href("/login") : `${href("/login")}?${new URLSearchParams({ redirectTo })}`,
});
