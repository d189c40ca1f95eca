import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { MemberPage } from "#app/organizations/members/member-page.tsx";
import { showMember } from "#app/organizations/members/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/members.member";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(nameApart(loaderData?.member.name ?? m.organizations_place_members())) },
];

export const loader = page(showMember);

export default MemberPage;
