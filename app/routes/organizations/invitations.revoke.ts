import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { InvitationPage } from "#app/organizations/invitations/invitation-page.tsx";
import { askForInvitationRevocation, endInvitation } from "#app/organizations/invitations/operations.server.ts";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { Route } from "./+types/invitations.revoke";

export const meta: Route.MetaFunction = organizationTitle(({ invitation }) => nameApart(invitation.email));

export const loader = page(askForInvitationRevocation);

export const action = form(endInvitation, {
  leads: (_done, { organization }, search) =>
    href("/organizations/:organization/members", { organization }) + placeIn(memberPlace, search),
  says: "invitations_revoked",
});

export const clientAction = announce(() => m.invitations_revoked());

export default InvitationPage;
