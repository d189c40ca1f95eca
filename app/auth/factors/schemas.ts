import { z } from "zod";
import { RedirectTo } from "#app/fields/redirect-to.ts";
import { m } from "#app/i18n/messages.ts";
import { codeOf } from "#app/text/digits.ts";
import { PASSWORD_MAXIMUM } from "../limits.ts";

const CODE_MAXIMUM = 40;

const Code = z
  .string({ error: () => m.account_code_missing() })
  .max(200, { error: () => m.account_code_wrong() })
  .transform(codeOf)
  .refine((code) => code !== "", { error: () => m.account_code_missing(), abort: true })
  .refine((code) => code.length <= CODE_MAXIMUM, { error: () => m.account_code_wrong() });

export const SetupVisit = z.object({ setup: z.uuid().nullable().catch(null).default(null) });

export const AddAuthenticator = z.object({ setup: z.uuid(), code: Code });
export type AddAuthenticator = z.infer<typeof AddAuthenticator>;

export const SecondStep = z.object({
  code: Code,
  remember: z.literal("yes").optional().catch(undefined),
  redirectTo: RedirectTo,
});

export const OneDevice = z.object({ device: z.uuid() });
export type SecondStep = z.infer<typeof SecondStep>;

export const Confirm = z.object({
  password: z.string().max(PASSWORD_MAXIMUM).default(""),
  code: Code.optional(),
  redirectTo: RedirectTo,
});
export type Confirm = z.infer<typeof Confirm>;

export const ConfirmVisit = z.object({ redirectTo: RedirectTo });
