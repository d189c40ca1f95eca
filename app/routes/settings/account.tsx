import { href } from "react-router";
import { AccountPage } from "#app/account/account-page.tsx";
import { changeName, showProfile } from "#app/account/operations.server.ts";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/account";

export const meta = () => [{ title: title(m.organizations_own_account()) }];

export const loader = page(showProfile);

export const action = form(changeName, { leads: () => href("/settings/account"), says: "settings_saved" });

export const clientAction = announce(() => m.settings_saved());

export default function AccountRoute({ loaderData, actionData }: Route.ComponentProps) {
  return <AccountPage profile={loaderData} results={{ name: actionData }} />;
}
