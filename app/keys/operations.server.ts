import { DAY_SECONDS } from "#app/durations.server.ts";
import { allOf, changeLimit, perCallerInside } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { permissionsToGive } from "#app/tenancy/permissions.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { createKey, endKey, renewSecret } from "./key-writes.server.ts";
import { keyDetails, keysAfter, keysFull, keysPage, livingKey } from "./keys.server.ts";
import { KEYS_MADE_PER_DAY } from "./limits.ts";
import { makeRefusals, revokeRefusals, rotateRefusals } from "./refusals.ts";
import { KeysInPages, MakeKey, OneKey, RotateKey } from "./schemas.ts";

/** Limited per day too, because each new secret sends mails. */
const secretLimit = allOf(changeLimit, perCallerInside("key", KEYS_MADE_PER_DAY, DAY_SECONDS));

export const listKeys = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "key:read",
  execute: keysPage,
  answer: (found, { role }) => ({ ...found, given: permissionsToGive(role) }),
});

export const browseKeys = read({
  validate: KeysInPages,
  authenticate: "session",
  authorize: "key:read",
  execute: keysAfter,
});

export const findKey = read({
  validate: OneKey,
  authenticate: "session",
  authorize: "key:read",
  execute: keyDetails,
});

export const askForKey = read({
  validate: InOrganization,
  authenticate: "fresh",
  authorize: "key:manage",
  execute: keysFull,
  answer: ({ isFull }, { role }) => ({ given: permissionsToGive(role), isFull }),
});

export const makeKey = write({
  validate: MakeKey,
  authenticate: "fresh",
  authorize: "key:manage",
  limit: secretLimit,
  execute: createKey,
  refused: makeRefusals,
});

export const askForKeyRotation = read({
  validate: OneKey,
  authenticate: "fresh",
  authorize: "key:manage",
  execute: livingKey,
});

export const rotateKey = write({
  validate: RotateKey,
  authenticate: "fresh",
  authorize: "key:manage",
  asksFirst: true,
  limit: secretLimit,
  execute: renewSecret,
  refused: rotateRefusals,
});

export const askForKeyRevocation = read({
  validate: OneKey,
  authenticate: "person",
  authorize: "key:manage",
  execute: livingKey,
});

/** Requires no fresh proof, so that a leaked key can be stopped immediately. */
export const revokeKey = write({
  validate: OneKey,
  authenticate: "person",
  authorize: "key:manage",
  asksFirst: true,
  limit: changeLimit,
  execute: endKey,
  refused: revokeRefusals,
});
