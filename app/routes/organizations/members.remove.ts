import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { MemberPage } from "#app/organizations/members/member-page.tsx";
import { memberPlace } from "#app/organizations/members/member-place.ts";
import { askForRemoval, dismissMember } from "#app/organizations/members/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.members_remove_title()) }];

export const loader = page(askForRemoval);

export const action = form(dismissMember, {
  leads: (_done, { organization }, search) =>
    href("/organizations/:organization/members", { organization }) + placeIn(memberPlace, search),
  says: "members_removed",
});

export const clientAction = announce(() => m.members_removed());

export default MemberPage;
