import { asc, desc, eq, sql } from "drizzle-orm";
import { member, organization } from "#app/db/schema/organizations.ts";
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

export function myOrganizations(scope: Scope<"self" | "dashboard:read">): Plan<Membership[]> {
  const memberships = scope
    .unsafe("A page of one organization lists the others that the person is in.")
    .select({
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      logo: organization.logo,
      role: member.role,
      members: organization.memberCount,
    })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, scope.userId))
    .orderBy(sql`${organization.name} collate nocase`, asc(organization.id));
  return plan({ memberships }, (rows) => rows.memberships);
}

export function lastUsedOrganization(scope: Scope<"self">): Plan<string | null> {
  const found = scope
    .select({ slug: organization.slug })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .orderBy(desc(member.lastActiveAt), desc(member.createdAt))
    .limit(1);
  return plan({ found }, ({ found: [last] }) => last?.slug ?? null);
}

const OWNERS_NAMED = 3;

/** Names of the first owners: whom a member asks for what their role does not open. */
export function ownersToAsk(scope: Scope<"dashboard:read">): Plan<string[]> {
  const owners = scope
    .select({ name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.role, "owner"))
    .orderBy(asc(member.createdAt), asc(member.id))
    .limit(OWNERS_NAMED);
  return plan({ owners }, (rows) => rows.owners.map(({ name }) => name));
}
