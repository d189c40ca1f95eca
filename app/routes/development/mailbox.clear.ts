import { href } from "react-router";
import { clearMailbox } from "#app/development/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(clearMailbox, { leads: () => href("/dev/mailbox") });
