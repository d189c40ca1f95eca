import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import {
  entryOfRemoval,
  entryOfRole,
  givingRole,
  type Here,
  isOneself,
  mayBeGiven,
  mayBeRemoved,
  removing,
} from "./member-rules.server.ts";
import type { GiveRoles, MemberId, SelectedMembers } from "./schemas.ts";

type Selected = Pick<SelectedMembers, "member">;

type Undone = { name: string; reason: "own" | "owner" | "same" };

/** `undone` lists the members that were left as they are, and why; `gone` counts the selected that are no longer members. */
export type DoneInPart = { ok: true; done: number; undone: Undone[]; gone: number };

const EACH = "Each member has their own entry.";

const UNPROVEN = sql`false`;

export async function changeRoles(
  grant: Grant<"member:update">,
  { member: ids, to: role }: Selected & Pick<GiveRoles, "to">,
): Promise<DoneInPart> {
  const which = and(inArray(member.id, ids), ...mayBeGiven(grant, role, UNPROVEN)) as SQL;
  const { made, facts } = await change(grant, {
    unlogged: EACH,
    from: member,
    where: which,
    makes: (entry) => ({
      entries: entry.entryForEach({ ...entryOfRole(role), where: grant.rows(member, which) }),
      ...givingRole(grant, entry, { role, which, whom: peopleOf(grant, which) }),
    }),
    facts: { found: foundOf(grant, ids) },
  });
  return inPart(ids, made.role, facts.found);
}

export async function removeMembers(grant: Grant<"member:delete">, { member: ids }: Selected): Promise<DoneInPart> {
  const which = and(inArray(member.id, ids), ...mayBeRemoved(grant, UNPROVEN)) as SQL;
  const { made, facts } = await change(grant, {
    unlogged: EACH,
    from: member,
    where: which,
    makes: (entry) => ({
      entries: entry.entryForEach({ ...entryOfRemoval, where: grant.rows(member, which) }),
      ...removing(grant, entry, { which, whom: peopleOf(grant, which) }),
    }),
    facts: { found: foundOf(grant, ids) },
  });
  return inPart(ids, made.membership, facts.found);
}

function peopleOf(grant: Here, which: SQL): SQL {
  return sql`select ${member.userId} as user_id from ${member} where ${grant.rows(member, which)}`;
}

function foundOf(grant: Here, ids: readonly MemberId[]) {
  const { id, role, userId } = member;
  return grant
    .select({ id, role, name: user.name, isSelf: isTrue(isOneself(grant)) })
    .from(member)
    .innerJoin(user, eq(user.id, userId))
    .where(inArray(id, [...ids]))
    .orderBy(asc(user.name), asc(id));
}

function inPart(
  ids: readonly MemberId[],
  made: readonly { id: string }[],
  found: Awaited<ReturnType<typeof foundOf>>,
): DoneInPart {
  const done = new Set(made.map(({ id }) => id));
  const left = found.filter(({ id }) => !done.has(id));
  const known = new Set([...done, ...found.map(({ id }) => id)]);
  return {
    ok: true,
    done: done.size,
    undone: left.map(({ name, role, isSelf }) => ({
      name,
      reason: isSelf ? "own" : role === "owner" ? "owner" : "same",
    })),
    gone: ids.length - known.size,
  };
}

/** The selected members who can be removed, for a question that names them. */
export function removableMembers(
  scope: Scope<"member:delete">,
  { member: ids }: Selected,
): Plan<{ members: { id: string; name: string; email: string }[] }> {
  const members = scope
    .selectPicked({ id: member.id, name: user.name, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(inArray(member.id, ids), ...mayBeRemoved(scope, UNPROVEN)))
    .orderBy(asc(user.name), asc(member.id));
  return plan({ members }, ({ members }) => ({ members }));
}
