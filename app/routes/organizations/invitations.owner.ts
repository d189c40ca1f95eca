import { m } from "#app/i18n/messages.ts";
import { invitationDetails } from "#app/organizations/invitations/invitations.server.ts";
import { InvitedOwnerPage } from "#app/organizations/invitations/owner-page.tsx";
import { OneInvitation } from "#app/organizations/invitations/schemas.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/invitations.owner";

export const meta: Route.MetaFunction = () => [{ title: title(m.invitations_open_title()) }];

export const loader = read({
  validate: OneInvitation,
  authenticate: "fresh",
  authorize: "organization:transfer",
  execute: (scope, { invitation }) => invitationDetails(scope, invitation),
  answer: (found) => ({ invitation: required(found) }),
});

export default InvitedOwnerPage;
