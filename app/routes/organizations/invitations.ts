import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { invitingLimit } from "#app/organizations/invitations/invitation-limits.server.ts";
import { createInvitation } from "#app/organizations/invitations/invitation-writes.server.ts";
import { InvitePage } from "#app/organizations/invitations/invite-page.tsx";
import { createRefused } from "#app/organizations/invitations/refusals.ts";
import { CreateInvitation } from "#app/organizations/invitations/schemas.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/invitations";
import { memberKeys } from "./member-changes.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.invitations_invite_title()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "invitation:create",
  execute: () => answer(null),
  answer: (_none, { role }) => ({ viewerRole: role }),
});

export const action = write({
  validate: CreateInvitation,
  authenticate: "stepping-up",
  authorize: "invitation:create",
  limit: invitingLimit,
  execute: createInvitation,
  refused: createRefused,
  answer: (_done, _grant, { organization, stay }): FormAnswer | Response =>
    stay === undefined
      ? redirect(href("/organizations/:organization/members", { organization }), 303)
      : // Without values the form begins anew.
        { status: "success", initialValue: null },
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: memberKeys(params.organization), done: m.invitations_sent });
}

export default InvitePage;
