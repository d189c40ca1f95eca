import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { InvitationPage } from "#app/organizations/invitations/invitation-page.tsx";
import { invitationDetails } from "#app/organizations/invitations/invitations.server.ts";
import { OneInvitation } from "#app/organizations/invitations/schemas.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/invitations.invitation";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(nameApart(loaderData?.invitation.email ?? m.invitations_open_title())) },
];

export const loader = read({
  validate: OneInvitation,
  authenticate: "session",
  authorize: "invitation:read",
  execute: (scope, { invitation }) => invitationDetails(scope, invitation),
  answer: (found, { role }) => ({ invitation: required(found), viewerRole: role }),
});

export default InvitationPage;
