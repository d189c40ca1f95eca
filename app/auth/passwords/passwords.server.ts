import { and, eq, gt, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { account, emailChange, session, signInCode, user, verification } from "#app/db/schema/people.ts";
import { MINUTE_MS } from "#app/durations.server.ts";
import type { Fresh, Grant, Scope } from "#app/operation/grant.server.ts";
import { knownTo } from "#app/operation/limits.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { digest, newToken } from "#app/tokens.server.ts";
import { endCodesOf } from "../codes/sign-in-codes.server.ts";
import { evenRow } from "../even-row.server.ts";
import { forgetDevices, forgetDevicesOf } from "../factors/remembered-devices.server.ts";
import { noteFailedAttempt } from "../failed-attempts.server.ts";
import { RESET_LINK_MINUTES } from "../limits.ts";
import { isOpenOf } from "../reserved-addresses.server.ts";
import type { ChangePassword, SignIn } from "../schemas.ts";
import { securityMail } from "../security-mail.server.ts";
import { forgetKnownDevices, forgetKnownDevicesOf } from "../sessions/known-devices.server.ts";
import { withNewToken } from "../sessions/proofs.server.ts";
import { newestOpenSignUp } from "../sign-ups/sign-ups.server.ts";
import { hashPassword, isOutdated, UNMATCHABLE_HASH, verifyPassword } from "./password-hash.server.ts";
import { weaknessOf } from "./password-rules.server.ts";

type Public = Grant<"public">;

/** Every failure takes the same round trips and two hashes, so its time does not reveal whether the address is known. */
export async function signIn(grant: Public, { email, password }: SignIn) {
  const { accounts, signUps } = await grant.read({
    accounts: credentialOf(grant, email),
    signUps: newestOpenSignUp(grant, email),
  });
  const [known] = accounts;
  const [waiting] = signUps;
  if ((await isPasswordOf(known, password)) && known !== undefined) {
    if (await openSession(grant, known, password)) return { ok: true, isHalf: known.isHalf } as const;
    // Another sign-in at the same moment may have renewed the hash.
    const wasOutdated = known.passwordHash !== null && isOutdated(known.passwordHash);
    const { again } = wasOutdated ? await grant.read({ again: credentialOf(grant, email) }) : { again: [] };
    const [renewed] = again;
    if (
      renewed !== undefined &&
      (await isPasswordOf(renewed, password)) &&
      (await openSession(grant, renewed, password))
    )
      return { ok: true, isHalf: renewed.isHalf } as const;
  }
  // Noted even if it is the password of a sign-up: a stranger can make one, and it does not open the address's account.
  noteFailedAttempt(grant, {
    person: sql`select id from ${user} where ${user.email} = ${email}`,
    method: "password",
  });
  const isWaitings = await isPasswordOf(waiting, password);
  if (!isWaitings || waiting === undefined) return { ok: false, reason: "no-match" } as const;
  return { ok: true, signUp: waiting.id, email } as const;
}

type Credential = { userId: string; passwordHash: string | null };

/** Opens a session if the stored hash is still the one that was compared. Returns whether it did. */
async function openSession(grant: Public, { userId, passwordHash }: Credential, password: string): Promise<boolean> {
  const holds = sql`exists (select 1 from ${account} where ${isCredentialOf(userId)} and ${account.password} = ${passwordHash})`;
  if (!(await grant.signIns().open(userId, { method: "password", factors: 1, holds }))) return false;
  if (passwordHash !== null && isOutdated(passwordHash)) renewHash(grant, { userId, passwordHash, password });
  return true;
}

/** Replaces an outdated hash after the response is sent. Only a sign-in has the password that this needs. */
function renewHash(grant: Public, known: { userId: string; passwordHash: string; password: string }) {
  const { userId, passwordHash, password } = known;
  grant.after(async (db) => {
    const isSame = and(isCredentialOf(userId), eq(account.password, passwordHash));
    await db
      .update(account)
      .set({ password: await hashPassword(password) })
      .where(isSame);
  });
}

function credentialOf({ unsafe, signIns }: Public, email: string) {
  return unsafe("The person is not signed in, so the account is found by its email address.")
    .select({
      userId: user.id,
      passwordHash: account.password,
      isHalf: isTrue(sql`(exists (select 1 from ${authenticator} where ${authenticator.userId} = ${user.id})
          and not ${signIns().isRemembered(user.id)})`),
    })
    .from(user)
    .innerJoin(account, and(eq(account.userId, user.id), eq(account.providerId, "credential")))
    .where(and(eq(user.email, email), eq(user.emailVerified, true)));
}

/** Computes one hash even if there is nothing to compare with. */
export function isPasswordOf(kept: { passwordHash: string | null } | undefined, password: string): Promise<boolean> {
  return verifyPassword({ password, hash: kept?.passwordHash ?? UNMATCHABLE_HASH });
}

export function hasPassword(scope: Scope<"self">): Plan<boolean> {
  const found = scope
    .select({ id: account.id })
    .from(account)
    .where(and(isCredential, isNotNull(account.password)));
  return plan({ found }, (rows) => rows.found.length > 0);
}

export async function changePassword(grant: Fresh<Grant<"self">>, { currentPassword, password }: ChangePassword) {
  const { userId, viewer } = grant;
  const weakness = await weaknessOf(password, viewer);
  if (weakness !== null) return { ok: false, reason: weakness } as const;
  const { kept } = await grant.read({
    kept: grant.select({ passwordHash: account.password }).from(account).where(isCredential),
  });
  const [credential] = kept;
  if (credential?.passwordHash && currentPassword === "") return { ok: false, reason: "password-missing" } as const;
  if (credential?.passwordHash && !(await isPasswordOf(credential, currentPassword))) {
    return { ok: false, reason: "wrong-password" } as const;
  }
  const hash = await hashPassword(password);
  const before = credential?.passwordHash ?? null;
  const renewed = withNewToken(grant);
  const { isMade, made } = await change(grant, {
    action: "password.changed",
    where: sql`(select ${account.password} from ${account} where ${grant.rows(account, isCredential)}) is ${before}`,
    makes: (entry) => ({
      ...setPassword(entry, grant, { userId, hash }),
      sessions: entry.remove(session, ne(session.token, viewer.sessionToken)),
      remembered: forgetDevices(entry),
      known: forgetKnownDevices(entry, grant),
      links: entry.removeAll(verification),
      codes: entry.removeAll(signInCode),
      wish: entry.remove(emailChange, isNull(emailChange.changedAt)),
      mail: entry.mail(securityMail(grant, "password-changed")),
      session: renewed.on(entry),
    }),
  });
  await renewed.keep(made.session);
  return isMade ? ({ ok: true } as const) : ({ ok: false, reason: "wrong-password" } as const);
}

function setPassword(
  entry: Pick<Writer, "unsafe">,
  { now, newId }: Pick<Public, "now" | "newId">,
  { userId, hash }: { userId: string; hash: string },
) {
  const { db, when } = entry.unsafe("A session or a reset link identifies the person whose password this sets.");
  const isOwn = isCredentialOf(userId);
  return {
    password: db.update(account).set({ password: hash, updatedAt: now }).where(and(isOwn, when)),
    firstPassword: db.run(sql`
      insert into ${account} (id, user_id, provider_id, account_id, password)
      select ${newId()}, ${userId}, 'credential', ${userId}, ${hash}
      where ${when} and not exists (select 1 from ${account} where ${isOwn})`),
  };
}

const isCredential = eq(account.providerId, "credential");

function isCredentialOf(userId: string) {
  return and(eq(account.userId, userId), isCredential);
}

/** Writes the link and the mail in one batch. Statements, time and response are the same for known and unknown addresses. */
export async function requestPasswordReset(grant: Public, { email }: { email: string }) {
  const { now, appUrl } = grant;
  const token = newToken();
  const expiresAt = now.getTime() + RESET_LINK_MINUTES * MINUTE_MS;
  await change(grant, {
    unlogged: "A requested link changes nothing until it is used.",
    makes: (entry) => ({
      link: entry.unsafe("The person is not signed in, so the account is found by its email address.").db.run(sql`
        insert into ${verification} (id, identifier, value, expires_at)
        select ${grant.newId()}, ${resetIdentifier(token)}, ${user.id}, ${expiresAt}
        from ${user} where ${user.email} = ${email}`),
      mail: entry.mail({
        recipient: email,
        template: "reset-password",
        data: { url: `${appUrl}/reset-password?token=${token}`, minutes: RESET_LINK_MINUTES },
        also: sql`changes() = 1`,
        asked: knownTo(email, grant.deviceHash),
      }),
      even: evenRow(entry, grant),
    }),
  });
  return { ok: true } as const;
}

export function emailOfReset(scope: Scope<"public">, { token }: { token: string }): Plan<{ email: string | null }> {
  return plan({ open: openReset(scope, token) }, ({ open: [link] }) => ({ email: link?.email ?? null }));
}

export async function resetPassword(grant: Public, { token, password }: { token: string; password: string }) {
  const open = openReset(grant, token);
  // Only someone with an open link can make the server compute a hash.
  const { links } = await grant.read({ links: open });
  const [link] = links;
  if (link === undefined) return { ok: false, reason: "link-closed" } as const;
  const { userId } = link;
  const weakness = await weaknessOf(password, link);
  if (weakness !== null) return { ok: false, reason: weakness } as const;
  const hash = await hashPassword(password);
  const { isMade } = await change(grant, {
    action: "password.changed",
    by: userId,
    where: sql`exists ${open}`,
    makes: (entry) => {
      const { db, when } = entry.unsafe("A reset link identifies the person whose password it sets.");
      return {
        ...setPassword(entry, grant, { userId, hash }),
        sessions: db.delete(session).where(and(eq(session.userId, userId), when)),
        remembered: forgetDevicesOf(userId, entry),
        known: forgetKnownDevicesOf(userId, entry, grant),
        wish: db.delete(emailChange).where(and(isOpenOf(userId), when)),
        mail: entry.mail(securityMail({ ...grant, userId }, "password-changed")),
        // Older links of the same person could set the password again.
        links: db.delete(verification).where(and(eq(verification.value, userId), when)),
        codes: endCodesOf(userId, entry),
      };
    },
  });
  return isMade ? ({ ok: true } as const) : ({ ok: false, reason: "link-closed" } as const);
}

function openReset({ unsafe, now }: Pick<Scope<"public">, "unsafe" | "now">, token: string) {
  return unsafe("A reset link identifies the person whose password it sets.")
    .select({ userId: user.id, email: user.email, name: user.name })
    .from(verification)
    .innerJoin(user, eq(user.id, verification.value))
    .where(and(eq(verification.identifier, resetIdentifier(token)), gt(verification.expiresAt, now)));
}

function resetIdentifier(token: string): string {
  return digest(`reset-password:${token}`);
}
