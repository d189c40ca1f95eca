import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { updateRefused } from "#app/organizations/settings/refusals.ts";
import { ChangeLogo } from "#app/organizations/settings/schemas.ts";
import { changeLogo } from "#app/organizations/settings/setting-writes.server.ts";
import { organizationSettings } from "#app/organizations/settings/settings.server.ts";
import { SettingsPage } from "#app/organizations/settings/settings-page.tsx";
import { squareRefused } from "#app/pictures/refusals.ts";
import { uploadLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/settings.logo";
import { settingKeys } from "./setting-changes.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.settings_logo_title()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "organization:update",
  execute: organizationSettings,
});

export const action = write({
  validate: ChangeLogo,
  authenticate: "session",
  authorize: "organization:update",
  limit: uploadLimit,
  execute: (grant, { logo }) => changeLogo(grant, logo),
  refused: { ...updateRefused, ...squareRefused("logo") },
  answer: (_done, _grant, { organization }) =>
    redirect(href("/organizations/:organization/settings", { organization }), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: settingKeys(params.organization), done: m.settings_saved });
}

export default function LogoRoute({ loaderData, params, actionData }: Route.ComponentProps) {
  return <SettingsPage organization={params.organization} settings={loaderData} results={{ logo: actionData }} />;
}
