import { z } from "zod";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import type { IncomingFile } from "#app/request/body.server.ts";
import { type ImageType, imageTypeOf } from "#app/storage/image-type.ts";
import {
  LOGO_MAXIMUM,
  ORGANIZATION_NAME_MAXIMUM,
  ORGANIZATION_NAME_MINIMUM,
  SLUG_MAXIMUM,
  SLUG_MINIMUM,
} from "./limits.ts";

/** An organization's name in a URL. What cannot be one is answered like an organization that does not exist. */
export const Slug = z
  .string()
  .min(SLUG_MINIMUM)
  .max(SLUG_MAXIMUM)
  .regex(/^[a-z0-9-]+$/)
  .brand<"Slug">();
export type Slug = z.infer<typeof Slug>;

export const InOrganization = z.object({ organization: Slug });
export type InOrganization = z.infer<typeof InOrganization>;

const tooShort = () => m.organizations_name_too_short({ minimum: ORGANIZATION_NAME_MINIMUM });
const tooLong = () => m.organizations_name_too_long({ maximum: ORGANIZATION_NAME_MAXIMUM });

/** One line of text; line breaks, control characters and runs of blanks become one space. */
const OrganizationName = z
  .string({ error: tooShort })
  .transform((typed) =>
    typed
      .toWellFormed()
      .replace(/[\p{Cc}\p{Z}]+/gu, " ")
      .trim(),
  )
  .refine((name) => visibleLength(name) >= ORGANIZATION_NAME_MINIMUM, { error: tooShort })
  .refine((name) => [...name].length <= ORGANIZATION_NAME_MAXIMUM, { error: tooLong });

function visibleLength(name: string): number {
  return [...name.replace(/\p{Cf}/gu, "")].length;
}

export type Logo = { file: IncomingFile; type: ImageType };

const Logo = z
  .custom<IncomingFile>(isIncomingFile, { error: () => m.organizations_logo_invalid() })
  .transform((file, context): Logo => {
    const type = imageTypeOf(file.head);
    if (file.size > LOGO_MAXIMUM) {
      const message = m.organizations_logo_too_large({ maximum: formatBytes(LOGO_MAXIMUM) });
      context.addIssue({ code: "custom", message, params: { status: 413 } });
    } else if (type === null) {
      context.addIssue({ code: "custom", message: m.organizations_logo_wrong_type(), params: { status: 415 } });
    } else {
      return { file, type };
    }
    return z.NEVER;
  });

function isIncomingFile(value: unknown): value is IncomingFile {
  return typeof value === "object" && value !== null && "stream" in value && typeof value.stream === "function";
}

export const NewOrganization = z.object({ name: OrganizationName, logo: Logo.optional() });
export type NewOrganization = z.infer<typeof NewOrganization>;

export const OrganizationLogo = InOrganization.extend({ logo: z.uuid() });
