import { announceSeveral } from "#app/frame/announce-several.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { membersHref } from "#app/organizations/members/member-sorts.ts";
import { askForMemberRemovals, dismissMembers } from "#app/organizations/members/operations.server.ts";
import { removalAgain } from "#app/organizations/members/refusals.ts";
import { RemoveSeveralPage } from "#app/organizations/members/remove-several-page.tsx";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.members_remove_several_confirm());

export const loader = page(askForMemberRemovals);

export const action = form(dismissMembers, {
  leads: (_done, { organization, page, ...shown }) => membersHref(organization, shown, page),
  again: removalAgain,
  says: "members_removed_several",
  count: (_done, { member }) => new Set(member).size,
});

export const clientAction = announceSeveral("member", (count) => m.members_removed_several({ count }));

export default RemoveSeveralPage;
