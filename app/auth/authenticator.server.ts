import { and, eq, inArray, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";
import { audited } from "#app/audit/entries.server.ts";
import { authenticator, backupCode } from "#app/db/schema/factors.ts";
import { session } from "#app/db/schema/people.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import type { Fresh, Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { digest } from "#app/request/tokens.server.ts";
import type { AddAuthenticator } from "./factor-schemas.ts";
import { BACKUP_CODES } from "./limits.ts";
import { withNewToken } from "./proofs.server.ts";
import { securityMail } from "./security-mail.server.ts";

type Keys = Pick<Grant<"public">, "tokenFor">;
type Named = { userId: string; id: string };

const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;

/** The secret is never kept: it is made of the person, an id that nobody guesses, and the Worker's own secret. */
function totpOf({ tokenFor }: Keys, { userId, id }: Named, label: string): TOTP {
  const bytes = Buffer.from(tokenFor(`authenticator:${userId}:${id}`), "base64url").subarray(0, SECRET_BYTES);
  const secret = new Secret({ buffer: new Uint8Array(bytes).buffer });
  return new TOTP({ issuer: PRODUCT_NAME, label, secret, period: PERIOD_SECONDS });
}

/** The time step that a code of six digits belongs to: the present one or, for a slow hand, the one before; null: neither. */
function stepOf(keys: Keys, named: Named, { code, now }: { code: string; now: Date }): number | null {
  const delta = totpOf(keys, named, "").validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null || delta > 0 ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

export type Setup = {
  /** What an app scans: an image as a `data:` URL. */
  qrCode: string;
  /** The same, to be typed. */
  secret: string;
};

/** What an authenticator app needs to be set up under this id. Nothing is kept until it has shown a code. */
export function setupOf(grant: Fresh<Grant<"self">>, id: string): Setup {
  const totp = totpOf(grant, { userId: grant.userId, id }, grant.viewer.email);
  const svg = renderSVG(totp.toString(), { border: 2 });
  return {
    qrCode: `data:image/svg+xml;base64,${btoa(svg)}`,
    secret: totp.secret.base32.replace(/.{4}(?=.)/g, "$& "),
  };
}

export function hasAuthenticator({ db, userId }: Scope<"self">): Plan<boolean> {
  const found = db.select({ id: authenticator.id }).from(authenticator).where(eq(authenticator.userId, userId));
  return plan({ found }, (rows) => rows.found.length > 0);
}

/** How many backup codes are unused; null: no authenticator asks for any. */
export function backupCodesLeft({ db, userId }: Scope<"self">): Plan<number | null> {
  const found = db
    .select({
      left: sql<number>`(
      select count(*) from ${backupCode} where ${backupCode.userId} = ${userId} and ${backupCode.usedAt} is null)`,
    })
    .from(authenticator)
    .where(eq(authenticator.userId, userId));
  return plan({ found }, ({ found: [row] }) => row?.left ?? null);
}

/** An authenticator as it is kept. */
export type KeptAuthenticator = { id: string; userId: string; lastStep: number };

const SIX_DIGITS = /^\d{6}$/;

/**
 * A statement that uses up a code of the app, or a backup code: it changes one row when the code is right and was not used
 * before. What it opens follows in the same batch, where `changes() = 1`. Null: it is certainly wrong.
 */
export function spending(
  grant: Pick<Grant<"public">, "db" | "now" | "tokenFor">,
  kept: KeptAuthenticator,
  code: string,
) {
  const { db, now } = grant;
  if (!SIX_DIGITS.test(code)) {
    const isThisOne = inArray(backupCode.codeHash, [backupCodeHash(grant, code), formerBackupCodeHash(code)]);
    return db
      .update(backupCode)
      .set({ usedAt: now })
      .where(and(eq(backupCode.userId, kept.userId), isThisOne, isNull(backupCode.usedAt)));
  }
  const step = stepOf(grant, kept, { code, now });
  if (step === null) return null;
  return db
    .update(authenticator)
    .set({ lastStep: step })
    .where(and(eq(authenticator.id, kept.id), lt(authenticator.lastStep, step)));
}

/** Keeps the app that shows this code, and answers backup codes that are shown this once. */
export async function addAuthenticator(grant: Fresh<Grant<"self">>, { setup: id, code }: AddAuthenticator) {
  const { db, userId, now } = grant;
  const step = stepOf(grant, { userId, id }, { code, now });
  if (step === null) return { ok: false, reason: "wrong-code" } as const;
  const codes = newBackupCodes();
  const change = audited(grant, {
    action: "authenticator.added",
    from: sql`where ${grant.stillMay} and not exists (select 1 from ${authenticator} where ${own(grant)})`,
  });
  // All other sessions of the person are asked for a code.
  const proof = withNewToken(grant, { factors: 2, when: change.isWritten });
  const batch = await grant.commit([
    change.entry,
    db
      .insert(authenticator)
      .select(
        db
          .select({
            id: sql<string>`${id}`.as("id"),
            userId: sql<string>`${userId}`.as("user_id"),
            lastStep: sql<number>`${step}`.as("last_step"),
            createdAt: sql<Date>`${now.getTime()}`.as("created_at"),
          })
          .from(sql`(select 1)`)
          .where(change.isWritten),
      )
      .returning({ id: authenticator.id }),
    ...replacedBackupCodes(grant, codes, change.isWritten),
    securityMail(grant, "authenticator-added", change.isWritten),
    proof.statement,
  ]);
  const [added, proved] = [batch[1], batch[5]];
  await proof.keep(proved);
  grant.sendMail();
  return added.length === 0 ? ({ ok: false, reason: "already" } as const) : ({ ok: true, codes } as const);
}

/** Ends asking for codes. */
export async function removeAuthenticator(grant: Fresh<Grant<"self">>) {
  const { db } = grant;
  const change = audited(grant, {
    action: "authenticator.removed",
    from: sql`where ${grant.stillMay} and exists (select 1 from ${authenticator} where ${own(grant)})`,
  });
  await grant.commit([
    change.entry,
    db.delete(authenticator).where(and(own(grant), change.isWritten)),
    db.delete(backupCode).where(and(eq(backupCode.userId, grant.userId), change.isWritten)),
    // What was proved with the app is proved no more; a passkey is both factors by itself.
    db
      .update(session)
      .set({ factors: 1 })
      .where(and(eq(session.userId, grant.userId), ne(session.method, "passkey"), change.isWritten)),
    securityMail(grant, "authenticator-removed", change.isWritten),
  ]);
  grant.sendMail();
  return { ok: true } as const;
}

/** Makes new backup codes; those from before open nothing any more. */
export async function renewBackupCodes(grant: Fresh<Grant<"self">>) {
  const codes = newBackupCodes();
  const change = audited(grant, {
    action: "backup-codes.renewed",
    from: sql`where ${grant.stillMay} and exists (select 1 from ${authenticator} where ${own(grant)})`,
  });
  const proof = withNewToken(grant, { when: change.isWritten });
  const [, , , , [kept], proved] = await grant.commit([
    change.entry,
    ...replacedBackupCodes(grant, codes, change.isWritten),
    securityMail(grant, "backup-codes-renewed", change.isWritten),
    grant.db.all<{ isWritten: number }>(sql`select ${change.isWritten} as isWritten`),
    proof.statement,
  ]);
  await proof.keep(proved);
  grant.sendMail();
  return kept?.isWritten ? ({ ok: true, codes } as const) : ({ ok: false, reason: "no-authenticator" } as const);
}

function own({ userId }: Pick<Grant<"self">, "userId">) {
  return eq(authenticator.userId, userId);
}

function replacedBackupCodes(grant: Grant<"self">, codes: readonly string[], when: SQL) {
  const { db, userId } = grant;
  const hashes = codes.map((code) => backupCodeHash(grant, code));
  return [
    db.delete(backupCode).where(and(eq(backupCode.userId, userId), when)),
    db.run(sql`
      insert into ${backupCode} (user_id, code_hash)
      select ${userId}, value from json_each(${JSON.stringify(hashes)}) where ${when}`),
  ] as const;
}

/** 120 bits each: more than the 112 that ASVS 6.5.2 asks of secrets which are looked up by a hash without a salt. */
function newBackupCodes(): string[] {
  return Array.from({ length: BACKUP_CODES }, () =>
    new Secret({ size: 15 }).base32.toLowerCase().replace(/.{4}(?=.)/g, "$&-"),
  );
}

/** Keyed, so that nobody who reads the database can try codes. */
function backupCodeHash({ tokenFor }: Pick<Grant<"public">, "tokenFor">, code: string): string {
  return tokenFor(`backup-code:${lettersOf(code)}`);
}

/** Codes from before hashes had a key work until they are renewed. */
function formerBackupCodeHash(code: string): string {
  return digest(`backup-code:${lettersOf(code)}`);
}

/** However it is typed: in capitals, with spaces or without hyphens. */
function lettersOf(code: string): string {
  return code.toLowerCase().replace(/[^a-z2-7]/g, "");
}
