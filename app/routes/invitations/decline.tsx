import { changeLimit } from "#app/request/limits.server.ts";
import { title } from "#app/ui/title.ts";
import "#app/i18n/messages-of/account.ts";
import "#app/i18n/messages-of/settings.ts";
import "#app/i18n/messages-of/signed-in.ts";
import { redirect } from "react-router";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { AnswerView, answerTexts } from "#app/organizations/invitations/answer-view.tsx";
import { declineInvitation, invitationPreview } from "#app/organizations/invitations/invitation-answers.server.ts";
import { invitationPath } from "#app/organizations/invitations/invitation-link.ts";
import { declineRefused } from "#app/organizations/invitations/refusals.ts";
import { AnswerInvitation, InvitationVisit } from "#app/organizations/invitations/schemas.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/decline";

export const handle: SpeaksOf = ["account", "settings", "signed-in"];

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(answerTexts(loaderData?.preview ?? null).title) },
];

export const loader = read({
  validate: InvitationVisit,
  authenticate: "optional",
  authorize: "public",
  execute: (scope, { id }) => invitationPreview(scope, id),
  answer: (preview, _grant, { id }) => ({ token: id, preview }),
});

export const action = write({
  validate: AnswerInvitation,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: (grant, { id }) => declineInvitation(grant, id),
  refused: declineRefused,
  answer: (_done, _grant, { id, stay }): FormAnswer | Response =>
    stay === undefined ? redirect(invitationPath(id), 303) : { status: "success" },
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [["me"]] });
}

/** Seen when the answer was refused; the page of the link has the same to show. */
export default function DeclineInvitePage({ loaderData, actionData }: Route.ComponentProps) {
  return <AnswerView {...loaderData} refusal={actionData?.error?.[""]?.[0]} />;
}
