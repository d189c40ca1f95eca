import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { secondFactorRefused } from "#app/organizations/settings/refusals.ts";
import { RequireSecondFactor } from "#app/organizations/settings/schemas.ts";
import { requireSecondFactor } from "#app/organizations/settings/setting-writes.server.ts";
import { organizationSettings } from "#app/organizations/settings/settings.server.ts";
import { SettingsPage } from "#app/organizations/settings/settings-page.tsx";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/settings.second-factor";
import { settingKeys } from "./setting-changes.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.settings_second_factor_title()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "organization:update",
  execute: organizationSettings,
});

export const action = write({
  validate: RequireSecondFactor,
  authenticate: "stepping-up",
  authorize: "organization:update",
  limit: changeLimit,
  execute: (grant, { required }) => requireSecondFactor(grant, required),
  refused: secondFactorRefused,
  answer: (_done, _grant, { organization }) =>
    redirect(href("/organizations/:organization/settings", { organization }), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: settingKeys(params.organization), done: m.settings_saved });
}

export default function SecondFactorRoute({ loaderData, params, actionData }: Route.ComponentProps) {
  return (
    <SettingsPage organization={params.organization} settings={loaderData} results={{ secondFactor: actionData }} />
  );
}
