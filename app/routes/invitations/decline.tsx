import "#app/i18n/messages-of/account.ts";
import "#app/i18n/messages-of/settings.ts";
import "#app/i18n/messages-of/signed-in.ts";
import { announce } from "#app/frame/announce.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { AnswerView, answerTexts } from "#app/organizations/invitations/answer-view.tsx";
import { invitationPath } from "#app/organizations/invitations/invitation-link.ts";
import { declineInvite, openInvitation } from "#app/organizations/invitations/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/decline";

export const handle: SpeaksOf = ["account", "settings", "signed-in"];

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(answerTexts(loaderData?.preview ?? null).title) },
];

export const loader = page(openInvitation);

export const action = form(declineInvite, { leads: (_done, { id }) => invitationPath(id) });

export const clientAction = announce();

export default function DeclineInvitePage({ loaderData, actionData }: Route.ComponentProps) {
  return <AnswerView {...loaderData} result={actionData} />;
}
