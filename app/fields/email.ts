import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { normalAddress } from "#app/text/address.ts";

const TYPED_MAXIMUM = 1_000;

/** Parses an address as people type it into the form in which it is kept and compared (see `normalAddress`). */
export const Email = z
  .string({ error: () => m.account_email_invalid() })
  .max(TYPED_MAXIMUM, { error: () => m.account_email_invalid() })
  .meta({ minLength: 1, description: "An email address.", examples: ["ada@example.com"] })
  .transform((typed, context) => {
    const address = normalAddress(typed);
    if (address !== null) return address;
    context.addIssue({ code: "custom", message: m.account_email_invalid() });
    return z.NEVER;
  });
