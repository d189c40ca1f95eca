import { z } from "zod";
import { Email } from "#app/fields/email.ts";
import { nameField } from "#app/fields/name.ts";
import { RedirectTo } from "#app/fields/redirect-to.ts";
import { m } from "#app/i18n/messages.ts";
import { EMAIL_MAXIMUM } from "#app/text/address-limit.ts";
import { PASSWORD_MAXIMUM, PASSWORD_MINIMUM, PERSON_NAME_MAXIMUM } from "./limits.ts";
import { weaknessOf } from "./passwords/password-rules.server.ts";
import { weakPassword } from "./passwords/refusals.ts";

export const PersonName = nameField({
  maximum: PERSON_NAME_MAXIMUM,
  missing: () => m.account_name_missing(),
  tooLong: () => m.account_name_too_long({ maximum: PERSON_NAME_MAXIMUM }),
});

/** Checks the length alone. `weaknessOf` checks the rest, once it is known whose password it is. */
const NewPassword = z
  .string({ error: () => m.account_password_too_short({ minimum: PASSWORD_MINIMUM }) })
  .min(PASSWORD_MINIMUM, { error: () => m.account_password_too_short({ minimum: PASSWORD_MINIMUM }) })
  .max(PASSWORD_MAXIMUM, { error: () => m.account_password_too_long({ maximum: PASSWORD_MAXIMUM }) });

const Token = z
  .string({ error: () => m.account_link_invalid() })
  .min(20)
  .max(200);

export const SignUp = z
  .object({ name: PersonName, email: Email, password: NewPassword, redirectTo: RedirectTo })
  .superRefine(async ({ password, ...known }, context) => {
    const weakness = await weaknessOf(password, known);
    if (weakness !== null)
      context.addIssue({ code: "custom", path: ["password"], message: weakPassword[weakness].message() });
  });
export type SignUp = z.infer<typeof SignUp>;

export const SignIn = z.object({
  email: Email,
  password: z
    .string({ error: () => m.account_password_missing() })
    .min(1, { error: () => m.account_password_missing() })
    .max(PASSWORD_MAXIMUM, { error: () => m.account_password_too_long({ maximum: PASSWORD_MAXIMUM }) }),
  redirectTo: RedirectTo,
});
export type SignIn = z.infer<typeof SignIn>;

export const ForgotPassword = z.object({ email: Email, again: z.literal("yes").optional().catch(undefined) });
export type ForgotPassword = z.infer<typeof ForgotPassword>;

export const ForgotVisit = z.object({
  email: z.string().max(EMAIL_MAXIMUM).catch("").default(""),
});

export const ResetPassword = z.object({ token: Token, password: NewPassword });
export type ResetPassword = z.infer<typeof ResetPassword>;

export const ChangePassword = z.object({
  currentPassword: z.string().max(PASSWORD_MAXIMUM).default(""),
  password: NewPassword,
});
export type ChangePassword = z.infer<typeof ChangePassword>;

export const OneSession = z.object({ session: z.string().min(1).max(64) });

export const OneAccount = z.object({ account: z.string().min(1).max(64) });

export const LinkVisit = z.object({ token: z.string().catch("") });

export const FollowLink = z.object({ token: Token });

export const ProveAddress = FollowLink.extend({ name: PersonName.optional(), password: NewPassword.optional() });
export type ProveAddress = z.infer<typeof ProveAddress>;

export const ResendVerification = z.object({ signUp: Token });

export const Going = z.object({ redirectTo: RedirectTo, email: z.string().max(EMAIL_MAXIMUM).catch("").default("") });

export const SignOut = z.object({ redirectTo: RedirectTo });
