import { z } from "zod";
import { PageNumber } from "#app/fields/page-number.ts";
import { several } from "#app/fields/several.ts";
import { unlessEmpty } from "#app/fields/unless-empty.ts";
import { m } from "#app/i18n/messages.ts";
import { inPages } from "#app/operation/pages.server.ts";
import { roles } from "#app/tenancy/roles.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { nameOf } from "#app/text/names.ts";
import { MEMBERS_SELECTED_MAXIMUM } from "../limits.ts";
import { memberSorts } from "./member-sorts.ts";

export const Role = z.enum(roles, { error: () => m.members_role_invalid() });

export const MemberId = z.uuid().brand<"MemberId">();
export type MemberId = z.infer<typeof MemberId>;

const RoleSought = unlessEmpty(Role);

export const MembersPage = InOrganization.extend({
  page: PageNumber,
  search: z.string().transform(nameOf).default(""),
  role: RoleSought,
  sort: z.enum(memberSorts).default("role"),
});
export type MembersAsked = Omit<z.infer<typeof MembersPage>, "organization">;

export const ExportedMembers = InOrganization.extend({ role: RoleSought });
export type ExportedMembers = z.infer<typeof ExportedMembers>;

export const MembersInPages = inPages("members", {});

export const OneMember = InOrganization.extend({ member: MemberId });
export const ChangeRole = OneMember.extend({ role: Role });

const Selected = several(MemberId, {
  maximum: MEMBERS_SELECTED_MAXIMUM,
  none: () => m.members_select_some(),
  tooMany: () => m.members_select_fewer({ maximum: MEMBERS_SELECTED_MAXIMUM }),
});

/** Includes the list in which they were selected, to return to it. */
export const SelectedMembers = MembersPage.extend({ member: Selected });
export type SelectedMembers = z.infer<typeof SelectedMembers>;

/** On the first visit there may be no selected members yet. */
export const AskedMembers = MembersPage.extend({ member: Selected.default([]) });

export const GiveRoles = SelectedMembers.extend({
  to: Role.exclude(["owner"], { error: () => m.members_role_invalid() }),
});
export type GiveRoles = z.infer<typeof GiveRoles>;

const NIL = "00000000-0000-0000-0000-000000000000";

export const Successor = InOrganization.extend({ member: MemberId.catch(MemberId.parse(NIL)) });

const OwnerChange = z.enum([...roles, "nobody"]);
export type OwnerChange = z.infer<typeof OwnerChange>;
export const OwnerQuestion = OneMember.extend({ to: OwnerChange });
