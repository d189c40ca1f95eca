import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { allOf, linkLimit, mailLimit, networkOf, perIpAndAddress } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { RESENDS_PER_MINUTE, SIGN_UPS_PER_MINUTE } from "../limits.ts";
import { weakPassword } from "../passwords/refusals.ts";
import { Going, LinkVisit, ProveAddress, ResendVerification, SignUp } from "../schemas.ts";
import { isSignedIn } from "../sessions/visitor.server.ts";
import { linkState, proveAddress, requestSignUp, resendVerification, takeBackSignUp } from "./sign-ups.server.ts";

export const askForSignUp = read({
  validate: Going,
  authenticate: "optional",
  authorize: "public",
  execute: isSignedIn,
  answer: (isSignedIn, { providers }, { email, redirectTo }) => ({ isSignedIn, providers, email, redirectTo }),
});

export const signUp = write({
  validate: SignUp,
  authenticate: "none",
  authorize: "public",
  limit: allOf(perIpAndAddress("sign-up", SIGN_UPS_PER_MINUTE, 60), mailLimit),
  execute: requestSignUp,
  refused: {},
});

export const correctAddress = write({
  validate: ResendVerification,
  authenticate: "none",
  authorize: "public",
  limit: linkLimit,
  execute: takeBackSignUp,
  refused: {},
});

export const openVerificationLink = read({
  validate: LinkVisit,
  authenticate: "none",
  authorize: "public",
  execute: linkState,
  answer: (link, _grant, { token }) => ({ link, token }),
});

export const verifyAddress = write({
  validate: ProveAddress,
  authenticate: "none",
  authorize: "public",
  limit: linkLimit,
  execute: proveAddress,
  refused: {
    ...weakPassword,
    "to-choose": { status: 409, message: () => m.account_verify_to_choose() },
    "link-closed": { status: 410, message: () => m.account_reset_closed() },
  },
});

export const askForVerificationLink = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: nothing,
});

export const resendVerificationLink = write({
  validate: ResendVerification,
  authenticate: "none",
  authorize: "public",
  limit: ({ signUp }, { ipAddress }) => [
    { key: `resend:ip:${networkOf(ipAddress)}`, times: RESENDS_PER_MINUTE, seconds: 60 },
    { key: `resend:sign-up:${signUp}`, times: RESENDS_PER_MINUTE, seconds: 60 },
  ],
  execute: resendVerification,
  refused: {},
});
