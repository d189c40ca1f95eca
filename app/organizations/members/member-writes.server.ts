import { and, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { change, type Hanging } from "#app/change/change.server.ts";
import { rememberedDevice } from "#app/db/schema/factors.ts";
import { member } from "#app/db/schema/organizations.ts";
import { session, user } from "#app/db/schema/people.ts";
import { partings } from "#app/features.server.ts";
import type { Fresh, Grant, SteppingUp } from "#app/operation/grant.server.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "../limits.ts";
import type { MemberId } from "./schemas.ts";

type Refusal = "not-found" | "own-role" | "owners-only" | "last-owner" | "too-many-owned" | "stale";
type Changed<R extends Refusal> = { ok: true } | { ok: false; reason: R };
type Whom = { member: MemberId };

/**
 * Only an owner changes their own role, by stepping down; an admin neither touches owners nor makes one; an owner remains; an
 * owner's role takes a fresh proof. All inside the statement, also when two owners demote each other at once.
 */
export async function changeRole(
  grant: SteppingUp<Grant<"member:update">>,
  { member: id, role }: Whom & { role: Role },
): Promise<{ ok: true; isSelf: boolean } | { ok: false; reason: Refusal }> {
  const ruled = grant.rules;
  const isRuled = ruled.includes(role);
  const { facts } = await change(role === "owner" ? (grant.fresh ?? grant) : grant, {
    action: "member.role-changed",
    ...aboutMember,
    before: { role: member.role },
    after: { role },
    where: [
      eq(member.id, id),
      ne(member.role, role),
      inArray(member.role, isRuled ? [...ruled] : []),
      role === "owner" ? grant.isProven : or(ne(member.role, "owner"), grant.isProven),
      or(isOther(grant), role === "owner" ? sql`false` : eq(member.role, "owner")),
      or(ne(member.role, "owner"), anotherOwner),
      role === "owner" ? mayOwnOneMore : undefined,
    ],
    makes: (entry) => ({
      role: entry.update(member, { role }, eq(member.id, id)),
      news: entry.news({ type: "role-changed", ...toMember(grant, entry), role }),
      mail: entry.mail({
        recipient: addressOf(entry),
        template: "role-changed",
        data: { organization: grant.organization.name, role, url: urlOf(grant) },
        also: sql`${entry.targetId} is not ${grant.userId}`,
      }),
    }),
    facts: factsOf(grant, id),
  });
  const [found] = facts.found;
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (found.role === role) return { ok: true, isSelf: found.isSelf };
  if (found.isSelf && found.role !== "owner") return { ok: false, reason: "own-role" };
  if (!isRuled || !ruled.includes(found.role)) return { ok: false, reason: "owners-only" };
  if (grant.fresh === null && [found.role, role].includes("owner")) return { ok: false, reason: "stale" };
  return { ok: false, reason: found.role === "owner" ? "last-owner" : "too-many-owned" };
}

/** Their images stay. Only an owner removes, so one remains; to remove an owner takes a fresh proof. */
export async function removeMember(
  grant: SteppingUp<Grant<"member:delete">>,
  { member: id }: Whom,
): Promise<Changed<"not-found" | "own-role" | "stale">> {
  const { isMade, facts } = await change(grant, {
    action: "member.removed",
    ...aboutMember,
    before: { role: member.role },
    where: [eq(member.id, id), isOther(grant), or(ne(member.role, "owner"), grant.isProven)],
    makes: (entry) => ({
      news: entry.news({ type: "member-removed", ...toMember(grant, entry) }),
      mail: entry.mail({
        recipient: addressOf(entry),
        template: "member-removed",
        data: { organization: grant.organization.name },
      }),
      // After the mail, which does not come where the membership says so.
      membership: entry.remove(member, eq(member.id, id)),
      ...partings(entry, { ...grant, userId: entry.targetId }),
    }),
    facts: factsOf(grant, id),
  });
  const [found] = facts.found;
  if (isMade) return { ok: true };
  if (found === undefined) return { ok: false, reason: "not-found" };
  return { ok: false, reason: found.isSelf ? "own-role" : "stale" };
}

/** Never an owner's. Sessions belong to the person, so they end everywhere; the person hears who wanted it (ASVS 5.0, 7.4.5). */
export async function endSessionsOf(
  grant: Fresh<Grant<"member:delete">>,
  { member: id }: Whom,
): Promise<{ ok: true } | { ok: false; reason: "not-found" | "own-sessions" | "owner" }> {
  const { isMade, facts } = await change(grant, {
    action: "member.sessions-ended",
    ...aboutMember,
    where: [eq(member.id, id), isOther(grant), ne(member.role, "owner")],
    makes: (entry) => ({
      ...endingSessions(entry),
      news: entry.news({ type: "sessions-ended", ...toMember(grant, entry) }),
      mail: entry.mail({
        recipient: addressOf(entry),
        template: "sessions-ended",
        data: { organization: grant.organization.name, url: `${grant.appUrl}/login` },
      }),
    }),
    facts: factsOf(grant, id),
  });
  const [found] = facts.found;
  if (isMade) return { ok: true };
  if (found === undefined) return { ok: false, reason: "not-found" };
  return { ok: false, reason: found.isSelf ? "own-sessions" : "owner" };
}

function endingSessions(entry: Hanging) {
  const { db, when } = entry.unsafe("Sessions are a person's, and this person is another than who asks.");
  const of = (person: AnySQLiteColumn) => and(eq(person, entry.targetId), when);
  return {
    sessions: db.delete(session).where(of(session.userId)),
    remembered: db.delete(rememberedDevice).where(of(rememberedDevice.userId)),
  };
}

/** The only owner cannot leave. An owner needs a fresh proof. */
export async function leaveOrganization(
  grant: SteppingUp<Grant<"member:leave">>,
): Promise<Changed<"last-owner" | "stale">> {
  const isOwn = sql`${member.userId} is ${grant.userId}`;
  const { isMade } = await change(grant, {
    action: "member.left",
    ...aboutMember,
    before: { role: member.role },
    where: [isOwn, or(ne(member.role, "owner"), and(anotherOwner, grant.isProven))],
    makes: (entry) => ({
      membership: entry.remove(member, isOwn),
      ...partings(entry, grant),
    }),
  });
  if (isMade) return { ok: true };
  return { ok: false, reason: grant.fresh === null ? "stale" : "last-owner" };
}

/** Makes somebody else an owner and this owner an admin, both or neither. */
export async function handOver(
  grant: Fresh<Grant<"organization:transfer">>,
  { member: id }: Whom,
): Promise<Changed<"not-found" | "own-role" | "too-many-owned">> {
  const { isMade, facts } = await change(grant, {
    action: "organization.handed-over",
    ...aboutMember,
    where: [eq(member.id, id), isOther(grant), or(eq(member.role, "owner"), mayOwnOneMore)],
    makes: (entry) => ({
      owner: entry.update(member, { role: "owner" }, eq(member.id, id)),
      admin: entry.update(member, { role: "admin" }, eq(member.userId, grant.userId)),
      news: entry.news({ type: "ownership-transferred", ...toMember(grant, entry), role: "owner" }),
      mail: entry.mail({
        recipient: addressOf(entry),
        template: "ownership-transferred",
        data: { organization: grant.organization.name, url: urlOf(grant) },
      }),
    }),
    facts: factsOf(grant, id),
  });
  const [found] = facts.found;
  if (isMade) return { ok: true };
  if (found === undefined) return { ok: false, reason: "not-found" };
  return { ok: false, reason: found.isSelf ? "own-role" : "too-many-owned" };
}

type Here = Grant<"member:update" | "member:delete" | "organization:transfer">;

const aboutMember = {
  from: member,
  target: { id: member.userId, name: sql`(select ${user.name} from ${user} where ${user.id} = ${member.userId})` },
};

/** Of a key, which is no member, everyone is. */
function isOther({ userId }: Here): SQL {
  return sql`${member.userId} is not ${userId}`;
}

const anotherOwner = sql`(
  select count(*) from member as other where other.organization_id = ${member.organizationId} and other.role = 'owner') > 1`;

const mayOwnOneMore = sql`(
  select count(*) from member as other where other.user_id = ${member.userId} and other.role = 'owner')
  < ${ORGANIZATIONS_OWNED_MAXIMUM}`;

function factsOf(grant: Here, id: MemberId) {
  return {
    found: grant
      .select({ role: member.role, isSelf: sql<boolean>`${member.userId} is ${grant.userId}`.mapWith(Boolean) })
      .from(member)
      .where(eq(member.id, id)),
  };
}

function toMember({ organization }: Here, { targetId }: Hanging) {
  return { to: sql`select ${targetId} as user_id`, organization };
}

function addressOf({ targetId }: Hanging): SQL {
  return sql`(select email from user where id = ${targetId})`;
}

function urlOf({ appUrl, organization }: Here): string {
  return `${appUrl}/organizations/${organization.slug}/dashboard`;
}
