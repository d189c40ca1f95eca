import { redirect } from "react-router";
import { chooseLook } from "#app/account/operations.server.ts";
import { writePreferences } from "#app/account/preferences.server.ts";
import { form } from "#app/request/doors.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";

export const loader = postOnly;

export const action = form(chooseLook, {
  leads: async ({ preferences, isSecure }, { redirectTo }) =>
    redirect(redirectTo, { status: 303, headers: { "Set-Cookie": await writePreferences(preferences, isSecure) } }),
});
