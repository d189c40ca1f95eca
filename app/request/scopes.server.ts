import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import type { Authorization, Scope } from "#app/operation/grant.server.ts";
import type { Reach } from "#app/operation/reach.server.ts";
import { type Permission, reachOf } from "#app/tenancy/permissions.ts";
import { roles } from "#app/tenancy/roles.ts";
import type { Slug } from "#app/tenancy/slug.ts";
import { livePerson, openOrganizations, reachableOrganization, type SessionAsked } from "./access.server.ts";
import type { Call } from "./call.server.ts";
import { nobody, organizationOfKey } from "./key-access.server.ts";
import type { Place } from "./place.server.ts";
import { createScope } from "./scope-and-grant.server.ts";
import type { Services } from "./services.server.ts";

export function scopeOf({ services }: Call, place: Place): Scope<Authorization> {
  const { db } = services;
  if (place.kind === "key") return keyScope(services, place);
  const { asked } = place;
  const common = { ...services.forScopes, userId: livePerson(asked) };
  const personal = { organization: null, organizations: null, person: common.userId, reachesAll: true };
  const organizations = openOrganizations(asked);
  if (place.kind === "public") {
    const { viewer } = place;
    return createScope<"public">({ ...common, viewer, openOrganizations: organizations }, { db, reach: personal });
  }
  const { viewer } = place;
  if (place.kind === "self") {
    const reach = { ...personal, organizations };
    return createScope<"self">({ ...common, viewer, openOrganizations: organizations }, { db, reach });
  }
  const { slug } = place;
  const organizationIf = (other: Permission, reach?: "any") => reachableOrganization(asked, slug, other, reach);
  const facts = { ...common, viewer, organizationIf };
  const reachOf = (each: Permission) => ({ ...personal, reachesAll: isReachingAll(asked, slug, each) });
  return inOrganization({ db, facts, reachOf }, place.permission);
}

type Parts = {
  db: Database;
  facts: Omit<Parameters<typeof createScope<Permission>>[0], "organizationId" | "within">;
  reachOf: (permission: Permission) => Omit<Reach, "organization">;
};

/** `first` is the permission that the request has been let in by, if it is another one. */
function inOrganization({ db, facts, reachOf }: Parts, permission: Permission, first = permission): Scope<Permission> {
  const organization = facts.organizationIf(permission);
  const within = <P extends Permission>(other: P) =>
    inOrganization({ db, facts, reachOf }, other, first) as unknown as Scope<P>;
  const isAllowed = permission === first ? undefined : sql`${organization} is not null`;
  return createScope<Permission>(
    { ...facts, organizationId: organization, within },
    { db, reach: { ...reachOf(permission), organization }, isAllowed },
  );
}

function keyScope(services: Services, { asked, slug, permission }: Extract<Place, { kind: "key" }>) {
  const organizationIf = (other: Permission) => organizationOfKey(asked, slug, other);
  const facts = { ...services.forScopes, userId: nobody, viewer: null, organizationIf };
  const reachOf = () => ({ organizations: null, person: nobody, reachesAll: true });
  return inOrganization({ db: services.db, facts, reachOf }, permission);
}

function isReachingAll(asked: SessionAsked, slug: Slug, permission: Permission): SQL | boolean {
  if (roles.every((role) => reachOf(role, permission) !== "own")) return true;
  return sql`${reachableOrganization(asked, slug, permission, "any")} is not null`;
}
