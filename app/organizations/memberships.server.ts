import { asc, eq, sql } from "drizzle-orm";
import { isOwner, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import type { Role } from "#app/tenancy/roles.ts";

export type Membership = {
  id: string;
  name: string;
  slug: string;
  logo: string | null;
  role: Role;
  members: number;
};

const columns = {
  id: organization.id,
  name: organization.name,
  slug: organization.slug,
  logo: organization.logo,
  role: member.role,
  members: organization.memberCount,
};
const byName = [sql`${organization.name} collate nocase`, asc(organization.id)];
const byVisit = sql`${member.lastActiveAt} desc, ${member.createdAt} desc`;

export function myOrganizations(scope: Scope<"self">): Plan<Membership[]> {
  const memberships = scope
    .select(columns)
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .orderBy(...byName);
  return plan({ memberships }, (rows) => rows.memberships);
}

export function lastUsedOrganization(scope: Scope<"self">): Plan<string | null> {
  const found = scope
    .select({ slug: organization.slug })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .orderBy(byVisit)
    .limit(1);
  return plan({ found }, ({ found: [last] }) => last?.slug ?? null);
}

/** `owners` has the first owners' names, for a member of `here` who is none and may need to ask for what their role forbids. */
type Visitor = { organizations: Membership[]; lastUsed: string | null; owners: string[] };

/** The same for the visitor, in one statement; null without a live session. */
export function organizationsOfVisitor(scope: Scope<"public">, here: string | undefined): Plan<Visitor | null> {
  const found = scope
    .unsafe("People without a membership must be found, too.")
    .select({
      ...columns,
      visit: sql<number>`row_number() over (order by ${byVisit})`,
      owners: here === undefined ? sql<null>`null` : ownersToAsk(scope, here),
    })
    .from(user)
    .leftJoin(member, eq(member.userId, user.id))
    .leftJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(user.id, scope.userId))
    .orderBy(...byName);
  return plan({ found }, ({ found }) => {
    if (found.length === 0) return null;
    const organizations = found.flatMap(({ visit: _, owners: __, ...each }) =>
      each.id === null ? [] : [each as Membership],
    );
    const lastUsed = found.find(({ visit }) => visit === 1)?.slug ?? null;
    return { organizations, lastUsed, owners: found.flatMap(({ owners }) => owners ?? []) };
  });
}

const OWNERS_NAMED = 3;

function ownersToAsk({ openOrganizations }: Scope<"public">, slug: string) {
  return sql<string[] | null>`case when ${organization.slug} = ${slug} and ${member.role} <> 'owner'
    and ${organization.id} in ${openOrganizations} then (
      select json_group_array(name) from (
        select owning.name from member as owner join user as owning on owning.id = owner.user_id
        where owner.organization_id = ${organization.id} and ${isOwner(sql`owner.role`)}
        order by owner.created_at, owner.id limit ${OWNERS_NAMED})) end`.mapWith(JSON.parse);
}
