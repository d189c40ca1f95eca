import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { InvitationPage } from "#app/organizations/invitations/invitation-page.tsx";
import { revokeInvitation } from "#app/organizations/invitations/invitation-writes.server.ts";
import { invitationDetails } from "#app/organizations/invitations/invitations.server.ts";
import { changeRefused } from "#app/organizations/invitations/refusals.ts";
import { OneInvitation } from "#app/organizations/invitations/schemas.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { changing } from "../changing.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/invitations.revoke";
import { memberKeys } from "./member-changes.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.invitations_open_title()) }];

export const loader = read({
  validate: OneInvitation,
  authenticate: "session",
  authorize: "invitation:delete",
  execute: (scope, { invitation }) => invitationDetails(scope, invitation),
  answer: (found, { role }) => ({ invitation: required(found), viewerRole: role }),
});

export const action = write({
  validate: OneInvitation,
  authenticate: "session",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: (grant, { invitation }) => revokeInvitation(grant, invitation),
  refused: changeRefused,
  answer: (_done, _grant, { organization, stay }): FormAnswer | Response =>
    stay === undefined
      ? redirect(href("/organizations/:organization/members", { organization }), 303)
      : { status: "success" },
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: memberKeys(params.organization), done: m.invitations_revoked });
}

export default InvitationPage;
