import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { notificationPlace } from "#app/notifications/notifications-href.ts";
import { readNotification } from "#app/notifications/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";

export const loader = postOnly;

export const action = form(readNotification, {
  leads: (_done, _input, search) => href("/notifications") + placeIn(notificationPlace, search),
});

export const clientAction = announcePress();
