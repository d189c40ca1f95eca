import { href, redirect } from "react-router";
import { z } from "zod";
import { AccountPage } from "#app/account/account-page.tsx";
import { profile, renamePerson } from "#app/account/profile.server.ts";
import { RenamePerson } from "#app/account/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/account";

export const meta: Route.MetaFunction = () => [{ title: title(m.organizations_own_account()) }];

export const loader = read({ validate: z.unknown(), authenticate: "session", authorize: "self", execute: profile });

export const action = write({
  validate: RenamePerson,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: (grant, { name }) => renamePerson(grant, name),
  refused: {},
  answer: () => redirect(href("/settings/account"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.settings_saved });
}

export default function AccountRoute({ loaderData, actionData }: Route.ComponentProps) {
  return <AccountPage profile={loaderData} results={{ name: actionData }} />;
}
