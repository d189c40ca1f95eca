import { href, redirect } from "react-router";
import { z } from "zod";
import { removeAuthenticator } from "#app/auth/authenticator.server.ts";
import { RemoveAuthenticatorPage } from "#app/auth/remove-pages.tsx";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/security.authenticator-remove";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_authenticator_remove()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: () => answer(null),
});

export const action = write({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: removeAuthenticator,
  refused: {},
  answer: () => redirect(href("/settings/security"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.security_authenticator_removed });
}

export default RemoveAuthenticatorPage;
