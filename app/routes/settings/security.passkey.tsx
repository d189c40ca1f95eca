import { href, redirect } from "react-router";
import { PasskeyPage } from "#app/auth/passkey-page.tsx";
import { OnePasskey, RenamePasskey } from "#app/auth/passkey-schemas.ts";
import { onePasskey, renamePasskey } from "#app/auth/passkeys.server.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/security.passkey";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(nameApart(loaderData?.name ?? m.security_passkeys_title())) },
];

export const loader = read({
  validate: OnePasskey,
  authenticate: "session",
  authorize: "self",
  execute: (scope, { passkey }) => onePasskey(scope, passkey),
  answer: required,
});

export const action = write({
  validate: RenamePasskey,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: renamePasskey,
  refused: { "not-found": { status: 404, message: () => m.security_passkey_gone() } },
  answer: () => redirect(href("/settings/security"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.settings_saved });
}

export default PasskeyPage;
