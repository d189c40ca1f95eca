import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { DeletePage } from "#app/organizations/settings/delete-page.tsx";
import { deleteRefused } from "#app/organizations/settings/refusals.ts";
import { deleteOrganization } from "#app/organizations/settings/removal.server.ts";
import { DeleteOrganization } from "#app/organizations/settings/schemas.ts";
import { organizationSettings } from "#app/organizations/settings/settings.server.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/settings.delete";

export const meta: Route.MetaFunction = () => [{ title: title(m.settings_delete_title()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "fresh",
  authorize: "organization:delete",
  execute: organizationSettings,
});

export const action = write({
  validate: DeleteOrganization,
  authenticate: "fresh",
  authorize: "organization:delete",
  limit: changeLimit,
  execute: (grant, { name }) => deleteOrganization(grant, name),
  refused: deleteRefused,
  answer: () => redirect(href("/organizations"), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [[params.organization]], done: m.settings_deleted });
}

export default DeletePage;
