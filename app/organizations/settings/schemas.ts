import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { nameOf } from "#app/text/names.ts";
import { MemberId } from "../members/schemas.ts";
import { ChosenSlug, InOrganization, Logo, OrganizationName } from "../schemas.ts";

const NIL = "00000000-0000-0000-0000-000000000000";

export const RenameOrganization = InOrganization.extend({ name: OrganizationName });
export type RenameOrganization = z.infer<typeof RenameOrganization>;

/** The slug that is asked for, under a name of its own: `organization` is the one in the address. */
export const MoveOrganization = InOrganization.extend({ slug: ChosenSlug });

export const RequireSecondFactor = InOrganization.extend({
  required: z.enum(["yes", "no"]).transform((required) => required === "yes"),
});

export const ChangeLogo = InOrganization.extend({ logo: Logo });

/** Nobody chosen yet: an id that no member has, and the page leads back to where one is chosen. */
export const HandOverVisit = InOrganization.extend({ member: MemberId.catch(MemberId.parse(NIL)) });
export const HandOver = InOrganization.extend({ member: MemberId });

export const DeleteOrganization = InOrganization.extend({
  name: z.string({ error: () => m.settings_delete_name_missing() }).transform(nameOf),
});
