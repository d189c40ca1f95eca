import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { auditedEach } from "#app/audit/entries.server.ts";
import { auditChain, auditEntry } from "#app/db/schema/audit.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { mail, mailboxMessage } from "#app/db/schema/mail.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { signUp, user, verification } from "#app/db/schema/people.ts";
import type { Fresh, Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import type { FileStorage } from "#app/storage/storage.ts";

/** An organization that would be left without an owner. */
export type LeftBehind = { name: string; slug: string; members: number };

const isOnlyOwner = (
  userId: string | SQL,
) => sql`${member.userId} = ${userId} and ${member.role} = 'owner' and not exists (
  select 1 from member as other
  where other.organization_id = ${member.organizationId} and other.role = 'owner' and other.user_id <> ${userId})`;

/** What stands in the way of deleting the account. */
export function leftBehind({ db, userId }: Scope<"self">): Plan<LeftBehind[]> {
  const rows = db
    .select({ name: organization.name, slug: organization.slug, members: organization.memberCount })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(isOnlyOwner(userId))
    .orderBy(organization.name);
  return plan({ rows }, ({ rows }) => rows);
}

/**
 * Deletes the account of whoever types its address, unless an organization would be left without an owner. What they did in
 * organizations stays in the logs of these, under a pseudonym; the chains of the logs still hold.
 */
export async function deleteAccount(grant: Fresh<Grant<"self">>, email: string) {
  const { db, userId, storage } = grant;
  const isOwn = eq(user.id, userId);
  const isLeaving = sql`not exists (select 1 from ${member} where ${isOnlyOwner(userId)})`;
  const may = sql`exists (select 1 from ${user} where ${isOwn} and ${user.email} = ${email}) and ${grant.stillMay} and ${isLeaving}`;
  // Addresses they had before stand in what their own log says of changes; one that is somebody else's by now is not theirs.
  const names = (column: AnySQLiteColumn) => sql`(${column} = ${email} or (
    ${column} in (
      select json_extract(change.before, '$.email') from audit_entry as change
      where change.actor_id = ${userId} and change.action = 'email.changed')
    and not exists (select 1 from user as other where other.email = ${column} and other.id <> ${userId})))`;
  const ends = (ending: string) => sql`substr(${rateLimit.key}, ${-ending.length}) = ${ending}`;
  const about = db.select({ id: mail.id }).from(mail).where(eq(mail.userId, userId));
  const batch = await grant.commit([
    auditedEach(grant, {
      action: "member.left",
      organizationId: sql`${member.organizationId}`,
      target: { id: userId, name: null },
      from: sql`from ${member} where ${member.userId} = ${userId} and ${may}`,
    }),
    // The digests of what is erased stay in the chain; without their salt they tell nothing.
    db
      .update(auditEntry)
      .set({ targetName: null, targetSalt: null })
      .where(and(or(eq(auditEntry.targetId, userId), names(auditEntry.targetName)), may)),
    db
      .update(auditEntry)
      .set({ ipAddress: null, ipSalt: null })
      .where(and(eq(auditEntry.actorId, userId), may)),
    db.delete(invitation).where(and(names(invitation.email), may)),
    db.delete(signUp).where(and(names(signUp.email), may)),
    db.delete(mailboxMessage).where(and(or(names(mailboxMessage.recipient), inArray(mailboxMessage.id, about)), may)),
    db.delete(mail).where(and(names(mail.recipient), may)),
    db.delete(verification).where(and(eq(verification.value, userId), may)),
    db.delete(rateLimit).where(sql`(${ends(`:${email}`)} or ${ends(`:${userId}`)}) and ${may}`),
    db.delete(auditEntry).where(and(eq(auditEntry.actorId, userId), isNull(auditEntry.organizationId), may)),
    db.delete(auditChain).where(and(eq(auditChain.id, userId), may)),
    db
      .select({ isLeaving: sql<boolean>`${isLeaving}`.mapWith(Boolean) })
      .from(user)
      .where(isOwn),
    // Last, since all of the above asks whether it may be.
    db.delete(user).where(and(isOwn, may)).returning({ id: user.id }),
  ]);
  const [[found], gone] = [batch[11], batch[12]];
  if (gone.length === 0) {
    return { ok: false, reason: found?.isLeaving === false ? "only-owner" : "other-address" } as const;
  }
  grant.after(() => emptyStorage(storage));
  grant.signIns().forget();
  return { ok: true } as const;
}

/** What a crash leaves of it, the sweep finds. */
async function emptyStorage(storage: FileStorage) {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await storage.list("", cursor === undefined ? {} : { cursor });
    if (page.files.length > 0) await storage.delete(page.files.map(({ key }) => key));
    cursor = page.cursor;
  }
}
