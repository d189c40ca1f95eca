import { hashPassword, verifyPassword } from "better-auth/crypto";
import { and, eq, gt, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { account, session, user, verification } from "#app/db/schema/people.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import type { Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { digest, newToken } from "#app/request/tokens.server.ts";
import { RESET_LINK_MINUTES } from "./limits.ts";
import type { SignIn } from "./schemas.ts";
import { newestOpenSignUp } from "./sign-ups.server.ts";

type Public = Grant<"public">;

/**
 * Signs in, or names the open sign-up that address and password belong to. Every failure costs the same trips and two
 * hashes, so neither its time nor its `Server-Timing` says whether the address is known.
 */
export async function signIn(grant: Public, { email, password }: SignIn) {
  const [[known], [waiting]] = await grant.commit([credentialOf(grant, email), newestOpenSignUp(grant, email)]);
  if ((await isPasswordOf(known, password)) && known !== undefined) {
    if (await grant.signIns.proven(known.userId)) return { ok: true } as const;
  }
  if (!(await isPasswordOf(waiting, password)) || waiting === undefined)
    return { ok: false, reason: "no-match" } as const;
  return { ok: true, signUp: waiting.id, email } as const;
}

function credentialOf({ db }: Public, email: string) {
  return db
    .select({ userId: user.id, passwordHash: account.password })
    .from(user)
    .innerJoin(account, and(eq(account.userId, user.id), eq(account.providerId, "credential")))
    .where(and(eq(user.email, email), eq(user.emailVerified, true)));
}

/** Well-formed, and the hash of no password anybody knows. */
const UNMATCHABLE_HASH = `${"0".repeat(32)}:${"0".repeat(128)}`;

/** Spends one hash, also where there is nothing to compare with. */
function isPasswordOf(kept: { passwordHash: string | null } | undefined, password: string): Promise<boolean> {
  return verifyPassword({ password, hash: kept?.passwordHash ?? UNMATCHABLE_HASH });
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
    }),
  ]);
  grant.sendMail();
  return { ok: true } as const;
}

/** Whether a reset link still works; reading it uses nothing up. */
export function isResetOpen(scope: Scope<"public">, token: string): Plan<boolean> {
  return plan({ open: openReset(scope, token) }, ({ open }) => open.length > 0);
}

/** Sets the password and ends every session of the person; a link works once, also when followed twice at once. */
export async function resetPassword(grant: Public, { token, password }: { token: string; password: string }) {
  const { db, now, ipAddress } = grant;
  const open = openReset(grant, token);
  // Nobody without a link makes the server work for a hash.
  const [link] = await open;
  if (link === undefined) return { ok: false, reason: "link-closed" } as const;
  const { userId } = link;
  const hash = await hashPassword(password);
  const change = audited(
    { db, userId, ipAddress, now, newId: grant.newId },
    { action: "password.changed", organizationId: null, from: sql`where exists ${open}` },
  );
  const isOwn = and(eq(account.userId, userId), eq(account.providerId, "credential"));
  const [, , , , closed] = await grant.commit([
    change.entry,
    db.update(account).set({ password: hash, updatedAt: now }).where(and(isOwn, change.isWritten)),
    db.run(sql`
      insert into ${account} (id, user_id, provider_id, account_id, password)
      select ${grant.newId()}, ${userId}, 'credential', ${userId}, ${hash}
      where ${change.isWritten} and not exists (select 1 from ${account} where ${isOwn})`),
    db.delete(session).where(and(eq(session.userId, userId), change.isWritten)),
    // Older links of the same person would set the password once more.
    db
      .delete(verification)
      .where(and(eq(verification.value, userId), change.isWritten))
      .returning({ id: verification.id }),
  ]);
  return closed.length > 0 ? ({ ok: true } as const) : ({ ok: false, reason: "link-closed" } as const);
}

function openReset({ db, now }: Pick<Public, "db" | "now">, token: string) {
  return db
    .select({ userId: verification.value })
    .from(verification)
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
  grant.signIns.forget();
  return { ok: true } as const;
}
