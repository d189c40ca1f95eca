import { and, eq, gt, isNotNull, ne, type SQL, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { account, emailChange, session, user, verification } from "#app/db/schema/people.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import type { Fresh, Grant, Scope } from "#app/request/grant.server.ts";
import { knownTo } from "#app/request/limits.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { digest, newToken } from "#app/request/tokens.server.ts";
import { noteFailedAttempt } from "./failed-attempts.server.ts";
import { isOpenOf } from "./held-addresses.server.ts";
import { RESET_LINK_MINUTES } from "./limits.ts";
import { hashPassword, isOutdated, verifyPassword } from "./password-hash.server.ts";
import { weaknessOf } from "./password-rules.server.ts";
import { withNewToken } from "./proofs.server.ts";
import type { ChangePassword, SignIn } from "./schemas.ts";
import { securityMail } from "./security-mail.server.ts";
import { newestOpenSignUp } from "./sign-ups.server.ts";

type Public = Grant<"public">;

/**
 * Signs in, or names the open sign-up that address and password belong to. Every failure costs the same trips and two
 * hashes, so neither its time nor its `Server-Timing` says whether the address is known.
 */
export async function signIn(grant: Public, { email, password }: SignIn) {
  const [[known], [waiting]] = await grant.commit([credentialOf(grant, email), newestOpenSignUp(grant, email)]);
  if ((await isPasswordOf(known, password)) && known !== undefined) {
    if (await opened(grant, known, password)) return { ok: true, isHalf: known.hasAuthenticator } as const;
    // Another sign-in of this moment may have renewed the hash.
    const wasOutdated = known.passwordHash !== null && isOutdated(known.passwordHash);
    const [[renewed]] = wasOutdated ? await grant.commit([credentialOf(grant, email)]) : [[]];
    if (renewed !== undefined && (await isPasswordOf(renewed, password)) && (await opened(grant, renewed, password)))
      return { ok: true, isHalf: renewed.hasAuthenticator } as const;
  }
  if (!(await isPasswordOf(waiting, password)) || waiting === undefined) {
    noteFailedAttempt(grant, {
      person: sql`select id from ${user} where ${user.email} = ${email}`,
      method: "password",
    });
    return { ok: false, reason: "no-match" } as const;
  }
  return { ok: true, signUp: waiting.id, email } as const;
}

type Credential = { userId: string; passwordHash: string | null };

/** Opens a session, if the password is still the one that was compared. */
async function opened(grant: Public, { userId, passwordHash }: Credential, password: string): Promise<boolean> {
  const holds = sql`exists (select 1 from ${account} where ${credentialIn(userId)} and ${account.password} = ${passwordHash})`;
  if (!(await grant.signIns().proven(userId, { method: "password", factors: 1, holds }))) return false;
  if (passwordHash !== null && isOutdated(passwordHash)) renewHash(grant, { userId, passwordHash, password });
  return true;
}

/** After the answer: a hash of an older version is made anew, since only now the password is at hand. */
function renewHash(grant: Public, known: { userId: string; passwordHash: string; password: string }) {
  const { userId, passwordHash, password } = known;
  grant.after(async (db) => {
    const isSame = and(credentialIn(userId), eq(account.password, passwordHash));
    await db
      .update(account)
      .set({ password: await hashPassword(password) })
      .where(isSame);
  });
}

function credentialOf({ db }: Public, email: string) {
  return db
    .select({
      userId: user.id,
      passwordHash: account.password,
      hasAuthenticator:
        sql<boolean>`exists (select 1 from ${authenticator} where ${authenticator.userId} = ${user.id})`.mapWith(
          Boolean,
        ),
    })
    .from(user)
    .innerJoin(account, and(eq(account.userId, user.id), eq(account.providerId, "credential")))
    .where(and(eq(user.email, email), eq(user.emailVerified, true)));
}

/** Well-formed, and the hash of no password anybody knows. */
const UNMATCHABLE_HASH = `$scrypt$ln=14,r=8,p=5$${"A".repeat(22)}$${"A".repeat(86)}`;

/** Spends one hash, also where there is nothing to compare with. */
export function isPasswordOf(kept: { passwordHash: string | null } | undefined, password: string): Promise<boolean> {
  return verifyPassword({ password, hash: kept?.passwordHash ?? UNMATCHABLE_HASH });
}

/** Whether this person has a password. */
export function hasPassword({ db, userId }: Scope<"self">): Plan<boolean> {
  const found = db
    .select({ id: account.id })
    .from(account)
    .where(and(credentialIn(userId), isNotNull(account.password)));
  return plan({ found }, (rows) => rows.found.length > 0);
}

/** Sets a password, over the current one where there is one, and ends the person's other sessions. */
export async function changePassword(grant: Fresh<Grant<"self">>, { currentPassword, password }: ChangePassword) {
  const { db, userId, viewer } = grant;
  const weakness = await weaknessOf(password, viewer);
  if (weakness !== null) return { ok: false, reason: weakness } as const;
  const isOwn = credentialIn(userId);
  const [[credential]] = await grant.commit([db.select({ passwordHash: account.password }).from(account).where(isOwn)]);
  if (credential?.passwordHash && !(await isPasswordOf(credential, currentPassword))) {
    return { ok: false, reason: "wrong-password" } as const;
  }
  const hash = await hashPassword(password);
  const before = credential?.passwordHash ?? null;
  const change = audited(grant, {
    action: "password.changed",
    // Not over one that was set in the meantime.
    from: sql`where ${grant.stillMay} and (select ${account.password} from ${account} where ${isOwn}) is ${before}`,
  });
  const proof = withNewToken(grant, { when: change.isWritten });
  const [, , , , , , , [done], proved] = await grant.commit([
    change.entry,
    ...setPassword(grant, { userId, hash, when: change.isWritten }),
    db
      .delete(session)
      .where(and(eq(session.userId, userId), ne(session.token, grant.viewer.sessionToken), change.isWritten)),
    db.delete(verification).where(and(eq(verification.value, userId), change.isWritten)),
    db.delete(emailChange).where(and(isOpenOf(userId), change.isWritten)),
    securityMail(grant, "password-changed", change.isWritten),
    db.all<{ isWritten: number }>(sql`select ${change.isWritten} as isWritten`),
    proof.statement,
  ]);
  await proof.keep(proved);
  grant.sendMail();
  return done?.isWritten ? ({ ok: true } as const) : ({ ok: false, reason: "wrong-password" } as const);
}

/** For a batch: sets the password where there is one, else makes it. */
function setPassword(
  { db, now, newId }: Pick<Public, "db" | "now" | "newId">,
  { userId, hash, when }: { userId: string; hash: string; when: SQL },
) {
  const isOwn = credentialIn(userId);
  return [
    db.update(account).set({ password: hash, updatedAt: now }).where(and(isOwn, when)),
    db.run(sql`
      insert into ${account} (id, user_id, provider_id, account_id, password)
      select ${newId()}, ${userId}, 'credential', ${userId}, ${hash}
      where ${when} and not exists (select 1 from ${account} where ${isOwn})`),
  ] as const;
}

function credentialIn(userId: string | SQL) {
  return and(eq(account.userId, userId), eq(account.providerId, "credential"));
}

/** Writes link and mail in one batch. Statements, time and answer are the same for a known and an unknown address. */
export async function requestPasswordReset(grant: Public, email: string) {
  const { db, now, appUrl, locale } = grant;
  const token = newToken();
  const identifier = resetIdentifier(token);
  const expiresAt = now.getTime() + RESET_LINK_MINUTES * 60_000;
  await grant.commit([
    db.run(sql`
      insert into ${verification} (id, identifier, value, expires_at)
      select ${grant.newId()}, ${identifier}, ${user.id}, ${expiresAt} from ${user} where ${user.email} = ${email}`),
    mailStatement(db, {
      id: grant.newId(),
      recipient: email,
      locale,
      template: "reset-password",
      data: { url: `${appUrl}/reset-password?token=${token}`, minutes: RESET_LINK_MINUTES },
      when: sql`changes() = 1`,
      asked: knownTo(email, grant.deviceHash),
    }),
  ]);
  grant.sendMail();
  return { ok: true } as const;
}

/** Whose password a reset link sets; null when it no longer works. Reading it uses nothing up. */
export function emailOfReset(scope: Scope<"public">, token: string): Plan<string | null> {
  return plan({ open: openReset(scope, token) }, ({ open: [link] }) => link?.email ?? null);
}

/** Sets the password and ends every session of the person; a link works once, also when followed twice at once. */
export async function resetPassword(grant: Public, { token, password }: { token: string; password: string }) {
  const { db, now, ipAddress } = grant;
  const open = openReset(grant, token);
  // Nobody without a link makes the server work for a hash.
  const [link] = await open;
  if (link === undefined) return { ok: false, reason: "link-closed" } as const;
  const { userId } = link;
  const weakness = await weaknessOf(password, link);
  if (weakness !== null) return { ok: false, reason: weakness } as const;
  const hash = await hashPassword(password);
  const change = audited(
    { db, userId, ipAddress, now, newId: grant.newId },
    { action: "password.changed", organizationId: null, from: sql`where exists ${open}` },
  );
  const [, , , , , , closed] = await grant.commit([
    change.entry,
    ...setPassword(grant, { userId, hash, when: change.isWritten }),
    db.delete(session).where(and(eq(session.userId, userId), change.isWritten)),
    db.delete(emailChange).where(and(isOpenOf(userId), change.isWritten)),
    securityMail({ ...grant, userId }, "password-changed", change.isWritten),
    // Older links of the same person would set the password once more.
    db
      .delete(verification)
      .where(and(eq(verification.value, userId), change.isWritten))
      .returning({ id: verification.id }),
  ]);
  grant.sendMail();
  return closed.length > 0 ? ({ ok: true } as const) : ({ ok: false, reason: "link-closed" } as const);
}

function openReset({ db, now }: Pick<Public, "db" | "now">, token: string) {
  return db
    .select({ userId: user.id, email: user.email, name: user.name })
    .from(verification)
    .innerJoin(user, eq(user.id, verification.value))
    .where(and(eq(verification.identifier, resetIdentifier(token)), gt(verification.expiresAt, now)));
}

/** What the database keeps of a reset link: of all rows there, those that set a password. */
function resetIdentifier(token: string): string {
  return digest(`reset-password:${token}`);
}

/** Ends the session of the browser that asks. Signing out when already signed out is no fault. */
export async function endSession(grant: Public) {
  const { db, viewer, ipAddress, now, newId } = grant;
  if (viewer !== null) {
    const { userId, sessionToken } = viewer;
    await grant.commit([
      db.delete(session).where(eq(session.token, sessionToken)),
      audited({ db, userId, ipAddress, now, newId }, { action: "session.ended", organizationId: null }).entry,
    ]);
  }
  grant.signIns().forget();
  return { ok: true } as const;
}
