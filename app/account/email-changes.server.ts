import { and, eq, gt, isNull, ne, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { audited } from "#app/audit/entries.server.ts";
import { isHeld, isOpenOf } from "#app/auth/held-addresses.server.ts";
import { withNewToken } from "#app/auth/proofs.server.ts";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { account, emailChange, session, user, verification } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import type { Fresh, Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { digest, newToken } from "#app/request/tokens.server.ts";
import { EMAIL_LINK_MINUTES, EMAIL_UNDO_HOURS } from "./limits.ts";

type Public = Grant<"public">;

/**
 * Keeps the wish for another address until that address has confirmed it. What is answered, and when, is the same for an
 * address that has an account of its own; only the mail differs.
 */
export async function requestEmailChange(grant: Fresh<Grant<"self">>, email: string) {
  const { db, userId, now, locale, appUrl } = grant;
  const id = grant.newId();
  const token = newToken();
  const isTaken = sql`exists (select 1 from ${user} where ${user.email} = ${email})`;
  const isAsked = sql`exists (select 1 from ${emailChange} where ${emailChange.id} = ${id})`;
  await grant.commit([
    db.delete(emailChange).where(and(eq(emailChange.userId, userId), isNull(emailChange.changedAt), grant.stillMay)),
    db.run(sql`
      insert into ${emailChange} (id, user_id, old_email, new_email, token_hash, expires_at, created_at)
      select ${id}, ${user.id}, ${user.email}, ${email}, ${digest(token)}, ${now.getTime() + EMAIL_LINK_MINUTES * 60_000}, ${now.getTime()}
      from ${user} where ${user.id} = ${userId} and ${user.email} <> ${email} and ${grant.stillMay}`),
    mailStatement(db, {
      id: grant.newId(),
      recipient: email,
      about: userId,
      locale,
      template: "confirm-email",
      data: { url: `${appUrl}/confirm-email?token=${token}`, minutes: EMAIL_LINK_MINUTES },
      when: sql`${isAsked} and not ${isTaken}`,
    }),
    mailStatement(db, {
      id: grant.newId(),
      recipient: email,
      about: userId,
      locale,
      template: "email-attempt",
      data: { signInUrl: `${appUrl}/login` },
      when: sql`${isAsked} and ${isTaken}`,
    }),
  ]);
  grant.sendMail();
  return { ok: true } as const;
}

/** Takes the wish back; the link that was sent no longer works. */
export async function cancelEmailChange({ db, userId, stillMay, commit }: Grant<"self">) {
  await commit([db.delete(emailChange).where(and(isOpenOf(userId), stillMay))]);
  return { ok: true } as const;
}

/** Asked for, not confirmed, and not too old to be. */
export function isWaiting(now: Date) {
  return and(isNull(emailChange.changedAt), gt(emailChange.expiresAt, now));
}

/** What a link would do. `isOwn`: whoever asks is signed in as the person whose wish it was. */
export type WaitingEmail = { email: string; isOwn: boolean };

/** The address that a link would give to its account; null when it no longer works. Reading it uses nothing up. */
export function waitingEmail({ db, now, userId }: Scope<"public">, token: string): Plan<WaitingEmail | null> {
  const found = db
    .select({
      email: emailChange.newEmail,
      isOwn: sql<boolean>`${emailChange.userId} is ${userId}`.mapWith(Boolean),
    })
    .from(emailChange)
    .where(and(eq(emailChange.tokenHash, digest(token)), isWaiting(now)));
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

/**
 * Gives the account the address whose link was followed, and tells the old one, which may take it back. The link proves the
 * address and nothing else: only the person whose account it is can follow it, or a stranger's account would get the address
 * of whoever presses a button in a mail.
 */
export async function confirmEmailChange(grant: Public, token: string) {
  const { db, viewer, now, locale, appUrl, ipAddress } = grant;
  if (viewer === null) return { ok: false, reason: "link-closed" } as const;
  const person = viewer.userId;
  const undoToken = newToken();
  const isThis = and(eq(emailChange.tokenHash, digest(token)), eq(emailChange.userId, person));
  const change = audited(
    { db, userId: person, ipAddress, now, newId: grant.newId },
    {
      action: "email.changed",
      before: sql`json_object('email', ${emailChange.oldEmail})`,
      after: sql`json_object('email', ${emailChange.newEmail})`,
      from: sql`from ${emailChange} join ${user} on ${user.id} = ${emailChange.userId} and ${user.email} = ${emailChange.oldEmail}
        where ${isThis} and ${isWaiting(now)} and ${grant.userId} = ${person}
          and not exists (select 1 from user as other where other.email = ${emailChange.newEmail})
          and not ${isHeld(sql`${emailChange.newEmail}`, now, sql`${emailChange.userId}`)}`,
    },
  );
  const renewal = withNewToken({ ...grant, viewer });
  const [, changed, , , , renewed] = await grant.commit([
    change.entry,
    db
      .update(user)
      .set({ email: sql`(select ${emailChange.newEmail} from ${emailChange} where ${isThis})`, updatedAt: now })
      .where(and(eq(user.id, person), change.isWritten))
      .returning({ id: user.id }),
    db
      .update(emailChange)
      .set({
        changedAt: now,
        undoTokenHash: digest(undoToken),
        undoUntil: new Date(now.getTime() + EMAIL_UNDO_HOURS * 3_600_000),
      })
      .where(and(isThis, change.isWritten)),
    // Links to the old address that would set a password.
    db.delete(verification).where(and(eq(verification.value, person), change.isWritten)),
    mailStatement(db, {
      id: grant.newId(),
      recipient: sql`(select ${emailChange.oldEmail} from ${emailChange} where ${isThis})`,
      about: person,
      locale: sql`coalesce((select ${user.locale} from ${user} where ${user.id} = ${person}), ${locale})`,
      template: "email-changed",
      data: {
        email: sql`(select ${emailChange.newEmail} from ${emailChange} where ${isThis})`,
        undoUrl: `${appUrl}/undo-email?token=${undoToken}`,
        hours: EMAIL_UNDO_HOURS,
      },
      when: change.isWritten,
    }),
    renewal.on({ unsafe: () => ({ db, when: change.isWritten }) }),
  ]);
  grant.sendMail();
  grant.after((uncounted) => makeSearchTexts(uncounted));
  await renewal.keep(renewed);
  grant.signIns().renew();
  return changed.length > 0 ? ({ ok: true } as const) : ({ ok: false, reason: "link-closed" } as const);
}

/** The addresses that a link of the old one would take back and bring; null when it no longer works. */
export function undoneEmail({ db, now }: Scope<"public">, token: string): Plan<{ from: string; to: string } | null> {
  const found = db
    .select({ from: emailChange.newEmail, to: emailChange.oldEmail })
    .from(emailChange)
    .where(and(eq(emailChange.undoTokenHash, digest(token)), gt(emailChange.undoUntil, now)));
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

/**
 * Gives the account its old address back. Whoever changed it is taken for a thief: every session ends, the password goes,
 * and so does whatever was added to sign in with since, or in the days before.
 */
export async function undoEmailChange(grant: Public, token: string) {
  const { db, now, ipAddress } = grant;
  const isThis = eq(emailChange.undoTokenHash, digest(token));
  const person = sql<string>`(select ${emailChange.userId} from ${emailChange} where ${isThis})`;
  // Whoever prepares a theft adds a way back in first.
  const since = sql<number>`(select ${emailChange.createdAt} - ${EMAIL_UNDO_HOURS * 3_600_000} from ${emailChange} where ${isThis})`;
  const change = audited(
    { db, userId: person, ipAddress, now, newId: grant.newId },
    {
      action: "email.change-undone",
      before: sql`json_object('email', ${user.email})`,
      after: sql`json_object('email', ${emailChange.oldEmail})`,
      from: sql`from ${emailChange} join ${user} on ${user.id} = ${emailChange.userId}
        where ${isThis} and ${emailChange.undoUntil} > ${now.getTime()}
          and not exists (select 1 from user as other where other.email = ${emailChange.oldEmail} and other.id <> ${user.id})`,
    },
  );
  const own = (owner: AnySQLiteColumn) => sql`${owner} = ${person} and ${change.isWritten}`;
  const added = (owner: AnySQLiteColumn, at: AnySQLiteColumn) => sql`${own(owner)} and ${at} >= ${since}`;
  const [, [undone]] = await grant.commit([
    change.entry,
    db
      .update(user)
      .set({ email: sql`(select ${emailChange.oldEmail} from ${emailChange} where ${isThis})`, updatedAt: now })
      .where(own(user.id))
      .returning({ email: user.email }),
    db.delete(session).where(own(session.userId)),
    db.delete(account).where(and(ne(account.providerId, "credential"), added(account.userId, account.createdAt))),
    db.update(account).set({ password: null, updatedAt: now }).where(own(account.userId)),
    db.delete(passkey).where(added(passkey.userId, passkey.createdAt)),
    db.delete(authenticator).where(added(authenticator.userId, authenticator.createdAt)),
    db.delete(verification).where(own(verification.value)),
    // Last, since all of the above finds the person through it. Rights to undo what was changed before it stay.
    db.delete(emailChange).where(
      sql`${own(emailChange.userId)} and ${emailChange.createdAt} >= (
        select undone.created_at from email_change as undone where undone.undo_token_hash = ${digest(token)})`,
    ),
  ]);
  if (undone === undefined) return { ok: false, reason: "link-closed" } as const;
  grant.after((uncounted) => makeSearchTexts(uncounted));
  grant.signIns().forget();
  return { ok: true, email: undone.email } as const;
}
