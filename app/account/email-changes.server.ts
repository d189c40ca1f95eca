import { and, eq, gt, isNotNull, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { isReserved } from "#app/auth/reserved-addresses.server.ts";
import { forgetKnownDevicesOf } from "#app/auth/sessions/known-devices.server.ts";
import { withNewToken } from "#app/auth/sessions/proofs.server.ts";
import { change } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { authenticator, backupCode, passkey, rememberedDevice } from "#app/db/schema/factors.ts";
import { account, emailChange, session, signInCode, user, verification } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { HOUR_MS, MINUTE_MS } from "#app/durations.server.ts";
import type { Fresh, Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { digest, newToken } from "#app/tokens.server.ts";
import { EMAIL_LINK_MINUTES, EMAIL_UNDO_HOURS } from "./limits.ts";

type Public = Grant<"public">;

/** The response and its time are the same for an address that already has an account; only the mail differs. */
export async function requestEmailChange(grant: Fresh<Grant<"self">>, { email }: { email: string }) {
  const { userId, now, appUrl } = grant;
  const token = newToken();
  const isTaken = sql`exists (select 1 from ${user} where ${user.email} = ${email})`;
  const mailed = { recipient: email, about: userId };
  await change(grant, {
    unlogged: "The address does not change until it is confirmed.",
    from: user,
    where: ne(user.email, email),
    first: (may) => ({ former: may.remove(emailChange, isNull(emailChange.changedAt)) }),
    makes: (entry) => ({
      wish: entry.insert(emailChange, {
        id: grant.newId(),
        oldEmail: sql`(select ${user.email} from ${user} where ${grant.rows(user)})`,
        newEmail: email,
        tokenHash: digest(token),
        expiresAt: new Date(now.getTime() + EMAIL_LINK_MINUTES * MINUTE_MS),
        createdAt: now,
      }),
      link: entry.mail({
        ...mailed,
        template: "confirm-email",
        data: { url: `${appUrl}/confirm-email?token=${token}`, minutes: EMAIL_LINK_MINUTES },
        also: sql`not ${isTaken}`,
      }),
      warning: entry.mail({
        ...mailed,
        template: "email-attempt",
        data: { signInUrl: `${appUrl}/login` },
        also: isTaken,
      }),
    }),
  });
  return { ok: true } as const;
}

export async function cancelEmailChange(grant: Grant<"self">) {
  await change(grant, {
    unlogged: "The address stays the same.",
    makes: (entry) => ({ wish: entry.remove(emailChange, isNull(emailChange.changedAt)) }),
  });
  return { ok: true } as const;
}

export function isWaiting(now: Date) {
  return and(isNull(emailChange.changedAt), gt(emailChange.expiresAt, now));
}

/** `isDone`: the link has already given the account this address. */
export type WaitingEmail = { email: string; isOwn: boolean; isDone: boolean };

/** The address that the link gives to its account; null if the link no longer works. Reading it does not use up the link. */
export function waitingEmail({ unsafe, now, userId }: Scope<"public">, token: string): Plan<WaitingEmail | null> {
  const found = unsafe("Anyone who has the link can open it, so it is found by its token.")
    .select({
      email: emailChange.newEmail,
      isOwn: isTrue(sql`${emailChange.userId} is ${userId}`),
      isDone: isTrue(sql`${emailChange.changedAt} is not null`),
    })
    .from(emailChange)
    .where(and(eq(emailChange.tokenHash, digest(token)), or(isWaiting(now), isDoneBy(userId))));
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

/** Whether the change gave its person the address that they still have. */
function isDoneBy(userId: SQL<string>) {
  return and(
    isNotNull(emailChange.changedAt),
    eq(emailChange.userId, userId),
    sql`exists (select 1 from ${user} where ${user.id} = ${emailChange.userId} and ${user.email} = ${emailChange.newEmail})`,
  );
}

/** The link proves only the address. Only its requester may use it, or a stranger's account would get the visitor's address. */
export async function confirmEmailChange(grant: Public, { token }: { token: string }) {
  const { viewer, now, appUrl } = grant;
  if (viewer === null) return { ok: false, reason: "signed-out" } as const;
  const { userId: person } = viewer;
  const undoToken = newToken();
  const isThis = eq(emailChange.tokenHash, digest(token));
  const of = (column: AnySQLiteColumn) => sql`(select ${column} from ${emailChange} where ${isThis})`;
  const renewal = withNewToken({ ...grant, viewer });
  const { isMade, made } = await change(grant, {
    action: "email.changed",
    before: sql`json_object('email', ${emailChange.oldEmail})`,
    after: sql`json_object('email', ${emailChange.newEmail})`,
    from: emailChange,
    where: [
      isThis,
      isWaiting(now),
      eq(emailChange.userId, person),
      sql`exists (select 1 from ${user} where ${user.id} = ${person} and ${user.email} = ${emailChange.oldEmail})`,
      sql`not exists (select 1 from user as other where other.email = ${emailChange.newEmail})`,
      sql`not ${isReserved(sql`${emailChange.newEmail}`, now, sql`${emailChange.userId}`)}`,
    ],
    makes: (entry) => {
      const { db, when } = entry.unsafe("The person's links and codes are deleted by the person's id.");
      return {
        // Written before the address changes, so that the mail is in the language of the person who had it.
        told: entry.mail({
          recipient: of(emailChange.oldEmail),
          about: person,
          template: "email-changed",
          data: {
            email: of(emailChange.newEmail),
            undoUrl: `${appUrl}/undo-email?token=${undoToken}`,
            hours: EMAIL_UNDO_HOURS,
          },
        }),
        person: entry.update(user, { email: of(emailChange.newEmail), updatedAt: now }),
        undo: entry.update(
          emailChange,
          {
            changedAt: now,
            undoTokenHash: digest(undoToken),
            undoUntil: new Date(now.getTime() + EMAIL_UNDO_HOURS * HOUR_MS),
          },
          isThis,
        ),
        links: db.delete(verification).where(and(eq(verification.value, person), when)),
        codes: db.delete(signInCode).where(and(eq(signInCode.userId, person), when)),
        session: renewal.on(entry),
      };
    },
  });
  if (!isMade) return { ok: false, reason: "link-closed" } as const;
  grant.after((db) => makeSearchTexts(db));
  await renewal.keep(made.session);
  grant.signIns().renew(person);
  return { ok: true } as const;
}

export function undoneEmail(
  { unsafe, now }: Scope<"public">,
  token: string,
): Plan<{ from: string; to: string } | null> {
  const found = unsafe("Anyone who has the link can open it, so it is found by its token.")
    .select({ from: emailChange.newEmail, to: emailChange.oldEmail })
    .from(emailChange)
    .where(and(eq(emailChange.undoTokenHash, digest(token)), gt(emailChange.undoUntil, now)));
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

/** Treats the undone change as a theft: ends every session, and removes the password, newer factors and ways to sign in. */
export async function undoEmailChange(grant: Public, { token }: { token: string }) {
  const { now } = grant;
  const isThis = eq(emailChange.undoTokenHash, digest(token));
  const of = (value: AnySQLiteColumn | SQL) => sql<string>`(select ${value} from ${emailChange} where ${isThis})`;
  const person = of(emailChange.userId);
  // Starts `EMAIL_UNDO_HOURS` before the request, because a thief may first add another way to sign in.
  const since = of(sql`${emailChange.createdAt} - ${EMAIL_UNDO_HOURS * HOUR_MS}`);
  const { isMade, made } = await change(grant, {
    action: "email.change-undone",
    by: person,
    before: { email: sql`(select ${user.email} from ${user} where ${user.id} = ${person})` },
    after: { email: of(emailChange.oldEmail) },
    where: sql`exists (
      select 1 from ${emailChange} where ${isThis} and ${emailChange.undoUntil} > ${now.getTime()} and not exists (
        select 1 from user as other where other.email = ${emailChange.oldEmail} and other.id <> ${emailChange.userId}))`,
    makes: (entry) => {
      const { db, when } = entry.unsafe("Anyone who has the link can use it, and it identifies the account.");
      const own = (owner: AnySQLiteColumn) => sql`${owner} = ${person} and ${when}`;
      const added = (owner: AnySQLiteColumn, at: AnySQLiteColumn) => sql`${own(owner)} and ${at} >= ${since}`;
      return {
        person: db
          .update(user)
          .set({ email: of(emailChange.oldEmail), updatedAt: now })
          .where(own(user.id))
          .returning({ email: user.email }),
        sessions: db.delete(session).where(own(session.userId)),
        remembered: db.delete(rememberedDevice).where(own(rememberedDevice.userId)),
        known: forgetKnownDevicesOf(person, entry, grant),
        linked: db
          .delete(account)
          .where(and(ne(account.providerId, "credential"), added(account.userId, account.createdAt))),
        password: db.update(account).set({ password: null, updatedAt: now }).where(own(account.userId)),
        passkeys: db.delete(passkey).where(added(passkey.userId, passkey.createdAt)),
        authenticator: db.delete(authenticator).where(added(authenticator.userId, authenticator.createdAt)),
        // A code has no date, so the log says whether a thief can have seen it. Those of a removed app go with it.
        backupCodes: db.delete(backupCode).where(sql`${own(backupCode.userId)} and (
          not exists (select 1 from ${authenticator} where ${authenticator.userId} = ${person})
          or exists (select 1 from ${auditEntry} where ${auditEntry.actorId} = ${person}
            and ${auditEntry.action} = 'backup-codes.renewed' and ${auditEntry.createdAt} >= ${since}))`),
        links: db.delete(verification).where(own(verification.value)),
        codes: db.delete(signInCode).where(own(signInCode.userId)),
        // Last, since the statements above find the person through this row. Earlier changes can still be undone.
        changes: db.delete(emailChange).where(
          sql`${own(emailChange.userId)} and ${emailChange.createdAt} >= (
            select undone.created_at from email_change as undone where undone.undo_token_hash = ${digest(token)})`,
        ),
      };
    },
  });
  const [undone] = made.person;
  if (!isMade || undone === undefined) return { ok: false, reason: "link-closed" } as const;
  grant.after((db) => makeSearchTexts(db));
  grant.signIns().forget();
  return { ok: true, email: undone.email } as const;
}
