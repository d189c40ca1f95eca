import { type SQL, sql } from "drizzle-orm";
import type { Identity } from "#app/auth/sessions/identity.server.ts";
import { runBatch } from "#app/db/batch.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { within } from "#app/storage/storage.ts";
import { type Permission, permissions, reachOf } from "#app/tenancy/permissions.ts";
import { type Role, roles } from "#app/tenancy/roles.ts";
import { Slug } from "#app/tenancy/slug.ts";
import { SEEN_BY_HEADER } from "#app/ui/line/seen-by.ts";
import {
  type AccessRow,
  accessStatement,
  freshSince,
  isSeenNews,
  isVisitNews,
  judge,
  livePerson,
  openOrganizations,
  reachableOrganization,
  seenStatement,
  stillHas,
  stillLives,
  visitStatement,
} from "./access.server.ts";
import { confirmFirst, fault, halfSignedIn, moved, problem, unauthenticated } from "./answers.server.ts";
import {
  type Authentication,
  type Authorization,
  type Grant,
  mintFresh,
  mintGrant,
  mintScope,
  type Scope,
} from "./grant.server.ts";
import type { Statement } from "./plan.ts";
import { forGrants, forScopes, pick, type Services } from "./services.server.ts";
import { streamed } from "./streamed.server.ts";

export type Passage = {
  request: Request;
  services: Services;
  authenticate: Authentication;
  authorize: Authorization;
  isConfirmed?: boolean;
};

/** Answers come out as they are; anything else that is thrown is a fault of ours, logged and told without internals. */
export async function guard<T>({ request, services }: Passage, steps: () => Promise<T>): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    if (error instanceof Response || isData(error)) throw error;
    throw fault(request, services, error);
  }
}

function isData(thrown: unknown): boolean {
  return typeof thrown === "object" && thrown !== null && "type" in thrown && thrown.type === "DataWithResponseInit";
}

export async function findViewer({ request, services, authenticate }: Passage): Promise<Identity | null> {
  if (authenticate === "none") return null;
  const viewer = await services.trace.time("authenticate", () => services.identify());
  services.trace.account = viewer?.email ?? null;
  if (viewer === null && authenticate !== "optional") throw await unauthenticated(request, services);
  if (viewer !== null && isOfAnother(request.headers.get(SEEN_BY_HEADER), viewer)) {
    throw problem(request, 409, { error: "another-person", name: viewer.name });
  }
  return viewer;
}

/** Somebody else has signed in since the page was shown, in another tab. A program, which has seen no page, does not say. */
export function isOfAnother(seenBy: unknown, { userId }: Identity): boolean {
  return seenBy !== undefined && seenBy !== null && seenBy !== "" && seenBy !== userId;
}

function isPermission(authorize: Authorization): authorize is Permission {
  return authorize in permissions;
}

type Asked = ReturnType<typeof askedOf>;

function askedOf(passage: Passage, sessionToken: string) {
  return passage.authenticate === "fresh"
    ? freshlyAsked(passage, sessionToken)
    : { sessionToken, now: passage.services.now };
}

function freshlyAsked({ services: { now } }: Passage, sessionToken: string) {
  return { sessionToken, now, provenSince: freshSince(now) };
}

/** Where a passage leads: to what is public, to the person's own, or into an organization. */
export type Place = { asked: Asked } & (
  | { kind: "public"; viewer: Identity | null }
  | { kind: "self"; viewer: Identity }
  | { kind: "organization"; viewer: Identity; slug: Slug; permission: Permission }
);

type Arriving = { viewer: Identity | null; input: unknown };

export function placeOf(passage: Passage, { viewer, input }: Arriving): Place {
  const { authorize } = passage;
  const asked = askedOf(passage, viewer?.sessionToken ?? "");
  if (authorize === "public" || viewer === null) return { kind: "public", asked, viewer };
  if (!isPermission(authorize)) return { kind: "self", asked, viewer };
  const slug = Slug.parse((input as { organization: unknown }).organization);
  return { kind: "organization", asked, viewer, slug, permission: authorize };
}

