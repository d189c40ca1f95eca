import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { change } from "#app/change/change.server.ts";
import { auditChain, auditEntry, isAddress } from "#app/db/schema/audit.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { mail, mailboxMessage } from "#app/db/schema/mail.ts";
import { invitation, isOwner, member, organization } from "#app/db/schema/organizations.ts";
import { signUp, user, verification } from "#app/db/schema/people.ts";
import { partings } from "#app/features.server.ts";
import type { Fresh, Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import type { FileStorage } from "#app/storage/storage.ts";

export type LeftBehind = { name: string; slug: string; members: number };

const isOnlyOwner = sql`${member.role} = 'owner' and not exists (
  select 1 from member as other where other.organization_id = ${member.organizationId}
    and ${isOwner(sql`other.role`)} and other.user_id <> ${member.userId})`;

export function leftBehind(scope: Scope<"self">): Plan<LeftBehind[]> {
  const rows = scope
    .select({ name: organization.name, slug: organization.slug, members: organization.memberCount })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(isOnlyOwner)
    .orderBy(organization.name);
  return plan({ rows }, ({ rows }) => rows);
}

/** What the person did in organizations stays in the organizations' logs under a pseudonym, and the chains stay valid. */
export async function deleteAccount(grant: Fresh<Grant<"self">>, { email }: { email: string }) {
  const { userId, storage } = grant;
  const isLeaving = sql`not exists (select 1 from ${member} where ${grant.rows(member, isOnlyOwner)})`;
  // Their former addresses are in the entries of their own log. One that someone else has by now is left alone.
  const names = (column: AnySQLiteColumn) => sql`${column} in (
    select ${email}
    union all
    select former.email from (
      select json_extract(change.before, '$.email') as email from audit_entry as change
      where change.actor_id = ${userId} and change.action = 'email.changed') as former
    where not exists (select 1 from user as other where other.email = former.email and other.id <> ${userId}))`;
  const ends = (ending: string) => sql`substr(${rateLimit.key}, ${-ending.length}) = ${ending}`;
  const { first, made } = await change(grant, {
    unlogged: "The person's log is deleted with the account, and the logs of their organizations say that they left.",
    from: user,
    where: [eq(user.email, email), isLeaving],
    first: (may) => ({ asked: may.asks({ isLeaving }) }),
    makes: (entry) => {
      const { db, when } = entry.unsafe("Rows of organizations and of other people also name the person.");
      const about = db.select({ id: mail.id }).from(mail).where(eq(mail.userId, userId));
      return {
        ...partings(entry, { ...grant, userIds: userId, organizationId: null, role: null }),
        left: entry.entryForEach({
          action: "member.left",
          organizationId: sql`${member.organizationId}`,
          target: { id: userId, name: null },
          from: member,
          where: eq(member.userId, userId),
        }),
        // The digests of erased values stay in the chain; without their salt they reveal nothing.
        targets: db
          .update(auditEntry)
          .set({ targetName: null, targetSalt: null })
          .where(and(eq(auditEntry.targetId, userId), when)),
        addressed: db
          .update(auditEntry)
          .set({ targetName: null, targetSalt: null })
          .where(and(isAddress(auditEntry.targetName), names(auditEntry.targetName), when)),
        addresses: entry.updateAll(auditEntry, { ipAddress: null, userAgent: null, ipSalt: null }),
        invitations: db.delete(invitation).where(and(names(invitation.email), when)),
        signUps: db.delete(signUp).where(and(names(signUp.email), when)),
        mailbox: db
          .delete(mailboxMessage)
          .where(and(or(names(mailboxMessage.recipient), inArray(mailboxMessage.id, about)), when)),
        mails: db.delete(mail).where(and(names(mail.recipient), when)),
        links: db.delete(verification).where(and(eq(verification.value, userId), when)),
        limits: db.delete(rateLimit).where(sql`(${ends(`:${email}`)} or ${ends(`:${userId}`)}) and ${when}`),
        log: entry.remove(auditEntry, isNull(auditEntry.organizationId)),
        chain: entry.removeAll(auditChain),
        // Last, since the statements above run only while the person's row exists.
        person: entry.remove(user).returning({ id: user.id }),
      };
    },
  });
  if (made.person.length === 0) {
    return { ok: false, reason: first.asked[0]?.isLeaving ? "other-address" : "only-owner" } as const;
  }
  grant.after(() => emptyStorage(storage));
  grant.signIns().forget();
  return { ok: true } as const;
}

async function emptyStorage(storage: FileStorage) {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await storage.list("", cursor === undefined ? {} : { cursor });
    if (page.files.length > 0) await storage.delete(page.files.map(({ key }) => key));
    cursor = page.cursor;
  }
}
