import "#app/i18n/messages-of/account.ts";
import "#app/i18n/messages-of/settings.ts";
import "#app/i18n/messages-of/signed-in.ts";
import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { whenOutdated } from "#app/frame/outdated.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { JoinView, joinTexts } from "#app/organizations/invite-links/join-view.tsx";
import { joinOrganization, openInviteLink } from "#app/organizations/invite-links/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/join";

export const handle: SpeaksOf = ["account", "settings", "signed-in"];

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(joinTexts(loaderData?.preview ?? null).title) },
];

export const loader = page(openInviteLink);

export const action = form(joinOrganization, {
  leads: ({ slug }) => href("/organizations/:organization/dashboard", { organization: slug }),
});

export const clientAction = announce();

/** If the link ended while it was open, the page shows how, and no button that does nothing. */
export const shouldRevalidate = whenOutdated;

export default function JoinPage({ loaderData, actionData }: Route.ComponentProps) {
  return <JoinView {...loaderData} result={actionData} />;
}
