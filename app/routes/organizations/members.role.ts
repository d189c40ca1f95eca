import { href, redirect } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { MemberPage } from "#app/organizations/members/member-page.tsx";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { askForRole, giveRole } from "#app/organizations/members/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { can } from "#app/tenancy/permissions.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { Route } from "./+types/members.role";

export const meta: Route.MetaFunction = organizationTitle(({ member }) => nameApart(member.name));

export const loader = page(askForRole);

export const action = form(giveRole, {
  leads: ({ isSelf }, { organization, role }, search) =>
    isSelf && !can(role, "member:read")
      ? // A person who has given themselves a role that may not see members cannot stay here.
        redirect(href("/organizations/:organization/dashboard", { organization }), 303)
      : href("/organizations/:organization/members", { organization }) + placeIn(memberPlace, search),
  says: "members_role_changed",
});

export const clientAction = announce(() => m.members_role_changed());

export default MemberPage;
