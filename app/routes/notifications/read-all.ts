import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { readAllNotifications } from "#app/notifications/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(readAllNotifications, { leads: () => href("/notifications") });

export const clientAction = announcePress();
