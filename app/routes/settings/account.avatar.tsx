import { href } from "react-router";
import { AccountPage } from "#app/account/account-page.tsx";
import { showProfile, uploadAvatar } from "#app/account/operations.server.ts";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { askingToStay } from "#app/pictures/before-sending.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/account.avatar";

export const meta = () => [{ title: title(m.profile_avatar_title()) }];

export const loader = page(showProfile);

export const action = form(uploadAvatar, { leads: () => href("/settings/account"), says: "settings_saved" });

export const clientAction = askingToStay(announce(() => m.settings_saved()));

export default function AvatarRoute({ loaderData, actionData }: Route.ComponentProps) {
  return <AccountPage profile={loaderData} results={{ avatar: actionData }} />;
}
