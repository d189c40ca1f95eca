import { z } from "zod";
import { FollowLink, LinkVisit } from "#app/auth/schemas.ts";
import { DAY_SECONDS } from "#app/durations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { allOf, changeLimit, linkLimit, mailLimit, perPerson } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { together } from "#app/operation/plan.ts";
import { digest } from "#app/tokens.server.ts";
import {
  cancelEmailChange,
  confirmEmailChange,
  requestEmailChange,
  undoEmailChange,
  undoneEmail,
  waitingEmail,
} from "./email-changes.server.ts";
import { EMAIL_CHANGES_PER_DAY, EMAIL_CHANGES_PER_MINUTE } from "./limits.ts";
import { profile } from "./profile.server.ts";
import { emailLinkRefusals } from "./refusals.ts";
import { ChangeEmail } from "./schemas.ts";

export const askForEmail = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: profile,
});

export const chooseEmail = write({
  validate: ChangeEmail,
  authenticate: "fresh",
  authorize: "self",
  // Each request sends a mail to an address that may be anyone's.
  limit: allOf(
    ({ email }) => [{ key: `change-email:address:${digest(email)}`, times: EMAIL_CHANGES_PER_MINUTE, seconds: 60 }],
    perPerson("change-email", EMAIL_CHANGES_PER_DAY, DAY_SECONDS),
    mailLimit,
  ),
  execute: requestEmailChange,
  refused: {},
});

export const cancelEmail = write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: cancelEmailChange,
  refused: {},
});

export const openEmailLink = read({
  validate: LinkVisit,
  authenticate: "optional",
  authorize: "public",
  execute: (scope, { token }) => together({ waiting: waitingEmail(scope, token) }),
  answer: ({ waiting }, { viewer }, { token }) => ({ waiting, token, isSignedIn: viewer !== null }),
});

export const confirmEmail = write({
  validate: FollowLink,
  authenticate: "optional",
  authorize: "public",
  limit: linkLimit,
  execute: confirmEmailChange,
  refused: {
    ...emailLinkRefusals,
    "signed-out": { status: 401, message: () => m.account_nothing_changed() },
  },
});

export const openUndoLink = read({
  validate: LinkVisit,
  authenticate: "none",
  authorize: "public",
  execute: (scope, { token }) => together({ change: undoneEmail(scope, token) }),
  answer: ({ change }, _grant, { token }) => ({ change, token }),
});

export const undoEmail = write({
  validate: FollowLink,
  authenticate: "none",
  authorize: "public",
  limit: linkLimit,
  execute: undoEmailChange,
  refused: emailLinkRefusals,
});
