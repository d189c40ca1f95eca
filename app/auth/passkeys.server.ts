import {
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { passkey } from "#app/db/schema/factors.ts";
import { verification } from "#app/db/schema/people.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import type { Fresh, Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { digest } from "#app/request/tokens.server.ts";
import { noteFailedAttempt } from "./failed-attempts.server.ts";
import { CHALLENGE_MINUTES, PASSKEYS_MAXIMUM } from "./limits.ts";
import type { AddPasskey, PasskeyAnswer, RenamePasskey } from "./passkey-schemas.ts";
import { proven, withNewToken } from "./proofs.server.ts";
import { securityMail } from "./security-mail.server.ts";

type Public = Pick<Grant<"public">, "db" | "now" | "newId" | "appUrl" | "commit">;

/** Times in milliseconds. */
export type Passkey = { id: string; name: string; createdAt: number; lastUsedAt: number | null };

export function passkeysOf(scope: Scope<"self">): Plan<Passkey[]> {
  return plan({ rows: passkeyRows(scope) }, ({ rows }) => rows.map(toPasskey));
}

export function onePasskey(scope: Scope<"self">, id: string): Plan<Passkey | null> {
  const found = passkeyRows(scope, eq(passkey.id, id));
  return plan({ found }, ({ found: [row] }) => (row === undefined ? null : toPasskey(row)));
}

function passkeyRows({ db, userId }: Scope<"self">, which?: SQL) {
  return db
    .select({ id: passkey.id, name: passkey.name, createdAt: passkey.createdAt, lastUsedAt: passkey.lastUsedAt })
    .from(passkey)
    .where(and(eq(passkey.userId, userId), which))
    .orderBy(asc(passkey.createdAt), asc(passkey.id));
}

function toPasskey({ createdAt, lastUsedAt, ...row }: Awaited<ReturnType<typeof passkeyRows>>[number]): Passkey {
  return { ...row, createdAt: createdAt.getTime(), lastUsedAt: lastUsedAt?.getTime() ?? null };
}

/** What a browser needs to ask for a passkey, whosever it is. It can be answered once. */
export async function passkeyRequest(grant: Grant<"public">) {
  const options = await generateAuthenticationOptions({ rpID: siteOf(grant), userVerification: "required" });
  await grant.commit([keptChallenge(grant, options.challenge)]);
  return { ok: true, options } as const;
}

/** What a browser needs to make a passkey for this person. It can be answered once. */
export async function passkeyCreation(grant: Fresh<Grant<"self">>) {
  const { db, userId, viewer } = grant;
  const known = await db
    .select({ id: passkey.credentialId, transports: passkey.transports })
    .from(passkey)
    .where(eq(passkey.userId, userId));
  const options = await generateRegistrationOptions({
    rpName: PRODUCT_NAME,
    rpID: siteOf(grant),
    userID: new TextEncoder().encode(userId),
    userName: viewer.email,
    userDisplayName: viewer.name,
    excludeCredentials: known,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await grant.commit([keptChallenge(grant, options.challenge)]);
  return { ok: true, options } as const;
}

/** Keeps a passkey that the browser has made for a challenge of ours. */
export async function addPasskey(grant: Fresh<Grant<"self">>, { name, response }: AddPasskey) {
  const { db, userId, appUrl, now } = grant;
  const challenge = challengeOf(response.response.clientDataJSON);
  const [open] = await grant.commit([usedChallenge(grant, challenge)]);
  if (open.length === 0) return { ok: false, reason: "not-accepted" } as const;
  const made = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: appUrl,
    expectedRPID: siteOf(grant),
  }).catch(() => null);
  if (!made?.verified) return { ok: false, reason: "not-accepted" } as const;
  const { credential } = made.registrationInfo;
  const id = grant.newId();
  const change = audited(grant, {
    action: "passkey.added",
    target: { id, name },
    from: sql`where ${grant.stillMay}
      and (select count(*) from ${passkey} where ${passkey.userId} = ${userId}) < ${PASSKEYS_MAXIMUM}
      and not exists (select 1 from ${passkey} where ${passkey.credentialId} = ${credential.id})`,
  });
  const proof = withNewToken(grant, { when: change.isWritten });
  const [, , , kept, proved] = await grant.commit([
    change.entry,
    db.run(sql`
      insert into ${passkey} (id, user_id, name, credential_id, public_key, counter, transports, created_at)
      select ${id}, ${userId}, ${name}, ${credential.id}, ${Buffer.from(credential.publicKey).toString("base64url")},
        ${credential.counter}, ${JSON.stringify(credential.transports ?? [])}, ${now.getTime()}
      where ${change.isWritten}`),
    securityMail(grant, "passkey-added", change.isWritten),
    db.select({ id: passkey.id }).from(passkey).where(eq(passkey.id, id)),
    proof.statement,
  ]);
  await proof.keep(proved);
  grant.sendMail();
  return kept.length > 0 ? ({ ok: true } as const) : ({ ok: false, reason: "too-many" } as const);
}

export async function renamePasskey(grant: Grant<"self">, { passkey: id, name }: RenamePasskey) {
  const isOwn = and(eq(passkey.id, id), eq(passkey.userId, grant.userId));
  const change = audited(grant, {
    action: "passkey.renamed",
    target: { id, name: sql`${passkey.name}` },
    before: sql`json_object('name', ${passkey.name})`,
    after: { name },
    from: sql`from ${passkey} where ${isOwn} and ${passkey.name} <> ${name} and ${grant.stillMay}`,
  });
  const [, , found] = await grant.commit([
    change.entry,
    grant.db.update(passkey).set({ name }).where(and(isOwn, change.isWritten)),
    grant.db.select({ id: passkey.id }).from(passkey).where(isOwn),
  ]);
  return found.length > 0 ? ({ ok: true } as const) : ({ ok: false, reason: "not-found" } as const);
}

/** That it is gone already is no fault. */
export async function removePasskey(grant: Fresh<Grant<"self">>, id: string) {
  const isOwn = and(eq(passkey.id, id), eq(passkey.userId, grant.userId));
  const change = audited(grant, {
    action: "passkey.removed",
    target: { id, name: sql`${passkey.name}` },
    from: sql`from ${passkey} where ${isOwn} and ${grant.stillMay}`,
  });
  await grant.commit([
    change.entry,
    grant.db.delete(passkey).where(and(isOwn, change.isWritten)),
    securityMail(grant, "passkey-removed", change.isWritten),
  ]);
  grant.sendMail();
  return { ok: true } as const;
}

/** Signs in with a passkey: the device has asked for the person's finger, face or number, so it counts as both factors. */
export async function signInWithPasskey(grant: Grant<"public">, { response }: PasskeyAnswer) {
  const person = await personOf(grant, response);
  if (person === null) return { ok: false, reason: "not-accepted" } as const;
  const isIn = await grant.signIns().proven(person, {
    method: "passkey",
    factors: 2,
    holds: sql`exists (select 1 from ${passkey} where ${passkey.credentialId} = ${response.id} and ${passkey.userId} = ${person})`,
  });
  return isIn ? ({ ok: true } as const) : ({ ok: false, reason: "not-accepted" } as const);
}

/** Remembers that the person has just proved who they are, with a passkey of their own. */
export async function confirmByPasskey(grant: Grant<"self">, { response }: PasskeyAnswer) {
  const person = await personOf(grant, response);
  if (person !== grant.userId) return { ok: false, reason: "not-accepted" } as const;
  const proof = proven(grant, { factors: 2, when: grant.stillMay });
  const [rows] = await grant.commit([proof.statement]);
  await proof.keep(rows);
  return { ok: true } as const;
}

/** Whose passkey has answered a challenge of ours; null: nobody's, or not rightly. */
async function personOf(
  grant: Grant<"public"> | Grant<"self">,
  response: PasskeyAnswer["response"],
): Promise<string | null> {
  const { db, appUrl, now } = grant;
  const challenge = challengeOf(response.response.clientDataJSON);
  const [open, [kept]] = await grant.commit([
    usedChallenge(grant, challenge),
    db.select().from(passkey).where(eq(passkey.credentialId, response.id)),
  ]);
  if (open.length === 0 || kept === undefined) return null;
  const answer = await verifyAuthenticationResponse({
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
  }).catch(() => null);
  if (!answer?.verified) {
    noteFailedAttempt(grant, { person: sql`select ${kept.userId}`, method: "passkey" });
    return null;
  }
  const { newCounter: counter } = answer.authenticationInfo;
  await grant.commit([db.update(passkey).set({ counter, lastUsedAt: now }).where(eq(passkey.id, kept.id))]);
  return kept.userId;
}

/** WebAuthn's "relying party": the host alone. */
function siteOf({ appUrl }: Public): string {
  return new URL(appUrl).hostname;
}

function keptChallenge({ db, newId, now }: Public, challenge: string) {
  const expiresAt = new Date(now.getTime() + CHALLENGE_MINUTES * 60_000);
  return db
    .insert(verification)
    .values({ id: newId(), identifier: challengeIdentifier(challenge), value: "", expiresAt });
}

/** Uses the challenge up: it answers one row the first time, while it is open. */
function usedChallenge({ db, now }: Public, challenge: string) {
  const isThis = eq(verification.identifier, challengeIdentifier(challenge));
  return db
    .delete(verification)
    .where(and(isThis, gt(verification.expiresAt, now)))
    .returning({ id: verification.id });
}

function challengeIdentifier(challenge: string): string {
  return digest(`passkey:${challenge}`);
}

/** The challenge that a browser says it has answered; empty when it says nothing of the kind. */
function challengeOf(clientDataJSON: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString());
    return String(challenge);
  } catch {
    return "";
  }
}
