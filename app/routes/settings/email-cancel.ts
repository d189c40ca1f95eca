import { href } from "react-router";
import { cancelEmail } from "#app/account/email-operations.server.ts";
import { form } from "#app/request/doors.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";

export const loader = postOnly;

export const action = form(cancelEmail, { leads: () => href("/settings/account") });
