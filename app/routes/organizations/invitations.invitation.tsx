import { organizationTitle } from "#app/frame/organization-title.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { InvitationPage } from "#app/organizations/invitations/invitation-page.tsx";
import { showInvitation } from "#app/organizations/invitations/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/invitations.invitation";

export const meta: Route.MetaFunction = organizationTitle(({ invitation }) => nameApart(invitation.email));

export const loader = page(showInvitation);

export default InvitationPage;
