import { organizationTitle } from "#app/frame/organization-title.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { MemberPage } from "#app/organizations/members/member-page.tsx";
import { showMember } from "#app/organizations/members/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/members.member";

export const meta: Route.MetaFunction = organizationTitle(({ member }) => nameApart(member.name));

export const loader = page(showMember);

export default MemberPage;
