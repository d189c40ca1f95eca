import { href, redirect } from "react-router";
import { linkedAccount, unlinkAccount } from "#app/auth/linked-accounts.server.ts";
import { UnlinkPage } from "#app/auth/remove-pages.tsx";
import { OneAccount } from "#app/auth/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/security.account-remove";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_account_unlink()) }];

export const loader = read({
  validate: OneAccount,
  authenticate: "fresh",
  authorize: "self",
  execute: (scope, { account }) => linkedAccount(scope, account),
  answer: required,
});

export const action = write({
  validate: OneAccount,
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: (grant, { account }) => unlinkAccount(grant, account),
  refused: { "last-way": { status: 409, message: () => m.security_account_last_way() } },
  answer: () => redirect(href("/settings/security"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.security_account_unlinked });
}

export default UnlinkPage;
