import { href, redirect } from "react-router";
import { OnePasskey } from "#app/auth/passkey-schemas.ts";
import { onePasskey, removePasskey } from "#app/auth/passkeys.server.ts";
import { RemovePasskeyPage } from "#app/auth/remove-pages.tsx";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/security.passkey-remove";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_passkey_remove()) }];

export const loader = read({
  validate: OnePasskey,
  authenticate: "fresh",
  authorize: "self",
  execute: (scope, { passkey }) => onePasskey(scope, passkey),
  answer: required,
});

export const action = write({
  validate: OnePasskey,
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: (grant, { passkey }) => removePasskey(grant, passkey),
  refused: {},
  answer: () => redirect(href("/settings/security"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.security_passkey_removed });
}

export default RemovePasskeyPage;
