import { z } from "zod";
import { Email } from "#app/fields/email.ts";
import { RedirectTo } from "#app/fields/redirect-to.ts";
import { m } from "#app/i18n/messages.ts";
import { Going } from "../schemas.ts";

export const AskForCode = z.object({
  email: Email,
  redirectTo: RedirectTo,
  again: z.literal("yes").optional().catch(undefined),
});
export type AskForCode = z.infer<typeof AskForCode>;

export const CodeVisit = Going.extend({ sent: z.literal("again").nullable().catch(null).default(null) });

/** The code as it is typed or pasted: spaces and dashes are removed. */
export const EnterCode = z.object({
  email: Email,
  code: z
    .string({ error: () => m.account_code_missing() })
    .max(40, { error: () => m.account_mailed_code_invalid() })
    .transform((typed) => typed.replace(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{6}$/, { error: () => m.account_mailed_code_invalid() })),
  redirectTo: RedirectTo,
});
export type EnterCode = z.infer<typeof EnterCode>;
