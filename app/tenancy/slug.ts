import { z } from "zod";
import { SLUG_MAXIMUM, SLUG_MINIMUM } from "./limits.ts";

/** An organization's name in a URL, in any case. An invalid one gets the same response as an organization that does not exist. */
export const Slug = z
  .string()
  .toLowerCase()
  .min(SLUG_MINIMUM)
  .max(SLUG_MAXIMUM)
  .regex(/^[a-z0-9-]+$/)
  .brand<"Slug">()
  .meta({ pattern: "^[A-Za-z0-9-]+$", examples: ["acme"] });
export type Slug = z.infer<typeof Slug>;

export const InOrganization = z.object({ organization: Slug });
export type InOrganization = z.infer<typeof InOrganization>;
