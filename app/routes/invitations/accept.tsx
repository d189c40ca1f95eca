import { changeLimit } from "#app/request/limits.server.ts";
import { title } from "#app/ui/title.ts";
import "#app/i18n/messages-of/account.ts";
import "#app/i18n/messages-of/settings.ts";
import "#app/i18n/messages-of/signed-in.ts";
import { href, redirect } from "react-router";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { AnswerView, answerTexts } from "#app/organizations/invitations/answer-view.tsx";
import { acceptInvitation, invitationPreview } from "#app/organizations/invitations/invitation-answers.server.ts";
import { acceptRefused } from "#app/organizations/invitations/refusals.ts";
import { AnswerInvitation, InvitationVisit } from "#app/organizations/invitations/schemas.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/accept";

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
  execute: (grant, { id }) => acceptInvitation(grant, id),
  refused: acceptRefused,
  answer: ({ slug }) => redirect(href("/organizations/:organization/dashboard", { organization: slug }), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [["me"]] });
}

export default function AcceptInvitePage({ loaderData, actionData }: Route.ComponentProps) {
  return <AnswerView {...loaderData} refusal={actionData?.error?.[""]?.[0]} />;
}
