import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { InvitePage } from "#app/organizations/invitations/invite-page.tsx";
import { askForInviting, invitePeople } from "#app/organizations/invitations/operations.server.ts";
import { inviteAgain } from "#app/organizations/invitations/refusals.ts";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";

export const meta = organizationTitle(() => m.invitations_invite_title());

export const loader = page(askForInviting);

export const action = form(invitePeople, {
  leads: (_done, { organization }, search) =>
    href("/organizations/:organization/members", { organization }) + placeIn(memberPlace, search),
  empties: true,
  again: inviteAgain,
  says: "invitations_sent",
});

export const clientAction = announce(() => m.invitations_sent());

export default InvitePage;
