import { href } from "react-router";
import { hideSteps } from "#app/dashboard/operations.server.ts";
import { announcePress } from "#app/frame/announce.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(hideSteps, {
  leads: (_done, { organization }) => href("/organizations/:organization/dashboard", { organization }),
});

export const clientAction = announcePress();
