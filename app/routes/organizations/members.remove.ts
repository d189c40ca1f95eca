import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { MemberPage } from "#app/organizations/members/member-page.tsx";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { askForMemberRemoval, dismissMember } from "#app/organizations/members/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { Route } from "./+types/members.remove";

export const meta: Route.MetaFunction = organizationTitle(({ member }) => nameApart(member.name));

export const loader = page(askForMemberRemoval);

export const action = form(dismissMember, {
  leads: (_done, { organization }, search) =>
    href("/organizations/:organization/members", { organization }) + placeIn(memberPlace, search),
  says: "members_removed",
});

export const clientAction = announce(() => m.members_removed());

export default MemberPage;
