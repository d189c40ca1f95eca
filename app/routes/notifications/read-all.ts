import { href, redirect } from "react-router";
import { markAllRead } from "#app/notifications/notifications.server.ts";
import { AllNotifications } from "#app/notifications/schemas.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/read-all";

export const loader = postOnly;

export const action = write({
  validate: AllNotifications,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: markAllRead,
  refused: {},
  answer: (_done, _grant, { stay }) =>
    stay === undefined ? redirect(href("/notifications"), 303) : { status: "success" },
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [["me"]] });
}
