import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { InvitePage } from "#app/organizations/invitations/invite-page.tsx";
import { askForInviting, invite } from "#app/organizations/invitations/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.invitations_invite_title()) }];

export const loader = page(askForInviting);

export const action = form(invite, {
  leads: (_done, { organization }) => href("/organizations/:organization/members", { organization }),
  empties: true,
});

export const clientAction = announce(() => m.invitations_sent());

export default InvitePage;
