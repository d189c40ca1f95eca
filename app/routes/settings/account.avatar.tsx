import { href, redirect } from "react-router";
import { z } from "zod";
import { AccountPage } from "#app/account/account-page.tsx";
import { changeAvatar, profile } from "#app/account/profile.server.ts";
import { ChangeAvatar } from "#app/account/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { squareRefused } from "#app/pictures/refusals.ts";
import { uploadLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/account.avatar";

export const meta: Route.MetaFunction = () => [{ title: title(m.profile_avatar_title()) }];

export const loader = read({ validate: z.unknown(), authenticate: "session", authorize: "self", execute: profile });

export const action = write({
  validate: ChangeAvatar,
  authenticate: "session",
  authorize: "self",
  limit: uploadLimit,
  execute: (grant, { avatar }) => changeAvatar(grant, avatar),
  refused: squareRefused("avatar"),
  answer: () => redirect(href("/settings/account"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.settings_saved });
}

export default function AvatarRoute({ loaderData, actionData }: Route.ComponentProps) {
  return <AccountPage profile={loaderData} results={{ avatar: actionData }} />;
}