function slugOf(place: Place): Slug | null {
  return place.kind === "organization" ? place.slug : null;
}

export function scopeOf({ services }: Passage, place: Place): Scope<Authorization> {
  const { db } = services;
  const { asked } = place;
  const common = { ...pick(services, forScopes), userId: livePerson(asked) };
  const personal = { organization: null, organizations: null, person: common.userId, reachesAll: true };
  if (place.kind === "public") return mintScope<"public">({ ...common, viewer: place.viewer }, { db, reach: personal });
  const { viewer } = place;
  if (place.kind === "self") {
    const organizations = openOrganizations(asked);
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

function isReachingAll(asked: Asked, slug: Slug, permission: Permission): SQL | boolean {
  if (roles.every((role) => reachOf(role, permission) !== "own")) return true;
  return sql`${reachableOrganization(asked, slug, permission, "any")} is not null`;
}

export function accessQuestion({ db, now }: Services, place: Place) {
  if (place.kind === "public") return null;
  const { sessionToken } = place.viewer;
  const slug = slugOf(place);
  return {
    key: `${sessionToken} ${slug ?? ""}`,
    statement: accessStatement(db, { sessionToken, now }, slug) as Statement,
  };
}

export function reachedBy(place: Place): SQL {
  if (place.kind === "public") return sql`''`;
  if (place.kind === "self") return livePerson(place.asked);
  return reachableOrganization(place.asked, place.slug, place.permission);
}

/** Turns the access row into a grant, or refuses: 401 for an ended session, 404 for a stranger, 403 for too small a role. */
export async function requireGrant(
  passage: Passage,
  { place, row }: { place: Place; row: unknown },
): Promise<Grant<Authorization>> {
  const { request, services } = passage;
  if (place.kind === "public") return publicGrant(services, place);
  const accessRow = row as AccessRow | undefined;
  if (accessRow === undefined) throw await unauthenticated(request, services);
  if (accessRow.isHalf) throw halfSignedIn(request, services);
  if (isStale(passage, accessRow)) throw confirmFirst(request, services);
  return place.kind === "self"
    ? ownGrant(passage, { place, row: accessRow })
    : organizationGrant(passage, { place, row: accessRow });
}

function publicGrant(services: Services, { asked, viewer }: Extract<Place, { kind: "public" }>): Grant<"public"> {
  const userId = livePerson(asked);
  const reach = { organization: null, organizations: null, person: userId, reachesAll: true };
  return mintGrant<"public">(
    { ...means(services), viewer, userId, storage: within(services.storage, "public") },
    { ...insideOf(services), reach, still: sql`true` },
  );
}

type Entering<K extends Place["kind"]> = { place: Extract<Place, { kind: K }>; row: AccessRow };

function ownGrant(passage: Passage, { place: { asked, viewer }, row }: Entering<"self">) {
  const { services } = passage;
  const { userId } = row;
  remember(passage, viewer, row, null);
  const grant = mintGrant<"self">(
    {
      ...means(services),
      viewer,
      userId,
      storage: personalStorage(services, userId),
      filesOf: (personId) => personalStorage(services, personId),
      newOrganization: (id = services.newId()) => ({ id, storage: organizationStorage(services, id) }),
    },
    {
      ...insideOf(services),
      reach: { organization: null, organizations: openOrganizations(asked), person: userId, reachesAll: true },
      still: stillLives(asked),
    },
  );
  return steppingUp(passage, { grant, row, freshly: stillLives });
}

function organizationGrant(passage: Passage, { place, row }: Entering<"organization">) {
  const { request, services } = passage;
  const { asked, viewer, permission } = place;
  const access = judge(row, permission);
  if (access.outcome === "stranger") throw problem(request, 404, { error: "not-found" });
  if (access.outcome === "second-factor") {
    services.trace.refusal = "second-factor";
    throw problem(request, 403, { error: "second-factor", organization: access.organization });
  }
  if (access.outcome === "forbidden") throw forbidden(passage, access.roles);
  const { userId, organization, role, reach } = access;
  const { id: organizationId } = organization;
  moved(request, organization.slug);
  remember(passage, viewer, row, organizationId);
  const grant = mintGrant<Permission>(
    {
      ...means(services),
      viewer,
      userId,
      organizationId,
      organization,
      role,
      storage: organizationStorage(services, organizationId),
    },
    {
      ...insideOf(services),
      reach: { organization: organizationId, organizations: null, person: userId, reachesAll: reach === "any" },
      still: stillHas(asked, organizationId, role),
    },
  );
  const freshly = (fresh: ReturnType<typeof freshlyAsked>) => stillHas(fresh, organizationId, role);
  return steppingUp(passage, { grant, row, freshly });
}

export function forbidden({ request, services }: Passage, roles: Role[]) {
  services.trace.refusal = "role";
  return problem(request, 403, { error: "forbidden", roles });
}

type Steps<G> = { grant: G; row: AccessRow; freshly: (asked: ReturnType<typeof freshlyAsked>) => SQL };

function steppingUp<G extends Grant<Authorization>>(passage: Passage, { grant, row, freshly }: Steps<G>): G {
  const { services, authenticate } = passage;
  if (authenticate !== "stepping-up") return grant;
  const isFresh = passage.isConfirmed === true && isProven(services, row);
  const asked = freshlyAsked(passage, grant.viewer?.sessionToken ?? "");
  const still = freshly(asked);
  return {
    ...grant,
    fresh: isFresh ? mintFresh(grant, still) : null,
    isProven: passage.isConfirmed === true ? still : sql`false`,
  };
}

export function isProven({ now }: Services, row: unknown): boolean {
  const accessRow = row as AccessRow | undefined;
  return accessRow !== undefined && accessRow.provenAt >= freshSince(now);
}

export function isStale({ services, authenticate }: Passage, row: unknown): boolean {
  const accessRow = row as AccessRow | undefined;
  return authenticate === "fresh" && accessRow?.isHalf === false && accessRow.provenAt < freshSince(services.now);
}

// The loaders of a page share their access row; one of them is enough to remember it.
const remembered = new WeakSet<AccessRow>();

function remember({ services }: Passage, viewer: Identity, row: AccessRow, organizationId: string | null) {
  const { now, ipAddress } = services;
  const { sessionToken } = viewer;
  const { userId } = row;
  const isUse = isSeenNews(row, now);
  const isVisit = organizationId !== null && isVisitNews(row, now);
  if (remembered.has(row) || !(isUse || isVisit)) return;
  remembered.add(row);
  services.after((db) =>
    runBatch(db, [
      ...(isUse ? [seenStatement(db, { sessionToken, ipAddress, now })] : []),
      ...(isVisit ? [visitStatement(db, { userId, organizationId, now })] : []),
    ]),
  );
}

function personalStorage({ storage }: Services, personId: string) {
  return within(storage, `people/${personId}`);
}

function organizationStorage({ storage }: Services, organizationId: string) {
  return within(storage, `organizations/${organizationId}`);
}

function means(services: Services) {
  const { after, sendMail, trace } = services;
  return {
    ...pick(services, forGrants),
    after: (work: (db: Database, sendMail: () => void) => Promise<unknown>) => after((db) => work(db, sendMail)),
    streamed: (pieces: AsyncGenerator<string>) => streamed(pieces, trace),
  };
}

function insideOf({ db, sealEntries, sendMail }: Services) {
  const commit = async (statements: readonly Statement[]) => {
    const rows = await runBatch(db, statements);
    sealEntries();
    return rows;
  };
  return { db, commit, sendMail };
}
