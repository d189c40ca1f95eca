import { announceSeveral } from "#app/frame/announce-several.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { membersHref } from "#app/organizations/members/member-sorts.ts";
import { askForRoles, giveRoles } from "#app/organizations/members/operations.server.ts";
import { rolesAgain } from "#app/organizations/members/refusals.ts";
import { RolesPage } from "#app/organizations/members/roles-page.tsx";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.members_roles_title());

export const loader = page(askForRoles);

export const action = form(giveRoles, {
  leads: (_done, { organization, page, ...shown }) => membersHref(organization, shown, page),
  again: rolesAgain,
  says: "members_roles_changed",
  count: (_done, { member }) => new Set(member).size,
});

export const clientAction = announceSeveral("member", (count) => m.members_roles_changed({ count }));

export default RolesPage;
