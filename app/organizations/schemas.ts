import { z } from "zod";
import { nameField } from "#app/fields/name.ts";
import { Once } from "#app/fields/once.server.ts";
import { unlessEmpty } from "#app/fields/unless-empty.ts";
import { uploadedImage } from "#app/fields/uploaded-image.ts";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { SLUG_MAXIMUM, SLUG_MINIMUM } from "#app/tenancy/limits.ts";
import { InOrganization, Slug } from "#app/tenancy/slug.ts";
import { LOGO_MAXIMUM, ORGANIZATION_NAME_MAXIMUM, ORGANIZATION_NAME_MINIMUM } from "./limits.ts";
import { isReservedSlug } from "./slugs.ts";

export const OrganizationName = nameField({
  example: "Acme",
  minimum: ORGANIZATION_NAME_MINIMUM,
  maximum: ORGANIZATION_NAME_MAXIMUM,
  missing: () => m.organizations_name_too_short({ minimum: ORGANIZATION_NAME_MINIMUM }),
  tooLong: () => m.organizations_name_too_long({ maximum: ORGANIZATION_NAME_MAXIMUM }),
});

export const Logo = uploadedImage(LOGO_MAXIMUM, {
  missing: () => m.refusals_logo_invalid(),
  tooLarge: () => m.errors_image_too_large({ maximum: formatBytes(LOGO_MAXIMUM) }),
  wrongType: () => m.errors_image_wrong_type(),
});

const slugRule = () => m.refusals_slug_invalid({ minimum: SLUG_MINIMUM, maximum: SLUG_MAXIMUM });

export const ChosenSlug = z
  .string({ error: slugRule })
  .meta({
    minLength: 1,
    description: `${SLUG_MINIMUM} to ${SLUG_MAXIMUM} characters from a-z, 0-9 and -. No hyphen at either end, and no two in a row.`,
    examples: ["acme-labs"],
  })
  .transform((typed) =>
    typed
      .normalize("NFKC")
      .replace(/\p{Cf}/gu, "")
      .trim()
      .toLowerCase(),
  )
  .refine((slug) => Slug.safeParse(slug).success && !/^-|-$|--/.test(slug), { error: slugRule, abort: true })
  .refine((slug) => !isReservedSlug(slug), { error: () => m.refusals_slug_reserved() })
  .pipe(Slug);

export const NewOrganization = z.object({
  name: OrganizationName,
  slug: unlessEmpty(ChosenSlug),
  logo: Logo.optional(),
  once: Once,
});
export type NewOrganization = z.infer<typeof NewOrganization>;

export const OrganizationLogo = InOrganization.extend({ logo: z.uuid() });
