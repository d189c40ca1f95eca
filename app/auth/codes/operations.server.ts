import { DAY_SECONDS } from "#app/durations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { allOf, mailLimit, perIpAndAddress, perNetwork } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { CODE_ENTRIES_PER_MINUTE, CODES_PER_DAY, CODES_PER_MINUTE } from "../limits.ts";
import { isSignedIn } from "../sessions/visitor.server.ts";
import { AskForCode, CodeVisit, EnterCode } from "./schemas.ts";
import { requestCode, signInByCode } from "./sign-in-codes.server.ts";

export const askForCode = read({
  validate: CodeVisit,
  authenticate: "optional",
  authorize: "public",
  execute: isSignedIn,
  answer: (isSignedIn, _grant, visit) => ({ isSignedIn, ...visit }),
});

export const sendCode = write({
  validate: AskForCode,
  authenticate: "none",
  authorize: "public",
  // `mailLimit` does not count a known browser. With this limit, someone who has copied its cookie gets 100 guesses a day.
  limit: allOf(perIpAndAddress("code", CODES_PER_MINUTE, 60), mailLimit, ({ email }, { deviceHash }) => [
    { key: `codes:device:${deviceHash}:${email}`, times: CODES_PER_DAY, seconds: DAY_SECONDS },
  ]),
  execute: requestCode,
  refused: {},
});

export const enterCode = write({
  validate: EnterCode,
  authenticate: "optional",
  authorize: "public",
  limit: perNetwork("code-entry", CODE_ENTRIES_PER_MINUTE, 60),
  execute: signInByCode,
  refused: { "no-match": { status: 401, field: "code", message: () => m.account_mailed_code_wrong() } },
});
