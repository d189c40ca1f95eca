import { m } from "#app/i18n/messages.ts";
import { askAboutInvitedOwner } from "#app/organizations/invitations/operations.server.ts";
import { InvitedOwnerPage } from "#app/organizations/invitations/owner-page.tsx";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.invitations_open_title()) }];

export const loader = page(askAboutInvitedOwner);

export default InvitedOwnerPage;
