import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { RedirectTo } from "#app/request/redirect-to.ts";
import { PASSWORD_MAXIMUM } from "./limits.ts";

const Code = z
  .string({ error: () => m.account_code_missing() })
  .trim()
  .min(1, { error: () => m.account_code_missing() })
  .max(40, { error: () => m.account_code_wrong() });

/** Spaces are how apps show a code, not part of it. */
const AppCode = Code.transform((code) => code.replaceAll(" ", ""));

/** A set-up begins with an id that the page makes; the same id shows the same secret. */
export const SetupVisit = z.object({ setup: z.uuid().nullable().catch(null).default(null) });

export const AddAuthenticator = z.object({ setup: z.uuid(), code: AppCode });
export type AddAuthenticator = z.infer<typeof AddAuthenticator>;

export const SecondStep = z.object({ code: AppCode, redirectTo: RedirectTo });
export type SecondStep = z.infer<typeof SecondStep>;

/** `password`: of whoever has one. `code`: of whoever has set up an authenticator. */
export const Confirm = z.object({
  password: z.string().max(PASSWORD_MAXIMUM).default(""),
  code: AppCode.optional(),
  redirectTo: RedirectTo,
});
export type Confirm = z.infer<typeof Confirm>;

export const ConfirmVisit = z.object({ redirectTo: RedirectTo });
