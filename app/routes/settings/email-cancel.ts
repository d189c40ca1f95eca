import { href } from "react-router";
import { cancelEmail } from "#app/account/email-operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(cancelEmail, { leads: () => href("/settings/account") });
