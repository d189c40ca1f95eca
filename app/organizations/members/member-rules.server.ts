import { eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import type { Writer } from "#app/change/change.server.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { isOwner, member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { partings } from "#app/features.server.ts";
import type { Actor } from "#app/operation/actor.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { mayOwnOneMore } from "#app/tenancy/owning.ts";
import type { Role } from "#app/tenancy/roles.ts";

export type Here = Grant<"member:update" | "member:delete" | "organization:transfer">;

/** `actor` is set for a change, which a key can request too. */
type Asking = { userId: SQL | string | null; actor?: Actor };

/** `whom` is a `select` of the people's ids as `user_id`; `which` selects their memberships. */
type Changing = { whom: SQL; which: SQL };

export const aboutMember = {
  from: member,
  target: { id: member.userId, name: sql`(select ${user.name} from ${user} where ${user.id} = ${member.userId})` },
};

export function entryOfRole(role: Role) {
  return { action: "member.role-changed", ...aboutMember, before: { role: member.role }, after: { role } } as const;
}

/**
 * Only an owner can change their own role, by stepping down. An admin can neither change nor make owners. One owner remains.
 * An owner's role takes a fresh proof. The statement enforces it all, even if two owners demote each other at the same time.
 */
export function mayBeGiven(grant: Grant<"member:update">, role: Role, isProven: SQL): (SQL | undefined)[] {
  const { rules } = grant;
  const isOwner = role === "owner";
  return [
    ne(member.role, role),
    inArray(member.role, rules.includes(role) ? [...rules] : []),
    isOwner ? isProven : or(ne(member.role, "owner"), isProven),
    or(isOther(grant), isOwner ? sql`false` : eq(member.role, "owner")),
    or(ne(member.role, "owner"), anotherOwner),
    isOwner ? mayOwnOneMore(member.userId) : undefined,
  ];
}

export function givingRole(
  grant: Grant<"member:update">,
  entry: Writer,
  { role, whom, which }: Changing & { role: Role },
) {
  const { organization, userId } = grant;
  return {
    news: entry.news({ type: "role-changed", to: whom, organization, role }),
    mails: entry.mailEach({
      to: sql`select user_id from (${whom}) where user_id is not ${userId}`,
      template: "role-changed",
      data: { organization: organization.name, role, url: urlOf(grant) },
    }),
    ...partings(entry, { ...grant, userIds: whom, role }),
    // Last, since the others may read the former role.
    role: entry.update(member, { role }, which).returning({ id: member.id }),
  };
}

export const entryOfRemoval = { action: "member.removed", ...aboutMember, before: { role: member.role } } as const;

/** Only owners remove members, and never themselves, so one owner remains. To remove an owner takes a fresh proof. */
export function mayBeRemoved(asking: Asking, isProven: SQL): (SQL | undefined)[] {
  return [isOther(asking), or(ne(member.role, "owner"), isProven)];
}

/** The statements that remove members. Their images stay. */
export function removing(grant: Grant<"member:delete">, entry: Writer, { whom, which }: Changing) {
  const { organization } = grant;
  return {
    news: entry.news({ type: "member-removed", to: whom, organization }),
    mails: entry.mailEach({ to: whom, template: "member-removed", data: { organization: organization.name } }),
    ...partings(entry, { ...grant, userIds: whom, role: null }),
    // After the mails, since the membership decides whether a person wants them.
    membership: entry.remove(member, which).returning({ id: member.id }),
  };
}

export function isOther(asking: Asking): SQL {
  return sql`not ${isOneself(asking)}`;
}

/** A key counts as its maker, so that someone who has lost a role cannot take it back with an older key. */
export function isOneself({ userId, actor }: Asking): SQL {
  const maker = actor?.kind === "key" ? sql`(select created_by from ${apiKey} where id = ${actor.id})` : userId;
  return sql`(${member.userId} is ${maker})`;
}

export const anotherOwner = sql`(
  select count(*) from member as other where other.organization_id = ${member.organizationId} and ${isOwner(sql`other.role`)}) > 1`;

export function urlOf({ appUrl, organization }: Here): string {
  return `${appUrl}/organizations/${organization.slug}/dashboard`;
}
