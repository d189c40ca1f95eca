import { z } from "zod";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit, perNetwork } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { PASSKEY_ATTEMPTS_PER_MINUTE, PASSKEY_CHALLENGES_PER_MINUTE, PASSKEYS_MAXIMUM } from "../limits.ts";
import {
  addPasskey,
  confirmByPasskey,
  onePasskey,
  passkeyCreation,
  passkeyRequest,
  passkeysFull,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
} from "./passkeys.server.ts";
import { AddPasskey, OnePasskey, PasskeyAnswer, RenamePasskey } from "./schemas.ts";

const full = {
  status: 409,
  message: () => m.security_passkeys_full({ maximum: formatNumber(PASSKEYS_MAXIMUM) }),
} as const;

export const beginSignIn = write({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  limit: perNetwork("passkey", PASSKEY_CHALLENGES_PER_MINUTE, 60),
  execute: passkeyRequest,
  refused: {},
});

export const signInByPasskey = write({
  validate: PasskeyAnswer,
  authenticate: "none",
  authorize: "public",
  limit: perNetwork("passkey-answer", PASSKEY_ATTEMPTS_PER_MINUTE, 60),
  execute: signInWithPasskey,
  refused: { "not-accepted": { status: 401, message: () => m.account_passkey_not_accepted() } },
});

export const confirmWithPasskey = write({
  validate: PasskeyAnswer,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: confirmByPasskey,
  refused: { "not-accepted": { status: 403, message: () => m.account_passkey_not_accepted() } },
});

export const askForPasskey = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: passkeysFull,
});

export const beginPasskey = write({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: passkeyCreation,
  refused: { "too-many": full },
});

export const keepPasskey = write({
  validate: AddPasskey,
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: addPasskey,
  refused: {
    "not-accepted": { status: 403, message: () => m.account_passkey_not_accepted() },
    "too-many": { status: 409, message: () => m.security_passkeys_too_many({ maximum: PASSKEYS_MAXIMUM }) },
  },
});

export const showPasskey = read({
  validate: OnePasskey,
  authenticate: "session",
  authorize: "self",
  execute: onePasskey,
});

export const namePasskey = write({
  validate: RenamePasskey,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: renamePasskey,
  refused: { "not-found": { status: 404, message: () => m.security_passkey_gone() } },
});

export const askForPasskeyRemoval = read({
  validate: OnePasskey,
  authenticate: "fresh",
  authorize: "self",
  execute: onePasskey,
});

export const deletePasskey = write({
  validate: OnePasskey,
  authenticate: "fresh",
  authorize: "self",
  asksFirst: true,
  limit: changeLimit,
  execute: removePasskey,
  refused: { "last-way": { status: 409, message: () => m.security_last_way() } },
});
