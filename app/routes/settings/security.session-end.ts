import { href, redirect, redirectDocument } from "react-router";
import { OneSession } from "#app/auth/schemas.ts";
import { endSessionOf } from "#app/auth/sessions.server.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/security.session-end";

export const loader = postOnly;

export const action = write({
  validate: OneSession,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: (grant, { session }) => endSessionOf(grant, session),
  refused: {},
  answer: ({ isOwn }) => (isOwn ? redirectDocument(href("/login"), 303) : redirect(href("/settings/security"), 303)),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.security_session_ended });
}
