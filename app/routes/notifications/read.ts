import { href, redirect } from "react-router";
import { markRead } from "#app/notifications/notifications.server.ts";
import { OneNotification } from "#app/notifications/schemas.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/read";

export const loader = postOnly;

export const action = write({
  validate: OneNotification,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: (grant, { notification }) => markRead(grant, notification),
  refused: {},
  answer: (_done, _grant, { stay }) =>
    stay === undefined ? redirect(href("/notifications"), 303) : { status: "success" },
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [["me"]] });
}
