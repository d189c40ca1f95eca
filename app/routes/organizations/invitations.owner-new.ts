import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { InviteOwnerPage } from "#app/organizations/invitations/invite-owner-page.tsx";
import { askForInvitingOwner, inviteOne } from "#app/organizations/invitations/operations.server.ts";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";

export const meta = organizationTitle(() => m.invitations_owner_invite_title());

export const loader = page(askForInvitingOwner);

export const action = form(inviteOne, {
  leads: (_done, { organization }, search) =>
    href("/organizations/:organization/members", { organization }) + placeIn(memberPlace, search),
  says: "invitations_sent",
});

export const clientAction = announce(() => m.invitations_sent());

export default InviteOwnerPage;
