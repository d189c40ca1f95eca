import { and, eq, type SQL, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import { notificationStatement } from "#app/notifications/statements.server.ts";
import type { Fresh, Grant, SteppingUp } from "#app/request/grant.server.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "../limits.ts";
import { type Role, rolesRuledBy } from "../permissions.ts";
import type { MemberId } from "./schemas.ts";

type Refusal = "not-found" | "not-allowed" | "own-role" | "owners-only" | "last-owner" | "too-many-owned" | "stale";
type Changed<R extends Refusal> = { ok: true } | { ok: false; reason: R };

/**
 * Gives a member another role. Nobody changes their own, save an owner who steps down; an admin neither touches owners nor
 * makes one; an owner remains. Whoever gives or takes an owner's role has just proved who they are. All of it holds inside
 * the statement, also when two owners demote each other at once.
 */
export async function changeRole(
  grant: SteppingUp<Grant<"member:update">>,
  { member: id, role }: { member: MemberId; role: Role },
): Promise<{ ok: true; isSelf: boolean } | { ok: false; reason: Refusal }> {
  const { db, userId } = grant;
  const ruled = rolesRuledBy(grant.role);
  const isStepDown = role !== "owner" ? sql`${member.role} = 'owner'` : sql`false`;
  const change = audited(grant, {
    action: "member.role-changed",
    ...nameOfMember,
    before: sql`json_object('role', ${member.role})`,
    after: { role },
    from: sql`${memberHere(grant, id)}
      and ${member.role} <> ${role}
      and ${grant.stillMay}
      and ${member.role} in ${ruled} and ${role} in ${ruled}
      and (${member.role} <> 'owner' and ${role} <> 'owner' or ${isFresh(grant)})
      and (${member.userId} <> ${userId} or ${isStepDown})
      and (${member.role} <> 'owner' or ${anotherOwner})
      and (${role} <> 'owner' or ${mayOwnOneMore})`,
  });
  const [, , , , [found]] = await grant.commit([
    change.entry,
    db
      .update(member)
      .set({ role })
      .where(and(eq(member.id, id), change.isWritten)),
    tell(grant, { type: "role-changed", to: change.targetId, role, when: change.isWritten }),
    mailStatement(db, {
      id: grant.newId(),
      recipient: addressOf(change.targetId),
      locale: grant.locale,
      template: "role-changed",
      data: { organization: grant.organization.name, role, url: urlOf(grant) },
      when: sql`${change.isWritten} and ${change.targetId} <> ${userId}`,
    }),
    factsOf(grant, id),
  ]);
  grant.sendMail();
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (found.role === role) return { ok: true, isSelf: found.isSelf };
  if (!found.isStillAllowed) return { ok: false, reason: "not-allowed" };
  if (found.isSelf && found.role !== "owner") return { ok: false, reason: "own-role" };
  if (!ruled.includes(found.role) || !ruled.includes(role)) return { ok: false, reason: "owners-only" };
  if (grant.fresh === null && [found.role, role].includes("owner")) return { ok: false, reason: "stale" };
  return { ok: false, reason: found.role === "owner" ? "last-owner" : "too-many-owned" };
}

/**
 * Ends somebody else's membership; their images stay. Whoever removes is an owner, so one remains; whoever removes an owner has
 * just proved who they are.
 */
export async function removeMember(
  grant: SteppingUp<Grant<"member:delete">>,
  id: MemberId,
): Promise<Changed<"not-found" | "not-allowed" | "own-role" | "stale">> {
  const { db, userId } = grant;
  const change = audited(grant, {
    action: "member.removed",
    ...nameOfMember,
    before: sql`json_object('role', ${member.role})`,
    from: sql`${memberHere(grant, id)} and ${member.userId} <> ${userId} and ${grant.stillMay}
      and (${member.role} <> 'owner' or ${isFresh(grant)})`,
  });
  const [, removed, , , [found]] = await grant.commit([
    change.entry,
    db
      .delete(member)
      .where(and(eq(member.id, id), change.isWritten))
      .returning({ id: member.id }),
    tell(grant, { type: "member-removed", to: change.targetId, when: change.isWritten }),
    mailStatement(db, {
      id: grant.newId(),
      recipient: addressOf(change.targetId),
      locale: grant.locale,
      template: "member-removed",
      data: { organization: grant.organization.name },
      when: change.isWritten,
    }),
    factsOf(grant, id),
  ]);
  grant.sendMail();
  if (removed.length === 1) return { ok: true };
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (found.isSelf) return { ok: false, reason: "own-role" };
  return { ok: false, reason: grant.fresh === null && found.isStillAllowed ? "stale" : "not-allowed" };
}

/** Ends the membership of whoever asks, unless they are the only owner. An owner has just proved who they are. */
export async function leaveOrganization(
  grant: SteppingUp<Grant<"member:leave">>,
): Promise<Changed<"last-owner" | "stale">> {
  const { db, organizationId, userId } = grant;
  const own = and(eq(member.organizationId, organizationId), eq(member.userId, userId));
  const change = audited(grant, {
    action: "member.left",
    ...nameOfMember,
    before: sql`json_object('role', ${member.role})`,
    from: sql`${people} where ${own} and ${grant.stillMay}
      and (${member.role} <> 'owner' or ${anotherOwner} and ${isFresh(grant)})`,
  });
  const [, , left] = await grant.commit([
    change.entry,
    db.delete(member).where(and(own, change.isWritten)),
    db.select({ id: member.id }).from(member).where(own),
  ]);
  if (left.length === 0) return { ok: true };
  return { ok: false, reason: grant.fresh === null ? "stale" : "last-owner" };
}

/** Makes somebody else an owner and whoever asks an admin, both or neither. */
export async function handOver(
  grant: Fresh<Grant<"organization:transfer">>,
  id: MemberId,
): Promise<Changed<"not-found" | "not-allowed" | "own-role" | "too-many-owned">> {
  const { db, organizationId, userId } = grant;
  const change = audited(grant, {
    action: "organization.handed-over",
    ...nameOfMember,
    from: sql`${memberHere(grant, id)}
      and ${member.userId} <> ${userId}
      and ${grant.stillMay}
      and (${member.role} = 'owner' or ${mayOwnOneMore})`,
  });
  const own = and(eq(member.organizationId, organizationId), eq(member.userId, userId));
  const [, handed, , , , [found]] = await grant.commit([
    change.entry,
    db
      .update(member)
      .set({ role: "owner" })
      .where(and(eq(member.id, id), change.isWritten))
      .returning({ id: member.id }),
    db.update(member).set({ role: "admin" }).where(and(own, change.isWritten)),
    tell(grant, { type: "ownership-transferred", to: change.targetId, role: "owner", when: change.isWritten }),
    mailStatement(db, {
      id: grant.newId(),
      recipient: addressOf(change.targetId),
      locale: grant.locale,
      template: "ownership-transferred",
      data: { organization: grant.organization.name, url: urlOf(grant) },
      when: change.isWritten,
    }),
    factsOf(grant, id),
  ]);
  grant.sendMail();
  if (handed.length === 1) return { ok: true };
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (found.isSelf) return { ok: false, reason: "own-role" };
  return { ok: false, reason: found.isStillAllowed ? "too-many-owned" : "not-allowed" };
}

type Here = Grant<"member:update" | "member:delete" | "organization:transfer">;

/** SQL that is true for whoever has just proved who they are. */
function isFresh({ fresh }: SteppingUp<{ readonly stillMay: SQL }>): SQL {
  return fresh === null ? sql`false` : fresh.stillMay;
}

const nameOfMember = { target: { id: sql`${user.id}`, name: sql`${user.name}` } };
const people = sql`from ${member} join ${user} on ${user.id} = ${member.userId}`;

function memberHere({ organizationId }: Here, id: MemberId): SQL {
  return sql`${people} where ${member.id} = ${id} and ${member.organizationId} = ${organizationId}`;
}

const anotherOwner = sql`(
  select count(*) from member as other where other.organization_id = ${member.organizationId} and other.role = 'owner') > 1`;

const mayOwnOneMore = sql`(
  select count(*) from member as other where other.user_id = ${member.userId} and other.role = 'owner')
  < ${ORGANIZATIONS_OWNED_MAXIMUM}`;

/** What it takes to say why nothing changed; read after the change, in the same batch. */
function factsOf({ db, organizationId, userId, stillMay }: Here, id: MemberId) {
  return db
    .select({
      role: member.role,
      isSelf: sql<boolean>`${member.userId} = ${userId}`.mapWith(Boolean),
      isStillAllowed: sql<boolean>`${stillMay}`.mapWith(Boolean),
    })
    .from(member)
    .where(and(eq(member.id, id), eq(member.organizationId, organizationId)));
}

type Told = { type: "role-changed" | "member-removed" | "ownership-transferred"; to: SQL; role?: Role; when: SQL };

function tell(grant: Here, { to, ...news }: Told) {
  return notificationStatement(grant, { ...news, to: sql`select ${to} as user_id`, organization: grant.organization });
}

function addressOf(person: SQL): SQL {
  return sql`(select email from user where id = ${person})`;
}

function urlOf({ appUrl, organization }: Here): string {
  return `${appUrl}/organizations/${organization.slug}/dashboard`;
}
