import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { nameOf } from "#app/text/names.ts";
import { ChosenSlug, Logo, OrganizationName } from "../schemas.ts";

export const RenameOrganization = InOrganization.extend({ name: OrganizationName });
export type RenameOrganization = z.infer<typeof RenameOrganization>;

/** `slug` is the new slug; `organization` is the current one, from the URL. */
export const MoveOrganization = InOrganization.extend({ slug: ChosenSlug });

export const RequireSecondFactor = InOrganization.extend({
  required: z.enum(["yes", "no"]).transform((required) => required === "yes"),
});

export const ChangeLogo = InOrganization.extend({ logo: Logo });

export const DeleteOrganization = InOrganization.extend({
  name: z.string({ error: () => m.settings_delete_name_missing() }).transform(nameOf),
});
