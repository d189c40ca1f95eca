import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { notificationPlace } from "#app/notifications/notifications-href.ts";
import { readNotification } from "#app/notifications/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import type { Route } from "./+types/read";

export const loader = postOnly;

export const action = form(readNotification, {
  leads: (_done, _input, search) => href("/notifications") + placeIn(notificationPlace, search),
});

const tellRefusal = announcePress();

/** Opening a notification also marks it as read. If only that is refused, its page opens all the same, and there is nothing to say. */
export async function clientAction({ request, serverAction }: Route.ClientActionArgs) {
  const isOpened = (await request.clone().formData()).has("opened");
  const quietly = async () => {
    const result = (await serverAction()) as FormAnswer;
    return result.status === "error" ? null : result;
  };
  return tellRefusal({ params: {}, serverAction: isOpened ? quietly : serverAction });
}
