import type { AuthenticatorTransport } from "@simplewebauthn/server";
import { and, asc, eq, lt, ne, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { session } from "#app/db/schema/people.ts";
import { m } from "#app/i18n/messages.ts";
import type { Fresh, Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { forgetDevices } from "../factors/remembered-devices.server.ts";
import { noteFailedAttempt } from "../failed-attempts.server.ts";
import { PASSKEYS_MAXIMUM } from "../limits.ts";
import { hasOtherWay } from "../other-ways.server.ts";
import { securityMail } from "../security-mail.server.ts";
import { prove, withNewToken } from "../sessions/proofs.server.ts";
import { ANSWER, challengeOf, creationBy, keepChallenge, spendChallenge, WHOSE } from "./challenges.server.ts";
import { makerOf } from "./makers.server.ts";
import type { AddPasskey, PasskeyAnswer, RenamePasskey } from "./schemas.ts";

// Loaded on demand: its certificate parsers would slow down every start of the Worker, and few requests need them.
const webauthn = () => import("@simplewebauthn/server");

type Anyone = Grant<"public"> | Grant<"self">;

export type Passkey = { id: string; name: string; createdAt: number; lastUsedAt: number | null };

export function passkeysOf(scope: Scope<"self">): Plan<Passkey[]> {
  return plan({ rows: passkeyRows(scope) }, ({ rows }) => rows.map(toPasskey));
}

export function onePasskey(scope: Scope<"self">, { passkey: id }: { passkey: string }): Plan<Passkey | null> {
  const found = passkeyRows(scope, eq(passkey.id, id));
  return plan({ found }, ({ found: [row] }) => (row === undefined ? null : toPasskey(row)));
}

export function passkeysFull(scope: Scope<"self">): Plan<{ isFull: boolean }> {
  return plan({ rows: passkeyRows(scope) }, ({ rows }) => ({ isFull: rows.length >= PASSKEYS_MAXIMUM }));
}

function passkeyRows(scope: Scope<"self">, which?: SQL) {
  return scope
    .select({ id: passkey.id, name: passkey.name, createdAt: passkey.createdAt, lastUsedAt: passkey.lastUsedAt })
    .from(passkey)
    .where(which)
    .orderBy(asc(passkey.createdAt), asc(passkey.id));
}

function toPasskey({ createdAt, lastUsedAt, ...row }: Awaited<ReturnType<typeof passkeyRows>>[number]): Passkey {
  return { ...row, createdAt: createdAt.getTime(), lastUsedAt: lastUsedAt?.getTime() ?? null };
}

export async function passkeyRequest(grant: Grant<"public">) {
  const options = await (await webauthn()).generateAuthenticationOptions({
    rpID: siteOf(grant),
    userVerification: "required",
  });
  await keepChallenge(grant, { challenge: options.challenge, purpose: ANSWER });
  return { ok: true, options } as const;
}

export async function passkeyCreation(grant: Fresh<Grant<"self">>) {
  const { userId, viewer } = grant;
  const { known } = await grant.read({
    known: grant.select({ id: passkey.credentialId, transports: passkey.transports }).from(passkey),
  });
  if (known.length >= PASSKEYS_MAXIMUM) return { ok: false, reason: "too-many" } as const;
  const options = await (await webauthn()).generateRegistrationOptions({
    rpName: PRODUCT_NAME,
    rpID: siteOf(grant),
    userID: new TextEncoder().encode(userId),
    userName: viewer.email,
    userDisplayName: viewer.name,
    excludeCredentials: known,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await keepChallenge(grant, { challenge: options.challenge, purpose: creationBy(userId) });
  return { ok: true, options } as const;
}

export async function addPasskey(grant: Fresh<Grant<"self">>, { name: typed, response }: AddPasskey) {
  const { userId, appUrl, now } = grant;
  const challenge = challengeOf(response.response.clientDataJSON);
  if (!(await spendChallenge(grant, { challenge, purpose: creationBy(userId) })).isOpen)
    return { ok: false, reason: "not-accepted" } as const;
  const verified = await (await webauthn())
    .verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: appUrl,
      expectedRPID: siteOf(grant),
    })
    .catch(() => null);
  if (!verified?.verified) return { ok: false, reason: "not-accepted" } as const;
  const { credential, aaguid } = verified.registrationInfo;
  const name = typed ?? makerOf(aaguid) ?? m.security_passkey_unnamed();
  const id = grant.newId();
  const session = withNewToken(grant);
  const { isMade, made } = await change(grant, {
    action: "passkey.added",
    target: { id, name },
    where: sql`(select count(*) from ${passkey} where ${passkey.userId} = ${userId}) < ${PASSKEYS_MAXIMUM}
      and not exists (select 1 from ${passkey} where ${passkey.credentialId} = ${credential.id})`,
    makes: (entry) => ({
      passkey: entry.insert(passkey, {
        ...{ id, name, counter: credential.counter, createdAt: now },
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString("base64url"),
        transports: credential.transports ?? [],
      }),
      remembered: forgetDevices(entry),
      mail: entry.mail(securityMail(grant, "passkey-added")),
      session: session.on(entry),
    }),
  });
  await session.keep(made.session);
  return isMade ? ({ ok: true } as const) : ({ ok: false, reason: "too-many" } as const);
}

export async function renamePasskey(grant: Grant<"self">, { passkey: id, name }: RenamePasskey) {
  const { facts } = await change(grant, {
    action: "passkey.renamed",
    from: passkey,
    target: { id, name: passkey.name },
    before: { name: passkey.name },
    after: { name },
    where: [eq(passkey.id, id), ne(passkey.name, name)],
    makes: (entry) => ({ name: entry.update(passkey, { name }, eq(passkey.id, id)) }),
    facts: { found: grant.select({ id: passkey.id }).from(passkey).where(eq(passkey.id, id)) },
  });
  return facts.found.length > 0 ? ({ ok: true } as const) : ({ ok: false, reason: "not-found" } as const);
}

/**
 * Removes a passkey, unless the person has no other way to sign in. Ends all other passkey sessions: a lost device may have one,
 * and none records its passkey. Succeeds if the passkey is already removed.
 */
export async function removePasskey(grant: Fresh<Grant<"self">>, { passkey: id }: { passkey: string }) {
  const isThis = eq(passkey.id, id);
  const hasNone = sql`not exists (select 1 from ${passkey} where ${grant.rows(passkey)})
    and not exists (select 1 from ${authenticator} where ${grant.rows(authenticator)})`;
  const { facts } = await change(grant, {
    action: "passkey.removed",
    from: passkey,
    target: { id, name: passkey.name },
    where: [isThis, hasOtherWay(grant, id)],
    makes: (entry) => ({
      passkey: entry.remove(passkey, isThis),
      sessions: entry.remove(session, eq(session.method, "passkey"), ne(session.token, grant.viewer.sessionToken)),
      // A person without a second factor has no session that counts as two-factor, whatever the session was opened or confirmed with.
      factors: entry.update(session, { factors: 1 }, hasNone),
      remembered: forgetDevices(entry),
      mail: entry.mail(securityMail(grant, "passkey-removed")),
    }),
    facts: { left: grant.select({ id: passkey.id }).from(passkey).where(isThis) },
  });
  return facts.left.length === 0 ? ({ ok: true } as const) : ({ ok: false, reason: "last-way" } as const);
}

/** A passkey counts as both factors, because the device has checked the person's fingerprint, face or PIN. */
export async function signInWithPasskey(grant: Grant<"public">, { response }: PasskeyAnswer) {
  const shown = await shownBy(grant, response);
  if (shown === null) return { ok: false, reason: "not-accepted" } as const;
  const { userId, isNext, used } = shown;
  const holds = sql`exists (select 1 from ${passkey} where ${isNext} and ${passkey.userId} = ${userId})`;
  const isIn = await grant.signIns().open(userId, { method: "passkey", factors: 2, holds }, used);
  return isIn ? ({ ok: true } as const) : ({ ok: false, reason: "not-accepted" } as const);
}

export async function confirmByPasskey(grant: Grant<"self">, { response }: PasskeyAnswer) {
  const shown = await shownBy(grant, response);
  if (shown?.userId !== grant.userId) return { ok: false, reason: "not-accepted" } as const;
  const isProven = await prove(grant, { factors: 2, spends: ({ isWritten }) => shown.used(isWritten) });
  return isProven ? ({ ok: true } as const) : ({ ok: false, reason: "not-accepted" } as const);
}

/**
 * Returns whose passkey it is, `isNext`, which is true for it until its counter reaches this one, and `used`, which makes the
 * statement that records its use. Null if the proof is not valid.
 */
async function shownBy(grant: Anyone, response: PasskeyAnswer["response"]) {
  const { appUrl, now } = grant;
  const challenge = challengeOf(response.response.clientDataJSON);
  const { isOpen, kept } = await spendChallenge(grant, { challenge, purpose: ANSWER }, response.id);
  if (!isOpen || kept === undefined) return null;
  const answer = await (await webauthn())
    .verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: appUrl,
      expectedRPID: siteOf(grant),
      credential: {
        id: kept.credentialId,
        publicKey: new Uint8Array(Buffer.from(kept.publicKey, "base64url")),
        counter: kept.counter,
        transports: kept.transports as AuthenticatorTransport[],
      },
    })
    .catch(() => null);
  if (!answer?.verified) {
    noteFailedAttempt(grant, { person: sql`select ${kept.userId}`, method: "passkey" });
    return null;
  }
  const { newCounter: counter } = answer.authenticationInfo;
  // A device that counts never sends a number twice (WebAuthn, 6.1.1), not even in two requests at once.
  const isNext = and(eq(passkey.id, kept.id), counter === 0 ? eq(passkey.counter, 0) : lt(passkey.counter, counter));
  const used = (when: SQL) =>
    grant.unsafe(WHOSE).update(passkey).set({ counter, lastUsedAt: now }).where(and(isNext, when));
  return { userId: kept.userId, isNext, used };
}

/** The id of WebAuthn's "relying party": the host name alone. */
function siteOf({ appUrl }: Anyone): string {
  return new URL(appUrl).hostname;
}
