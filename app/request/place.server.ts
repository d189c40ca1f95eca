import { type SQL, sql } from "drizzle-orm";
import type { Identity } from "#app/auth/sessions/identity.server.ts";
import type { Authorization } from "#app/operation/grant.server.ts";
import type { Statement } from "#app/operation/plan.ts";
import { type Permission, permissions } from "#app/tenancy/permissions.ts";
import { Slug } from "#app/tenancy/slug.ts";
import { accessStatement, freshSince, livePerson, reachableOrganization, type SessionAsked } from "./access.server.ts";
import type { Call } from "./call.server.ts";
import type { Caller } from "./caller.server.ts";
import { type KeyAsked, keyStatement, organizationOfKey } from "./key-access.server.ts";
import type { Services } from "./services.server.ts";

export function isPermission(authorize: Authorization): authorize is Permission {
  return authorize in permissions;
}

/** What a call gives access to: public things, the person's own, or an organization, as a person or as a key. */
export type Place =
  | { kind: "public"; asked: SessionAsked; viewer: Identity | null }
  | { kind: "self"; asked: SessionAsked; viewer: Identity }
  | { kind: "organization"; asked: SessionAsked; viewer: Identity; slug: Slug; permission: Permission }
  /** `slug` is null for the key's own organization. */
  | { kind: "key"; asked: KeyAsked; slug: Slug | null; permission: Permission };

/** Finds the place. `input` has passed the schema, so it names an organization if the operation needs a permission. */
export function placeOf(call: Call, { caller, input }: { caller: Caller | null; input: unknown }): Place {
  const { services, authenticate, authorize, program } = call;
  const { now } = services;
  const slug = () => Slug.parse((input as { organization: unknown }).organization);
  if (caller?.kind === "key") {
    const { digest } = caller;
    const named = program?.fields === undefined ? slug() : null;
    return { kind: "key", asked: { digest, now }, slug: named, permission: authorize as Permission };
  }
  const viewer = caller?.viewer ?? null;
  const sessionToken = viewer?.sessionToken ?? "";
  const asked = { sessionToken, now, ...(authenticate === "fresh" && { provenSince: freshSince(now) }) };
  if (authorize === "public" || viewer === null) return { kind: "public", asked, viewer };
  if (!isPermission(authorize)) return { kind: "self", asked, viewer };
  return { kind: "organization", asked, viewer, slug: slug(), permission: authorize };
}

/** The statement that finds the caller and their role, or null if none is needed. Loaders of a page share it under its key. */
export function accessQuestion({ db, now }: Services, place: Place) {
  if (place.kind === "public") return null;
  if (place.kind === "key") {
    const { asked, slug } = place;
    return { key: `${asked.digest} ${slug}`, statement: keyStatement(db, asked, slug) as Statement };
  }
  const { sessionToken } = place.viewer;
  const slug = place.kind === "organization" ? place.slug : null;
  return {
    key: `${sessionToken} ${slug ?? ""}`,
    statement: accessStatement(db, { sessionToken, now }, slug) as Statement,
  };
}

/** SQL that is null for anyone without access, so that only attempts with access count. */
export function reachedBy(place: Place): SQL {
  if (place.kind === "public") return sql`''`;
  if (place.kind === "self") return livePerson(place.asked);
  if (place.kind === "key") return organizationOfKey(place.asked, place.slug, place.permission);
  return reachableOrganization(place.asked, place.slug, place.permission);
}
