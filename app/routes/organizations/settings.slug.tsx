import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { changeOrganizationUrl, showSettings } from "#app/organizations/settings/operations.server.ts";
import { SettingsPage } from "#app/organizations/settings/settings-page.tsx";
import { form, page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/settings.slug";

export const meta = organizationTitle(() => m.settings_slug_title());

export const loader = page(showSettings);

export const action = form(changeOrganizationUrl, {
  leads: ({ slug }) => href("/organizations/:organization/settings", { organization: slug }),
  says: "settings_saved",
});

export const clientAction = announce(() => m.settings_saved());

export default function SlugRoute({ loaderData, params, actionData }: Route.ComponentProps) {
  return <SettingsPage organization={params.organization} settings={loaderData} results={{ slug: actionData }} />;
}
