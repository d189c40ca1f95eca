import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { EMAIL_MAXIMUM } from "./email-limit.ts";

/** An address as it is kept and compared: without blanks around it, in lower case. */
export const Email = z
  .string({ error: () => m.account_email_invalid() })
  .trim()
  .toLowerCase()
  .max(EMAIL_MAXIMUM, { error: () => m.account_email_invalid() })
  .pipe(z.email({ error: () => m.account_email_invalid() }));
