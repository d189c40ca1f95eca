import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { updateRefused } from "#app/organizations/settings/refusals.ts";
import { RenameOrganization } from "#app/organizations/settings/schemas.ts";
import { renameOrganization } from "#app/organizations/settings/setting-writes.server.ts";
import { organizationSettings } from "#app/organizations/settings/settings.server.ts";
import { SettingsPage } from "#app/organizations/settings/settings-page.tsx";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/settings";
import { settingKeys } from "./setting-changes.ts";

export const meta: Route.MetaFunction = ({ matches: [, frame] }) => [
  { title: title(m.organizations_place_settings(), nameApart(frame.loaderData.organization.name)) },
];

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "organization:update",
  execute: organizationSettings,
});

export const action = write({
  validate: RenameOrganization,
  authenticate: "session",
  authorize: "organization:update",
  limit: changeLimit,
  execute: (grant, { name }) => renameOrganization(grant, name),
  refused: updateRefused,
  answer: (_done, _grant, { organization }) =>
    redirect(href("/organizations/:organization/settings", { organization }), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: settingKeys(params.organization), done: m.settings_saved });
}

export default function SettingsRoute({ loaderData, params, actionData }: Route.ComponentProps) {
  return <SettingsPage organization={params.organization} settings={loaderData} results={{ name: actionData }} />;
}
