import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { askForInviteLinkRevocation, endInviteLink } from "#app/organizations/invite-links/operations.server.ts";
import { RevokeInviteLinkPage } from "#app/organizations/invite-links/revoke-invite-link-page.tsx";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { Route } from "./+types/invite-links.revoke";

export const meta: Route.MetaFunction = organizationTitle(
  () => m.links_revoke(),
  ({ link }) => `${link.prefix}…`,
);

export const loader = page(askForInviteLinkRevocation);

export const action = form(endInviteLink, {
  leads: (_done, { organization }, search) =>
    href("/organizations/:organization/invite-links", { organization }) + placeIn(memberPlace, search),
  says: "links_revoked",
});

export const clientAction = announce(() => m.links_revoked());

export default RevokeInviteLinkPage;
