import { aliasedTable, and, desc, eq, inArray, sql } from "drizzle-orm";
import { member, organizations as named, organization } from "#app/db/schema/organizations.ts";
import { contains } from "#app/db/search.server.ts";
import { serverFeatures } from "#app/features.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import type { Findable } from "#app/tenancy/feature.server.ts";
import { type Permission, rolesWith } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { FOUND_OF_A_KIND, ORGANIZATIONS_SHOWN } from "./limits.ts";

type Place = { name: string; slug: string };

type Thing = { id: string; name: string; organization: Place };

/** Kinds of things are those that domains have declared as findable. */
export type Found = { organizations: (Place & { role: Role })[] } & Record<string, Thing[]>;

const mine = aliasedTable(member, "mine");
const place = { name: organization.name, slug: organization.slug };
const findable: Record<string, Findable> = Object.assign({}, ...serverFeatures.map(({ findable }) => findable));

/** In all of their organizations, each thing only where the role may read it. Nothing typed: their organizations. */
export function search(scope: Scope<"self">, { query }: { query: string }): Plan<Found> {
  const isNamed = query !== "";
  const organizations = scope
    .select({ ...place, role: mine.role })
    .from(mine)
    .innerJoin(organization, eq(organization.id, mine.organizationId))
    .where(and(where(scope, "dashboard:read"), isNamed ? contains(named, query) : undefined))
    .orderBy(desc(mine.lastActiveAt))
    .limit(isNamed ? FOUND_OF_A_KIND : ORGANIZATIONS_SHOWN);
  const kinds = Object.entries(findable);
  const nothing = Object.fromEntries(kinds.map(([kind]) => [kind, []]));
  const things = isNamed ? kinds.map(([kind, each]) => [kind, thingsOf(scope, each, query)] as const) : [];
  return plan(
    { organizations, ...Object.fromEntries(things) },
    (rows) => ({ ...nothing, ...rows }) as unknown as Found,
  );
}

function thingsOf(scope: Scope<"self">, { permission, searched, on, id, orderBy }: Findable, query: string) {
  const [name] = searched.texts;
  return scope
    .select({ id: sql<string>`${id ?? searched.id}`, name: sql<string>`${name}`, organization: place })
    .from(mine)
    .innerJoin(organization, eq(organization.id, mine.organizationId))
    .innerJoin(searched.table, on)
    .where(and(where(scope, permission), contains(searched, query)))
    .orderBy(...orderBy)
    .limit(FOUND_OF_A_KIND);
}

function where({ openOrganizations }: Scope<"self">, permission: Permission) {
  return and(inArray(mine.role, rolesWith(permission)), sql`${mine.organizationId} in ${openOrganizations}`);
}
