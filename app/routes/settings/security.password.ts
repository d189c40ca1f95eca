import { href, redirect } from "react-router";
import { z } from "zod";
import { CONFIRMATIONS_PER_MINUTE } from "#app/auth/limits.ts";
import { PasswordPage } from "#app/auth/password-page.tsx";
import { weakPassword } from "#app/auth/password-refusals.ts";
import { changePassword, hasPassword } from "#app/auth/passwords.server.ts";
import { ChangePassword } from "#app/auth/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { perPersonAndDevice } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/security.password";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_password_title()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: hasPassword,
  answer: (hasPassword, { viewer: { email } }) => ({ hasPassword, email }),
});

export const action = write({
  validate: ChangePassword,
  authenticate: "fresh",
  authorize: "self",
  limit: perPersonAndDevice("change-password", CONFIRMATIONS_PER_MINUTE, 60),
  execute: changePassword,
  refused: {
    ...weakPassword,
    "wrong-password": { status: 403, field: "currentPassword", message: () => m.account_password_wrong() },
  },
  answer: () => redirect(href("/settings/security"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.security_password_changed });
}

export default PasswordPage;
