import { and, count, eq, inArray, isNull, lt, ne, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";
import { change, type Writer } from "#app/change/change.server.ts";
import { authenticator, backupCode, passkey } from "#app/db/schema/factors.ts";
import { session } from "#app/db/schema/people.ts";
import type { Fresh, Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { digest } from "#app/tokens.server.ts";
import { BACKUP_CODES } from "../limits.ts";
import { securityMail } from "../security-mail.server.ts";
import { forgetKnownDevices } from "../sessions/known-devices.server.ts";
import { withNewToken } from "../sessions/proofs.server.ts";
import { forgetDevices } from "./remembered-devices.server.ts";
import type { AddAuthenticator } from "./schemas.ts";

type Keys = Pick<Grant<"public">, "tokenFor">;
type Named = { userId: string; id: string };

const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;

/** The secret is not stored: it is derived from the person's id, an unguessable id and the Worker's own secret. */
function totpOf({ tokenFor }: Keys, { userId, id }: Named, label: string): TOTP {
  const bytes = Buffer.from(tokenFor(`authenticator:${userId}:${id}`), "base64url").subarray(0, SECRET_BYTES);
  const secret = new Secret({ buffer: new Uint8Array(bytes).buffer });
  return new TOTP({ issuer: PRODUCT_NAME, label, secret, period: PERIOD_SECONDS });
}

/** The time step of a six-digit code: the current one or, for slow typists, the one before. Null if it is neither. */
function stepOf(keys: Keys, named: Named, { code, now }: { code: string; now: Date }): number | null {
  const delta = totpOf(keys, named, "").validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null || delta > 0 ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

export type Setup = {
  qrCode: string;
  secret: string;
};

/** What an authenticator app needs to be set up under this id. Nothing is stored until the person enters one of its codes. */
export function setupOf(grant: Fresh<Grant<"self">>, id: string): Setup {
  const totp = totpOf(grant, { userId: grant.userId, id }, grant.viewer.email);
  const svg = renderSVG(totp.toString(), { border: 2 });
  return {
    qrCode: `data:image/svg+xml;base64,${btoa(svg)}`,
    secret: totp.secret.base32.replace(/.{4}(?=.)/g, "$& "),
  };
}

export function hasAuthenticator(scope: Scope<"self">): Plan<boolean> {
  const found = scope.select({ id: authenticator.id }).from(authenticator);
  return plan({ found }, (rows) => rows.found.length > 0);
}

export function backupCodesLeft(scope: Scope<"self">): Plan<number | null> {
  const unused = scope.select({ count: count() }).from(backupCode).where(isNull(backupCode.usedAt));
  const found = scope.select({ left: sql<number>`${unused}` }).from(authenticator);
  return plan({ found }, ({ found: [row] }) => row?.left ?? null);
}

export type KeptAuthenticator = { id: string; userId: string; lastStep: number };

const SIX_DIGITS = /^\d{6}$/;

/** Returns a function that makes a statement: it changes one row if the code is right and unused. Null if it is wrong. */
export function spend(grant: Keys & { now: Date }, kept: KeptAuthenticator, code: string) {
  const { now } = grant;
  const step = SIX_DIGITS.test(code) ? stepOf(grant, kept, { code, now }) : null;
  if (step === null && SIX_DIGITS.test(code)) return null;
  return (entry: Pick<Writer, "unsafe">) => {
    const { db, when } = entry.unsafe("A session that waits for its second factor signs nobody in yet.");
    if (step === null) {
      const isThisOne = inArray(backupCode.codeHash, [backupCodeHash(grant, code), formerBackupCodeHash(code)]);
      return db
        .update(backupCode)
        .set({ usedAt: now })
        .where(and(eq(backupCode.userId, kept.userId), isThisOne, isNull(backupCode.usedAt), when));
    }
    return db
      .update(authenticator)
      .set({ lastStep: step })
      .where(and(eq(authenticator.id, kept.id), lt(authenticator.lastStep, step), when));
  };
}

export async function addAuthenticator(grant: Fresh<Grant<"self">>, { setup: id, code }: AddAuthenticator) {
  const { userId, now } = grant;
  const step = stepOf(grant, { userId, id }, { code, now });
  if (step === null) return { ok: false, reason: "wrong-code" } as const;
  const codes = newBackupCodes();
  const session = withNewToken(grant, { factors: 2 });
  const { isMade, made } = await change(grant, {
    action: "authenticator.added",
    // The page's URL has the id of the setup, so another person can send the same one.
    where: sql`not exists (select 1 from ${authenticator} where (${grant.rows(authenticator)}) or ${authenticator.id} = ${id})`,
    makes: (entry) => ({
      app: entry.insert(authenticator, { id, lastStep: step, createdAt: now }),
      ...replacedBackupCodes(entry, grant, codes),
      remembered: forgetDevices(entry),
      known: forgetKnownDevices(entry, grant),
      mail: entry.mail(securityMail(grant, "authenticator-added")),
      session: session.on(entry),
    }),
  });
  await session.keep(made.session);
  return isMade ? ({ ok: true, codes } as const) : ({ ok: false, reason: "already" } as const);
}

export async function removeAuthenticator(grant: Fresh<Grant<"self">>) {
  const hasNoPasskey = sql`not exists (select 1 from ${passkey} where ${grant.rows(passkey)})`;
  await change(grant, {
    action: "authenticator.removed",
    from: authenticator,
    where: [],
    makes: (entry) => ({
      app: entry.removeAll(authenticator),
      codes: entry.removeAll(backupCode),
      remembered: forgetDevices(entry),
      // The factor that the app proved no longer counts. A passkey is both factors by itself, as long as there is one.
      sessions: entry.update(session, { factors: 1 }, sql`(${ne(session.method, "passkey")} or ${hasNoPasskey})`),
      mail: entry.mail(securityMail(grant, "authenticator-removed")),
    }),
  });
  return { ok: true } as const;
}

export async function renewBackupCodes(grant: Fresh<Grant<"self">>) {
  const codes = newBackupCodes();
  const session = withNewToken(grant);
  const { isMade, made } = await change(grant, {
    action: "backup-codes.renewed",
    from: authenticator,
    where: [],
    makes: (entry) => ({
      ...replacedBackupCodes(entry, grant, codes),
      remembered: forgetDevices(entry),
      mail: entry.mail(securityMail(grant, "backup-codes-renewed")),
      session: session.on(entry),
    }),
  });
  await session.keep(made.session);
  return isMade ? ({ ok: true, codes } as const) : ({ ok: false, reason: "no-authenticator" } as const);
}

function replacedBackupCodes(entry: Writer, grant: Grant<"self">, codes: readonly string[]) {
  const hashes = codes.map((code) => backupCodeHash(grant, code));
  const { db, when } = entry.unsafe("A single statement inserts all codes.");
  return {
    formerCodes: entry.removeAll(backupCode),
    codes: db.run(sql`
      insert into ${backupCode} (user_id, code_hash)
      select ${grant.userId}, value from json_each(${JSON.stringify(hashes)}) where ${when}`),
  };
}

/** 120 bits each: ASVS 6.5.2 requires at least 112 for secrets that are looked up by a hash without a salt. */
function newBackupCodes(): string[] {
  return Array.from({ length: BACKUP_CODES }, () =>
    new Secret({ size: 15 }).base32.toLowerCase().replace(/.{4}(?=.)/g, "$&-"),
  );
}

/** The hash is keyed, so that someone who reads the database cannot try codes against it. */
function backupCodeHash({ tokenFor }: Keys, code: string): string {
  return tokenFor(`backup-code:${lettersOf(code)}`);
}

/** Older codes have hashes without a key. They work until the person renews their codes. */
function formerBackupCodeHash(code: string): string {
  return digest(`backup-code:${lettersOf(code)}`);
}

function lettersOf(code: string): string {
  return code.toLowerCase().replace(/[^a-z2-7]/g, "");
}
