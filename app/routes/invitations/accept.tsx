import "#app/i18n/messages-of/account.ts";
import "#app/i18n/messages-of/settings.ts";
import "#app/i18n/messages-of/signed-in.ts";
import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { whenOutdated } from "#app/frame/outdated.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { AnswerView, answerTexts } from "#app/organizations/invitations/answer-view.tsx";
import { acceptInvite, openInvitation } from "#app/organizations/invitations/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/accept";

export const handle: SpeaksOf = ["account", "settings", "signed-in"];

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(answerTexts(loaderData?.preview ?? null).title) },
];

export const loader = page(openInvitation);

export const action = form(acceptInvite, {
  leads: ({ slug }) => href("/organizations/:organization/dashboard", { organization: slug }),
});

export const clientAction = announce();

/** If the invitation ended while it was open, the page shows how, and no buttons that do nothing. */
export const shouldRevalidate = whenOutdated;

export default function AcceptInvitePage({ loaderData, actionData }: Route.ComponentProps) {
  return <AnswerView {...loaderData} result={actionData} />;
}
