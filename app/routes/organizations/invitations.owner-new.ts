import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { InviteOwnerPage } from "#app/organizations/invitations/invite-owner-page.tsx";
import { askForInvitingOwner } from "#app/organizations/invitations/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.invitations_owner_invite_title());

export const loader = page(askForInvitingOwner);

export default InviteOwnerPage;
