import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { showSettings, uploadLogo } from "#app/organizations/settings/operations.server.ts";
import { SettingsPage } from "#app/organizations/settings/settings-page.tsx";
import { askingToStay } from "#app/pictures/before-sending.ts";
import { form, page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/settings.logo";

export const meta = organizationTitle(() => m.settings_logo_title());

export const loader = page(showSettings);

export const action = form(uploadLogo, {
  leads: (_done, { organization }) => href("/organizations/:organization/settings", { organization }),
  says: "settings_saved",
});

export const clientAction = askingToStay(announce(() => m.settings_saved()));

export default function LogoRoute({ loaderData, params, actionData }: Route.ComponentProps) {
  return <SettingsPage organization={params.organization} settings={loaderData} results={{ logo: actionData }} />;
}
