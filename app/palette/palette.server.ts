import { aliasedTable, and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { image } from "#app/db/schema/gallery.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import {
  contains,
  images as inImages,
  organizations as inOrganizations,
  people as inPeople,
} from "#app/db/search.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { type Permission, rolesWith } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { FOUND_OF_A_KIND, ORGANIZATIONS_SHOWN } from "./limits.ts";

type Place = { name: string; slug: string };

export type Found = {
  organizations: (Place & { role: Role })[];
  members: { id: string; name: string; organization: Place }[];
  images: { id: string; name: string; organization: Place }[];
};

const mine = aliasedTable(member, "mine");

/** In all of their organizations; members only where the role may read them. Nothing typed: their organizations. */
export function search(scope: Scope<"self">, { query }: { query: string }): Plan<Found> {
  const isNamed = query !== "";
  const place = { name: organization.name, slug: organization.slug };
  const organizations = scope
    .select({ ...place, role: mine.role })
    .from(mine)
    .innerJoin(organization, eq(organization.id, mine.organizationId))
    .where(and(where(scope, "dashboard:read"), isNamed ? contains(inOrganizations, query) : undefined))
    .orderBy(desc(mine.lastActiveAt))
    .limit(isNamed ? FOUND_OF_A_KIND : ORGANIZATIONS_SHOWN);
  if (!isNamed) return plan({ organizations }, (rows) => ({ ...rows, members: [], images: [] }));
  const members = scope
    .select({ id: member.id, name: user.name, organization: place })
    .from(mine)
    .innerJoin(organization, eq(organization.id, mine.organizationId))
    .innerJoin(member, eq(member.organizationId, organization.id))
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(where(scope, "member:read"), contains(inPeople, query)))
    .orderBy(asc(user.name), asc(member.id))
    .limit(FOUND_OF_A_KIND);
  const images = scope
    .select({ id: image.id, name: image.name, organization: place })
    .from(mine)
    .innerJoin(organization, eq(organization.id, mine.organizationId))
    .innerJoin(image, eq(image.organizationId, organization.id))
    .where(and(where(scope, "gallery:read"), contains(inImages, query)))
    .orderBy(desc(image.createdAt), desc(image.id))
    .limit(FOUND_OF_A_KIND);
  return plan({ organizations, members, images }, (rows) => rows);
}

function where({ openOrganizations }: Scope<"self">, permission: Permission) {
  return and(inArray(mine.role, rolesWith(permission)), sql`${mine.organizationId} in ${openOrganizations}`);
}
