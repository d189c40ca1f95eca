import { type SQL, sql } from "drizzle-orm";
import type { Authorization, Scope } from "#app/operation/grant.server.ts";
import { type Permission, reachOf } from "#app/tenancy/permissions.ts";
import { roles } from "#app/tenancy/roles.ts";
import type { Slug } from "#app/tenancy/slug.ts";
import { type Asked, livePerson, openOrganizations, reachableOrganization } from "./access.server.ts";
import { nobody, organizationOfKey } from "./key-access.server.ts";
import { mintScope } from "./mint.server.ts";
import type { Passage } from "./passage.server.ts";
import type { Place } from "./place.server.ts";
import type { Services } from "./services.server.ts";

export function scopeOf({ services }: Passage, place: Place): Scope<Authorization> {
  const { db } = services;
  if (place.kind === "key") return keyScope(services, place);
  const { asked } = place;
  const common = { ...services.forScopes, userId: livePerson(asked) };
  const personal = { organization: null, organizations: null, person: common.userId, reachesAll: true };
  const organizations = openOrganizations(asked);
  if (place.kind === "public") {
    const { viewer } = place;
    return mintScope<"public">({ ...common, viewer, openOrganizations: organizations }, { db, reach: personal });
  }
  const { viewer } = place;
  if (place.kind === "self") {
    const reach = { ...personal, organizations };
    return mintScope<"self">({ ...common, viewer, openOrganizations: organizations }, { db, reach });
  }
  const { slug, permission } = place;
  const organizationIf = (other: Permission) => reachableOrganization(asked, slug, other);
  const organization = organizationIf(permission);
  return mintScope<Permission>(
    { ...common, viewer, organizationId: organization, organizationIf },
    { db, reach: { ...personal, organization, reachesAll: isReachingAll(asked, slug, permission) } },
  );
}

function keyScope(services: Services, { asked, slug, permission }: Extract<Place, { kind: "key" }>) {
  const organizationIf = (other: Permission) => organizationOfKey(asked, slug, other);
  const organization = organizationIf(permission);
  return mintScope<Permission>(
    { ...services.forScopes, userId: nobody, viewer: null, organizationId: organization, organizationIf },
    { db: services.db, reach: { organization, organizations: null, person: nobody, reachesAll: true } },
  );
}

function isReachingAll(asked: Asked, slug: Slug, permission: Permission): SQL | boolean {
  if (roles.every((role) => reachOf(role, permission) !== "own")) return true;
  return sql`${reachableOrganization(asked, slug, permission, "any")} is not null`;
}
