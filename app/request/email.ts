import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { normalAddress } from "#app/text/address.ts";

/** Longer than any address with what a paste brings along. */
const TYPED_MAXIMUM = 1_000;

/** An address in the form it is kept, compared and mailed to, however it is typed. */
export const Email = z
  .string({ error: () => m.account_email_invalid() })
  .max(TYPED_MAXIMUM, { error: () => m.account_email_invalid() })
  .transform((typed, context) => {
    const address = normalAddress(typed);
    if (address !== null) return address;
    context.addIssue({ code: "custom", message: m.account_email_invalid() });
    return z.NEVER;
  });
