import { and, eq, ne, or, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { change, type Writer } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { rememberedDevice } from "#app/db/schema/factors.ts";
import { member } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { partings } from "#app/features.server.ts";
import type { Fresh, Grant, SteppingUp } from "#app/operation/grant.server.ts";
import { mayOwnOneMore } from "#app/tenancy/owning.ts";
import type { Role } from "#app/tenancy/roles.ts";
import {
  aboutMember,
  anotherOwner,
  entryOfRemoval,
  entryOfRole,
  givingRole,
  type Here,
  isOneself,
  isOther,
  mayBeGiven,
  mayBeRemoved,
  removing,
  urlOf,
} from "./member-rules.server.ts";
import type { MemberId } from "./schemas.ts";

type Refusal = "not-found" | "own-role" | "owners-only" | "last-owner" | "too-many-owned" | "stale";
type Changed<R extends Refusal> = { ok: true } | { ok: false; reason: R };
type Whom = { member: MemberId };

export async function changeRole(
  grant: SteppingUp<Grant<"member:update">>,
  { member: id, role }: Whom & { role: Role },
): Promise<{ ok: true; isSelf: boolean } | { ok: false; reason: Refusal }> {
  const ruled = grant.rules;
  const which = eq(member.id, id);
  const { facts } = await change(role === "owner" ? (grant.fresh ?? grant) : grant, {
    ...entryOfRole(role),
    where: [which, ...mayBeGiven(grant, role, grant.isProven)],
    makes: (entry) => givingRole(grant, entry, { role, which, whom: targetOf(entry) }),
    facts: factsOf(grant, id),
  });
  const [found] = facts.found;
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (found.role === role) return { ok: true, isSelf: found.isSelf };
  if (found.isSelf && found.role !== "owner") return { ok: false, reason: "own-role" };
  if (!ruled.includes(role) || !ruled.includes(found.role)) return { ok: false, reason: "owners-only" };
  if (grant.fresh === null && [found.role, role].includes("owner")) return { ok: false, reason: "stale" };
  return { ok: false, reason: found.role === "owner" ? "last-owner" : "too-many-owned" };
}

export async function removeMember(
  grant: SteppingUp<Grant<"member:delete">>,
  { member: id }: Whom,
): Promise<Changed<"not-found" | "own-role" | "stale">> {
  const which = eq(member.id, id);
  const { isMade, facts } = await change(grant, {
    ...entryOfRemoval,
    where: [which, ...mayBeRemoved(grant, grant.isProven)],
    makes: (entry) => removing(grant, entry, { which, whom: targetOf(entry) }),
    facts: factsOf(grant, id),
  });
  const [found] = facts.found;
  if (isMade) return { ok: true };
  if (found === undefined) return { ok: false, reason: "not-found" };
  return { ok: false, reason: found.isSelf ? "own-role" : "stale" };
}

/**
 * Not for an owner's sessions. Sessions belong to the person, so they end everywhere. The person is told for which organization
 * (ASVS 5.0, 7.4.5), unless they have no session and no remembered device.
 */
export async function endSessionsOf(
  grant: Fresh<Grant<"member:delete">>,
  { member: id }: Whom,
): Promise<{ ok: true } | { ok: false; reason: "not-found" | "own-sessions" | "owner" }> {
  const { isMade, facts } = await change(grant, {
    action: "member.sessions-ended",
    ...aboutMember,
    where: [eq(member.id, id), isOther(grant), ne(member.role, "owner"), isSomewhere(grant.now)],
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
  if (found.isSelf) return { ok: false, reason: "own-sessions" };
  return found.role === "owner" ? { ok: false, reason: "owner" } : { ok: true };
}

function isSomewhere(now: Date): SQL {
  const until = now.getTime();
  return sql`(exists (
    select 1 from ${session} where ${session.userId} = ${member.userId} and ${session.expiresAt} > ${until}) or exists (
    select 1 from ${rememberedDevice}
    where ${rememberedDevice.userId} = ${member.userId} and ${rememberedDevice.expiresAt} > ${until}))`;
}

function endingSessions(entry: Writer) {
  const { db, when } = entry.unsafe("Sessions belong to a person, and this person is not the caller.");
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
      ...partings(entry, { ...grant, userIds: grant.userId, role: null }),
    }),
  });
  if (isMade) return { ok: true };
  return { ok: false, reason: grant.fresh === null ? "stale" : "last-owner" };
}

/** Makes another member an owner and this owner an admin, both or neither. */
export async function handOver(
  grant: Fresh<Grant<"organization:transfer">>,
  { member: id }: Whom,
): Promise<Changed<"not-found" | "own-role" | "too-many-owned">> {
  const { isMade, facts } = await change(grant, {
    action: "organization.handed-over",
    ...aboutMember,
    where: [eq(member.id, id), isOther(grant), or(eq(member.role, "owner"), mayOwnOneMore(member.userId))],
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

function factsOf(grant: Here, id: MemberId) {
  return {
    found: grant
      .select({ role: member.role, isSelf: isTrue(isOneself(grant)) })
      .from(member)
      .where(eq(member.id, id)),
  };
}

function targetOf({ targetId }: Writer): SQL {
  return sql`select ${targetId} as user_id`;
}

function toMember({ organization }: Here, entry: Writer) {
  return { to: targetOf(entry), organization };
}

function addressOf({ targetId }: Writer): SQL {
  return sql`(select email from user where id = ${targetId})`;
}
