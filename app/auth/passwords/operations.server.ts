import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { allOf, linkLimit, mailLimit, perIpAndAddress, perPersonAndDevice } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing, planOf } from "#app/operation/plan.ts";
import { CONFIRMATIONS_PER_MINUTE, FORGOT_PASSWORDS_PER_MINUTE, SIGN_INS_PER_MINUTE } from "../limits.ts";
import { ChangePassword, ForgotPassword, ForgotVisit, Going, LinkVisit, ResetPassword, SignIn } from "../schemas.ts";
import { isSignedIn } from "../sessions/visitor.server.ts";
import {
  changePassword,
  emailOfReset,
  hasPassword,
  requestPasswordReset,
  resetPassword,
  signIn,
} from "./passwords.server.ts";
import { weakPassword } from "./refusals.ts";

export const askForSignIn = read({
  validate: Going,
  authenticate: "optional",
  authorize: "public",
  execute: isSignedIn,
  answer: (isSignedIn, { providers, lastMethod, said }, visit) => ({
    ...visit,
    isSignedIn,
    providers,
    lastMethod,
    said: said(),
  }),
});

export const signInByPassword = write({
  validate: SignIn,
  authenticate: "none",
  authorize: "public",
  limit: perIpAndAddress("sign-in", SIGN_INS_PER_MINUTE, 60),
  execute: signIn,
  refused: { "no-match": { status: 401, message: () => m.account_sign_in_failed() } },
});

export const askForReset = read({
  validate: ForgotVisit,
  authenticate: "none",
  authorize: "public",
  execute: ({ said }, visit) => planOf({ ...visit, said: said() }),
});

export const requestReset = write({
  validate: ForgotPassword,
  authenticate: "none",
  authorize: "public",
  limit: allOf(perIpAndAddress("forgot", FORGOT_PASSWORDS_PER_MINUTE, 60), mailLimit),
  execute: requestPasswordReset,
  refused: {},
});

export const openResetLink = read({
  validate: LinkVisit,
  authenticate: "none",
  authorize: "public",
  execute: emailOfReset,
  answer: ({ email }, _grant, { token }) => ({ email, token }),
});

export const setForgottenPassword = write({
  validate: ResetPassword,
  authenticate: "none",
  authorize: "public",
  limit: linkLimit,
  execute: resetPassword,
  refused: {
    ...weakPassword,
    "link-closed": { status: 410, message: () => m.account_reset_closed() },
  },
});

export const askForPassword = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: hasPassword,
  answer: (hasPassword, { viewer: { email } }) => ({ hasPassword, email }),
});

export const choosePassword = write({
  validate: ChangePassword,
  authenticate: "fresh",
  authorize: "self",
  limit: perPersonAndDevice("change-password", CONFIRMATIONS_PER_MINUTE, 60),
  execute: changePassword,
  refused: {
    ...weakPassword,
    "password-missing": { status: 400, field: "currentPassword", message: () => m.account_password_missing() },
    "wrong-password": { status: 403, field: "currentPassword", message: () => m.account_password_wrong() },
  },
});

export const findPasswordPage = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: nothing,
});
