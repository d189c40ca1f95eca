import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { nameOfOrganizationAt } from "#app/frame/organization-at.ts";
import { m } from "#app/i18n/messages.ts";
import { rename, showSettings } from "#app/organizations/settings/operations.server.ts";
import { SettingsPage } from "#app/organizations/settings/settings-page.tsx";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/settings";

export const meta: Route.MetaFunction = ({ matches: [, frame], params }) => [
  { title: title(m.organizations_place_settings(), nameOfOrganizationAt(frame.loaderData, params.organization)) },
];

export const loader = page(showSettings);

export const action = form(rename, {
  leads: (_done, { organization }) => href("/organizations/:organization/settings", { organization }),
  says: "settings_saved",
});

export const clientAction = announce(() => m.settings_saved());

export default function SettingsRoute({ loaderData, params, actionData }: Route.ComponentProps) {
  return <SettingsPage organization={params.organization} settings={loaderData} results={{ name: actionData }} />;
}
