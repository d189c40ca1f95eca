import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { askAboutInvitedOwner } from "#app/organizations/invitations/operations.server.ts";
import { InvitedOwnerPage } from "#app/organizations/invitations/owner-page.tsx";
import { page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/invitations.owner";

export const meta: Route.MetaFunction = organizationTitle(({ invitation: { email } }) =>
  m.invitations_owner_title({ email }),
);

export const loader = page(askAboutInvitedOwner);

export default InvitedOwnerPage;
