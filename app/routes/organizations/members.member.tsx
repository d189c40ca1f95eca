import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { MemberPage } from "#app/organizations/members/member-page.tsx";
import { memberDetails } from "#app/organizations/members/members.server.ts";
import { OneMember } from "#app/organizations/members/schemas.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/members.member";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(nameApart(loaderData?.member.name ?? m.organizations_place_members())) },
];

export const loader = read({
  validate: OneMember,
  authenticate: "session",
  authorize: "member:read",
  execute: (scope, { member }) => memberDetails(scope, member),
  answer: required,
});

export default MemberPage;
