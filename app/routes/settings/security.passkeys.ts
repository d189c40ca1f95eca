import { href, redirect } from "react-router";
import { z } from "zod";
import { AddPasskeyPage } from "#app/auth/add-passkey-page.tsx";
import { PASSKEYS_MAXIMUM } from "#app/auth/limits.ts";
import { AddPasskey } from "#app/auth/passkey-schemas.ts";
import { addPasskey } from "#app/auth/passkeys.server.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/security.passkeys";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_passkey_add()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: () => answer(null),
});

export const action = write({
  validate: AddPasskey,
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: addPasskey,
  refused: {
    "not-accepted": { status: 403, message: () => m.account_passkey_not_accepted() },
    "too-many": { status: 409, message: () => m.security_passkeys_too_many({ maximum: PASSKEYS_MAXIMUM }) },
  },
  answer: () => redirect(href("/settings/security"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.security_passkey_done });
}

export default AddPasskeyPage;
