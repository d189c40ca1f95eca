import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { askForMemberSignOut, signMemberOut } from "#app/organizations/members/operations.server.ts";
import { SignOutPage } from "#app/organizations/members/sign-out-page.tsx";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { Route } from "./+types/members.sign-out";

export const meta: Route.MetaFunction = organizationTitle(
  () => m.members_sign_out_confirm(),
  ({ member }) => member.name,
);

export const loader = page(askForMemberSignOut);

export const action = form(signMemberOut, {
  leads: (_done, { organization, member }, search) =>
    href("/organizations/:organization/members/:member", { organization, member }) + placeIn(memberPlace, search),
  says: "members_signed_out",
});

export const clientAction = announce(() => m.members_signed_out());

export default SignOutPage;
