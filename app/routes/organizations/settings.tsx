import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { nameOrganization, showSettings } from "#app/organizations/settings/operations.server.ts";
import { SettingsPage } from "#app/organizations/settings/settings-page.tsx";
import { form, page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/settings";

export const meta = organizationTitle(() => m.organizations_place_settings());

export const loader = page(showSettings);

export const action = form(nameOrganization, {
  leads: (_done, { organization }) => href("/organizations/:organization/settings", { organization }),
  says: "settings_saved",
});

export const clientAction = announce(() => m.settings_saved());

export default function SettingsRoute({ loaderData, params, actionData }: Route.ComponentProps) {
  return <SettingsPage organization={params.organization} settings={loaderData} results={{ name: actionData }} />;
}
