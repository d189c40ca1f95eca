import { href, redirect } from "react-router";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { askAboutOwner } from "#app/organizations/members/operations.server.ts";
import { OwnerPage } from "#app/organizations/members/owner-page.tsx";
import { page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { Route } from "./+types/members.owner";

export const meta: Route.MetaFunction = organizationTitle(
  ({ to }) => (to === "nobody" ? m.members_remove_title() : m.members_role_legend()),
  ({ member }) => member.name,
);

export const loader = page(askAboutOwner, (asked, { input: { organization, member, to }, search }) => {
  if (asked.member.role !== to && [asked.member.role, to].includes("owner")) return asked;
  // Other roles are changed without a question, on the member's own page.
  throw redirect(
    href("/organizations/:organization/members/:member", { organization, member }) + placeIn(memberPlace, search),
  );
});

export default OwnerPage;
