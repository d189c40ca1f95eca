import { aliasedTable, and, asc, eq, sql } from "drizzle-orm";
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

/** The same of whoever asks, in one statement that finds nothing without a live session: null. */
export function organizationsOfVisitor(
  scope: Scope<"public">,
): Plan<{ organizations: Membership[]; lastUsed: string | null } | null> {
  const found = scope
    .unsafe("A person without a membership is found as well.")
    .select({ ...columns, visit: sql<number>`row_number() over (order by ${byVisit})` })
    .from(user)
    .leftJoin(member, eq(member.userId, user.id))
    .leftJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(user.id, scope.userId))
    .orderBy(...byName);
  return plan({ found }, ({ found }) => {
    if (found.length === 0) return null;
    const organizations = found.flatMap(({ visit: _, ...each }) => (each.id === null ? [] : [each as Membership]));
    return { organizations, lastUsed: found.find(({ visit }) => visit === 1)?.slug ?? null };
  });
}

const OWNERS_NAMED = 3;

/** Names of the first owners, to a member of the organization: whom to ask for what their role does not open. */
export function ownersToAsk(scope: Scope<"public">, slug: string): Plan<string[]> {
  const other = aliasedTable(member, "owner");
  const owners = scope
    .select({ name: user.name })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .innerJoin(other, and(eq(other.organizationId, organization.id), isOwner(other.role)))
    .innerJoin(user, eq(user.id, other.userId))
    .where(and(eq(organization.slug, slug), sql`${organization.id} in ${scope.openOrganizations}`))
    .orderBy(asc(other.createdAt), asc(other.id))
    .limit(OWNERS_NAMED);
  return plan({ owners }, (rows) => rows.owners.map(({ name }) => name));
}
