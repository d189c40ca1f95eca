import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { updateRefused } from "#app/organizations/settings/refusals.ts";
import { removeLogo } from "#app/organizations/settings/setting-writes.server.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/settings.logo-remove";
import { settingKeys } from "./setting-changes.ts";

export const loader = postOnly;

export const action = write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "organization:update",
  limit: changeLimit,
  execute: removeLogo,
  refused: updateRefused,
  answer: (_done, _grant, { organization }) =>
    redirect(href("/organizations/:organization/settings", { organization }), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: settingKeys(params.organization), done: m.settings_saved });
}
