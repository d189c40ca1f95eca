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
import type { Services } from "./services.server.ts";
import { streamed } from "./streamed.server.ts";

export type Passage = {
  request: Request;
  services: Services;
  authenticate: Authentication;
  authorize: Authorization;
  isConfirmed?: boolean;
};

export class Refused {
  readonly answer: unknown;

  constructor(answer: unknown) {
    this.answer = answer;
  }
}

/** Answers come out as they are; anything else that is thrown is a fault of ours, logged and told without internals. */
export async function guarded<T>({ request, services }: Passage, steps: () => Promise<T>): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    if (error instanceof Refused) throw error.answer;
    if (error instanceof Response || isData(error)) throw error;
    throw fault(request, services, error);
  }
}

function isData(thrown: unknown): boolean {
  return typeof thrown === "object" && thrown !== null && "type" in thrown && thrown.type === "DataWithResponseInit";
}

export async function authenticated({ request, services, authenticate }: Passage): Promise<Identity | null> {
  if (authenticate === "none") return null;
  const viewer = await services.trace.time("authenticate", () => services.identify());
  services.trace.account = viewer?.email ?? null;
  if (viewer === null && authenticate !== "optional") throw new Refused(await unauthenticated(request, services));
  if (viewer !== null && isOfAnother(request.headers.get(SEEN_BY_HEADER), viewer)) {
    throw new Refused(problem(request, 409, { error: "another-person", name: viewer.name }));
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

export function slugOf(authorize: Authorization, input: unknown): Slug | null {
  return isPermission(authorize) ? Slug.parse((input as { organization: unknown }).organization) : null;
}

function askedOf(passage: Passage, sessionToken: string) {
  return passage.authenticate === "fresh"
    ? freshlyAsked(passage, sessionToken)
    : { sessionToken, now: passage.services.now };
}

function freshlyAsked({ services: { now } }: Passage, sessionToken: string) {
  return { sessionToken, now, provenSince: freshSince(now) };
}

export function scopeOf(passage: Passage, viewer: Identity | null, slug: Slug | null): Scope<Authorization> {
  const { db, locale, preferences, seenBy, providers, signUpBrowser, appUrl, environment, now, tokenFor } =
    passage.services;
  const asked = askedOf(passage, viewer?.sessionToken ?? "");
  const means = { locale, preferences, seenBy, providers, signUpBrowser, appUrl, environment, now, tokenFor };
  const common = { ...means, userId: livePerson(asked) };
  const personal = { organization: null, organizations: null, person: common.userId, reachesAll: true };
  if (passage.authorize === "public" || viewer === null)
    return mintScope<"public">({ ...common, viewer }, { db, reach: personal });
  if (slug === null || !isPermission(passage.authorize)) {
    const organizations = openOrganizations(asked);
    const reach = { ...personal, organizations };
    return mintScope<"self">({ ...common, viewer, openOrganizations: organizations }, { db, reach });
  }
  const organizationIf = (permission: Permission) => reachableOrganization(asked, slug, permission);
  const organization = organizationIf(passage.authorize);
  return mintScope<Permission>(
    { ...common, viewer, organizationId: organization, organizationIf },
    { db, reach: { ...personal, organization, reachesAll: isReachingAll(asked, slug, passage.authorize) } },
  );
}

function isReachingAll(asked: ReturnType<typeof askedOf>, slug: Slug, permission: Permission): SQL | boolean {
  if (roles.every((role) => reachOf(role, permission) !== "own")) return true;
  return sql`${reachableOrganization(asked, slug, permission, "any")} is not null`;
}

export function accessQuestion({ services, authorize }: Passage, viewer: Identity | null, slug: Slug | null) {
  if (authorize === "public" || viewer === null) return null;
  const { db, now } = services;
  const { sessionToken } = viewer;
  return {
    key: `${sessionToken} ${slug ?? ""}`,
    statement: accessStatement(db, { sessionToken, now }, slug) as Statement,
  };
}

export function reachedBy(passage: Passage, viewer: Identity | null, slug: Slug | null): SQL {
  const { authorize } = passage;
  if (authorize === "public" || viewer === null) return sql`''`;
  const asked = askedOf(passage, viewer.sessionToken);
  if (slug === null || !isPermission(authorize)) return livePerson(asked);
  return reachableOrganization(asked, slug, authorize);
}

type Decision = { viewer: Identity | null; slug: Slug | null; row: unknown };

/** Turns the access row into a grant, or refuses: 401 for an ended session, 404 for a stranger, 403 for too small a role. */
export async function authorized(passage: Passage, { viewer, slug, row }: Decision): Promise<Grant<Authorization>> {
  const { request, services, authorize } = passage;
  if (authorize === "public" || viewer === null) {
    const userId = livePerson(askedOf(passage, viewer?.sessionToken ?? ""));
    const reach = { organization: null, organizations: null, person: userId, reachesAll: true };
    return mintGrant<"public">(
      { ...means(services), viewer, userId, storage: within(services.storage, "public") },
      { ...insideOf(services), reach, still: sql`true` },
    );
  }
  const accessRow = row as AccessRow | undefined;
  if (accessRow === undefined) throw new Refused(await unauthenticated(request, services));
  if (accessRow.isHalf) throw new Refused(halfSignedIn(request, services));
  if (isStale(passage, accessRow)) throw new Refused(confirmFirst(request, services));
  const asked = askedOf(passage, viewer.sessionToken);
  if (slug === null || !isPermission(authorize)) {
    remember(passage, viewer, accessRow, null);
    const newOrganization = (id = services.newId()) => ({ id, storage: organizationStorage(services, id) });
    const still = stillLives(asked);
    const organizations = openOrganizations(asked);
    const grant = mintGrant<"self">(
      {
        ...means(services),
        viewer,
        userId: accessRow.userId,
        storage: personalStorage(services, accessRow.userId),
        filesOf: (personId) => personalStorage(services, personId),
        newOrganization,
      },
      {
        ...insideOf(services),
        reach: { organization: null, organizations, person: accessRow.userId, reachesAll: true },
        still,
      },
    );
    return steppingUp(passage, { grant, row: accessRow, freshly: stillLives });
  }
  const access = judge(accessRow, authorize);
  if (access.outcome === "stranger") throw new Refused(problem(request, 404, { error: "not-found" }));
  if (access.outcome === "second-factor") {
    services.trace.refusal = "second-factor";
    throw new Refused(problem(request, 403, { error: "second-factor", organization: access.organization }));
  }
  if (access.outcome === "forbidden") {
    throw new Refused(forbidden(passage, access.roles));
  }
  const { userId, organization, role, reach } = access;
  const { id: organizationId } = organization;
  moved(request, organization.slug);
  remember(passage, viewer, accessRow, organizationId);
  const still = stillHas(asked, organizationId, role);
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
      still,
    },
  );
  const freshly = (fresh: ReturnType<typeof freshlyAsked>) => stillHas(fresh, organizationId, role);
  return steppingUp(passage, { grant, row: accessRow, freshly });
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
  const { locale, preferences, seenBy, providers, signUpBrowser, appUrl, environment, now, tokenFor } = services;
  const { ipAddress, deviceHash, signIns, handshakes, decode, newId, after, sendMail } = services;
  return {
    locale,
    preferences,
    seenBy,
    providers,
    signUpBrowser,
    appUrl,
    environment,
    now,
    tokenFor,
    ipAddress,
    deviceHash,
    decode,
    newId,
    after: (work: (db: Database, sendMail: () => void) => Promise<unknown>) => after((db) => work(db, sendMail)),
    signIns,
    handshakes,
    streamed: (pieces: AsyncGenerator<string>) => streamed(pieces, services.trace),
  };
}

function committing({ db, sealEntries }: Services) {
  return async (statements: readonly Statement[]) => {
    const rows = await runBatch(db, statements);
    sealEntries();
    return rows;
  };
}

function insideOf(services: Services) {
  return { db: services.db, commit: committing(services), sendMail: services.sendMail };
}
