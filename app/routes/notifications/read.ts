import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { readNotification } from "#app/notifications/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(readNotification, { leads: () => href("/notifications") });

export const clientAction = announcePress();
