import { z } from "zod";
import { DAY_SECONDS } from "#app/durations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { allOf, changeLimit, perPerson, perPersonAndDevice } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { CONFIRMATIONS_PER_DAY, CONFIRMATIONS_PER_MINUTE, REMEMBERED_DEVICE_DAYS } from "../limits.ts";
import { Going } from "../schemas.ts";
import {
  addAuthenticator,
  hasAuthenticator,
  removeAuthenticator,
  renewBackupCodes,
  setupOf,
} from "./authenticator.server.ts";
import { confirmByPassword, waysToConfirm } from "./confirm.server.ts";
import { forgetDevice } from "./remembered-devices.server.ts";
import { AddAuthenticator, Confirm, ConfirmVisit, OneDevice, SecondStep, SetupVisit } from "./schemas.ts";
import { isHalfSignedIn, takeSecondStep } from "./second-step.server.ts";
import { secondStepLimit } from "./second-step-limit.server.ts";

export const askForConfirmation = read({
  validate: ConfirmVisit,
  authenticate: "session",
  authorize: "self",
  execute: waysToConfirm,
  answer: (ways, { viewer: { email } }, { redirectTo }) => ({ ways, email, redirectTo }),
});

export const confirmWithPassword = write({
  validate: Confirm,
  authenticate: "session",
  authorize: "self",
  // Limited per day too: a person without a password confirms with a code alone, which could be guessed by many tries.
  limit: allOf(
    perPersonAndDevice("confirm", CONFIRMATIONS_PER_MINUTE, 60),
    perPersonAndDevice("confirms", CONFIRMATIONS_PER_DAY, DAY_SECONDS),
  ),
  execute: confirmByPassword,
  refused: {
    "password-missing": { status: 400, field: "password", message: () => m.account_password_missing() },
    "wrong-password": { status: 403, field: "password", message: () => m.account_password_wrong() },
    "wrong-code": { status: 403, field: "code", message: () => m.account_code_wrong() },
  },
});

export const askForSecondStep = read({
  validate: Going,
  authenticate: "optional",
  authorize: "public",
  execute: isHalfSignedIn,
  answer: (isHalf, _grant, { redirectTo }) => ({
    isHalf,
    redirectTo,
    // The Worker sends this text, so that the other sign-in pages do not load a message that only this page shows.
    rememberWords: m.values_remember_device({ days: REMEMBERED_DEVICE_DAYS }),
  }),
});

export const giveSecondStep = write({
  validate: SecondStep,
  authenticate: "optional",
  authorize: "public",
  limit: secondStepLimit,
  execute: takeSecondStep,
  refused: {
    "wrong-code": { status: 401, field: "code", message: () => m.account_code_wrong() },
    "signed-out": { status: 401, message: () => m.account_second_step_over() },
  },
});

export const askForSetup = read({
  validate: SetupVisit,
  authenticate: "fresh",
  authorize: "self",
  execute: hasAuthenticator,
  answer: (isSetUp, grant, { setup }) => ({
    isSetUp,
    newSetup: grant.newId(),
    // Once an app is set up, its secret is never shown again, not even to someone who knows the id of the setup.
    setup: setup === null || isSetUp ? null : { setup, ...setupOf(grant, setup) },
  }),
});

export const setUpAuthenticator = write({
  validate: AddAuthenticator,
  authenticate: "fresh",
  authorize: "self",
  limit: perPerson("authenticator", CONFIRMATIONS_PER_MINUTE, 60),
  execute: addAuthenticator,
  refused: {
    "wrong-code": { status: 403, field: "code", message: () => m.account_code_wrong() },
    already: { status: 409, message: () => m.security_authenticator_already() },
  },
});

export const askForAuthenticatorRemoval = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: nothing,
});

export const deleteAuthenticator = write({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  asksFirst: true,
  limit: changeLimit,
  execute: removeAuthenticator,
  refused: {},
});

export const askForBackupCodes = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: nothing,
});

export const makeBackupCodes = write({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  asksFirst: true,
  limit: changeLimit,
  execute: renewBackupCodes,
  refused: { "no-authenticator": { status: 409, message: () => m.security_backup_codes_none() } },
});

export const forgetRememberedDevice = write({
  validate: OneDevice,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: forgetDevice,
  refused: {},
});
