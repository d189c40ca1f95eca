import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { SLUG_CHANGES_PER_DAY } from "#app/organizations/limits.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { moveRefused } from "#app/organizations/settings/refusals.ts";
import { MoveOrganization } from "#app/organizations/settings/schemas.ts";
import { moveOrganization } from "#app/organizations/settings/setting-writes.server.ts";
import { organizationSettings } from "#app/organizations/settings/settings.server.ts";
import { SettingsPage } from "#app/organizations/settings/settings-page.tsx";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/settings.slug";
import { settingKeys } from "./setting-changes.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.settings_slug_title()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "organization:update",
  execute: organizationSettings,
});

export const action = write({
  validate: MoveOrganization,
  authenticate: "session",
  authorize: "organization:update",
  // Each one holds the slug before it, and nobody should hold many.
  limit: (_input, { userId }) => [{ key: `slug:${userId}`, times: SLUG_CHANGES_PER_DAY, seconds: 86_400 }],
  execute: (grant, { slug }) => moveOrganization(grant, slug),
  refused: moveRefused,
  answer: ({ slug }) => redirect(href("/organizations/:organization/settings", { organization: slug }), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: settingKeys(params.organization), done: m.settings_saved });
}

export default function SlugRoute({ loaderData, params, actionData }: Route.ComponentProps) {
  return <SettingsPage organization={params.organization} settings={loaderData} results={{ slug: actionData }} />;
}
