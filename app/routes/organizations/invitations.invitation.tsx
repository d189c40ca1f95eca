import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { InvitationPage } from "#app/organizations/invitations/invitation-page.tsx";
import { showInvitation } from "#app/organizations/invitations/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/invitations.invitation";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(nameApart(loaderData?.invitation.email ?? m.invitations_open_title())) },
];

export const loader = page(showInvitation);

export default InvitationPage;
