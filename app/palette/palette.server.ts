import { aliasedTable, and, desc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { member, organizations as named, organization } from "#app/db/schema/organizations.ts";
import { contains } from "#app/db/search.server.ts";
import { serverFeatures } from "#app/features.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import type { Findable } from "#app/tenancy/feature.server.ts";
import { type Permission, rolesWith } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { belongingOf, columnOf, type Tenanted } from "#app/tenancy/tables.ts";
import { FOUND_OF_A_KIND, ORGANIZATIONS_SHOWN } from "./limits.ts";

type Place = { name: string; slug: string };

type Thing = { id: string; name: string; organization: Place };

/** The other keys are the kinds of things that domains have declared as findable. */
export type Found = { organizations: (Place & { role: Role })[] } & Record<string, Thing[]>;

const mine = aliasedTable(member, "mine");
const place = { name: organization.name, slug: organization.slug };
const declared: Record<string, Findable> = Object.assign({}, ...serverFeatures.map(({ findable }) => findable));

/** Searches the person's organizations; a thing only where the role may read it. An empty query returns organizations only. */
export function search(scope: Scope<"self">, { query }: { query: string }, findable = declared): Plan<Found> {
  const isNamed = query !== "";
  const organizations = scope
    .select({ ...place, role: mine.role })
    .from(mine)
    .innerJoin(organization, eq(organization.id, mine.organizationId))
    .where(and(where(scope, "dashboard:read"), isNamed ? contains(named, query, mine.organizationId) : undefined))
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

function thingsOf(scope: Scope<"self">, { permission, searched, orderBy }: Findable, query: string) {
  const { table, id, by } = searched;
  const [name] = searched.texts;
  // The plus keeps SQLite from using the index on the tenant, which would read all of its rows to find a few.
  const isInside = eq(sql`+${columnOf(table, belongingOf(table).organization ?? "")}`, organization.id);
  const things = scope
    .select({ id: sql<string>`${id}`, name: sql<string>`${name}`, organization: place })
    .from(mine)
    .innerJoin(organization, eq(organization.id, mine.organizationId))
    .innerJoin(table, and(contains(searched, query, mine.organizationId, readable(table, permission)), isInside))
    .$dynamic();
  if (by !== undefined) things.innerJoin(by.table, by.on);
  return things
    .where(where(scope, permission))
    .orderBy(...orderBy)
    .limit(FOUND_OF_A_KIND);
}

/** Leaves out deleted rows, and what others made where the role reads only own rows. Undefined if it reads every row. */
function readable(table: Tenanted, permission: Permission): SQL | undefined {
  const { deleted, maker } = belongingOf(table);
  const everywhere = rolesWith(permission, "any");
  const isOwn = maker === undefined ? undefined : eq(columnOf(table, maker), mine.userId);
  const isPartly = everywhere.length < rolesWith(permission).length;
  return and(
    deleted === undefined ? undefined : isNull(columnOf(table, deleted)),
    isPartly ? or(inArray(mine.role, everywhere), isOwn) : undefined,
  );
}

function where({ openOrganizations }: Scope<"self">, permission: Permission) {
  return and(inArray(mine.role, rolesWith(permission)), sql`${mine.organizationId} in ${openOrganizations}`);
}
