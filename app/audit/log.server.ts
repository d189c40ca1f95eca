import { and, asc, desc, eq, gte, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type ActorKind, actorKind, auditChain, auditEntry, type ChainFault } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { member, memberRank, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { dayAfter, dayAt, startOfDay } from "#app/i18n/days.server.ts";
import { zoneOfDays } from "#app/i18n/time-zone.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Paged, pageOf } from "#app/operation/pages.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { countFoundBy, isFoundBy } from "./entry-search.server.ts";
import { ACTORS_OFFERED, ENTRIES_COUNTED, ENTRIES_PER_CHUNK, ENTRIES_PER_PAGE, OWN_ENTRIES_SHOWN } from "./limits.ts";
import type { AuditFilter, AuditVisit, EntriesInPages } from "./schemas.ts";

export type LoggedActor = { kind: ActorKind; id: string; name: string | null; image: string | null };

/** One entry of the log. The actor's name is null if the account is gone and only the id is left. `at` is in milliseconds. */
export type LoggedEntry = {
  id: string;
  at: number;
  actor: LoggedActor;
  /** The name of the client that the actor used, as the client gave it. */
  via: string | null;
  action: string;
  targetName: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ipAddress: string | null;
};

export type AuditPage = {
  entries: LoggedEntry[];
  total: number;
  /** More entries fit the filter than are counted. */
  hasMore: boolean;
  filter: AuditFilter;
  older: string | null;
  newer: string | null;
  actors: { id: string; name: string }[];
  chosen: { id: string; name: string | null } | null;
  /** Null if nothing was ever written. */
  chain: CheckedChain | null;
  now: number;
  /** Today in the reader's time zone, as `2026-11-27`. Ranges of days end with it. */
  today: string;
};

/** How far the last check of the chain has got, and what it found. `endedAt` is null if it is not finished. */
export type CheckedChain = {
  entries: number;
  startedAt: number | null;
  endedAt: number | null;
  place: number;
  fault: ChainFault | null;
};

/** A page of the log. It begins beside an entry and not after a count, so nothing shifts while entries are added. */
export function auditPage(
  scope: Scope<"audit:read">,
  { organization: _, before, after, ...filter }: AuditVisit,
): Plan<AuditPage> {
  const isForward = after !== undefined;
  const rows = entryRows(scope, filter, { where: and(isOlder(before), isNewer(after)), isForward })
    .orderBy(...(isForward ? oldestFirst : newestFirst))
    .limit(ENTRIES_PER_PAGE + 1);
  // The chain stores the number of all entries, so only a filter needs a count.
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const totals = isFiltered
    ? scope.select({ total: countOf(scope, filter) }).from(organization)
    : scope.select({ total: auditChain.entries }).from(auditChain);
  const actors = scope
    .select({ id: user.id, name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .orderBy(memberRank(member.role), asc(member.createdAt), asc(member.id))
    .limit(ACTORS_OFFERED);
  // Looked up through an entry of this log, so that an id does not reveal the name of a person from elsewhere.
  const known = scope
    .select({ name: user.name })
    .from(auditEntry)
    .innerJoin(user, eq(user.id, auditEntry.actorId))
    .where(eq(auditEntry.actorId, filter.actor ?? ""))
    .limit(1);
  const chains = scope
    .select({
      entries: auditChain.entries,
      startedAt: auditChain.checkStartedAt,
      endedAt: auditChain.checkEndedAt,
      place: auditChain.checkPlace,
      fault: auditChain.checkFault,
    })
    .from(auditChain);
  const queries = { rows, totals, actors, known, chains };
  return plan(queries, ({ rows, totals: [figure], actors, known: [person], chains: [chain] }) => {
    const hasMore = rows.length > ENTRIES_PER_PAGE;
    const shown = rows.slice(0, ENTRIES_PER_PAGE);
    if (isForward) shown.reverse();
    const [first, last] = [shown[0], shown.at(-1)];
    const found = figure?.total ?? 0;
    const total = isFiltered ? Math.min(found, ENTRIES_COUNTED) : found;
    return {
      entries: shown.map(toEntry),
      total,
      hasMore: found > total,
      filter,
      older: last !== undefined && (isForward || hasMore) ? cursorOf(last) : null,
      newer: first !== undefined && (isForward ? hasMore : before !== undefined) ? cursorOf(first) : null,
      actors,
      chosen: filter.actor === undefined ? null : { id: filter.actor, name: person?.name ?? null },
      chain: chain ? { ...chain, startedAt: timeOf(chain.startedAt), endedAt: timeOf(chain.endedAt) } : null,
      now: scope.now.getTime(),
      today: dayAt(scope.now.getTime(), zoneOfDays(scope.timeZones)),
    };
  });
}

function timeOf(date: Date | null): number | null {
  return date?.getTime() ?? null;
}

/** A page of the log for the API, newest first. It begins after an entry. */
export function entriesAfter(
  scope: Scope<"audit:read">,
  { organization: slug, limit, after, ...filter }: EntriesInPages,
): Plan<Paged<LoggedEntry>> {
  const rows = entryRows(scope, filter, { where: isOlder(after === null ? undefined : `${after.at}.${after.id}`) })
    .orderBy(...newestFirst)
    .limit(limit + 1);
  return plan({ rows }, ({ rows }) =>
    pageOf(rows, {
      limit,
      list: ["audit", slug],
      place: ({ at, id }) => ({ at: at.getTime(), id }),
      shows: toEntry,
    }),
  );
}

export type OwnEntry = Omit<LoggedEntry, "actor" | "via">;

export function ownEntries(scope: Scope<"self">): Plan<OwnEntry[]> {
  const rows = scope
    .select({
      id: auditEntry.id,
      at: auditEntry.createdAt,
      action: auditEntry.action,
      targetName: auditEntry.targetName,
      before: auditEntry.before,
      after: auditEntry.after,
      ipAddress: auditEntry.ipAddress,
    })
    .from(auditEntry)
    .where(isNull(auditEntry.organizationId))
    .orderBy(...newestFirst)
    .limit(OWN_ENTRIES_SHOWN);
  return plan({ rows }, ({ rows }) => rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() })));
}

type Reader = Pick<
  Scope<"audit:read"> | Grant<"audit:read">,
  "timeZones" | "organizationId" | "select" | "selectPicked"
>;

type Part = {
  /** Where the page begins, in addition to the filter. */
  where?: SQL | undefined;
  isForward?: boolean;
  limit?: number;
};

function isMatch(reader: Reader, filter: AuditFilter, part: Part) {
  const { where, isForward = false, limit = ENTRIES_PER_PAGE } = part;
  const fits = and(isFit(reader, filter), where);
  if (filter.search === undefined) return fits;
  return and(isFoundBy(filter.search, { tenant: sql`${reader.organizationId}`, fits, isForward, limit }), fits);
}

/** The conditions of a filter without its search. `from` and `to` are days in the reader's time zone. */
function isFit({ timeZones }: Reader, { actor, action, from, to }: AuditFilter) {
  const startOf = (day: string) => new Date(startOfDay(day, zoneOfDays(timeZones)));
  return and(
    actor === undefined ? undefined : eq(auditEntry.actorId, actor),
    action === undefined ? undefined : eq(auditEntry.action, action),
    from === undefined ? undefined : gte(auditEntry.createdAt, startOf(from)),
    to === undefined ? undefined : lt(auditEntry.createdAt, startOf(dayAfter(to, 1))),
  );
}

/** SQL for how many entries match a filter, up to `ENTRIES_COUNTED`, plus one if there are more. */
function countOf(scope: Scope<"audit:read">, filter: AuditFilter): SQL<number> {
  const [fits, limit] = [isFit(scope, filter), ENTRIES_COUNTED + 1];
  if (filter.search !== undefined)
    return countFoundBy(filter.search, { tenant: sql`${scope.organizationId}`, fits, limit });
  return scope.count(auditEntry, { where: fits, upTo: limit });
}

/** A search has already picked its entries; without one, an index gives the order. */
function selectOf({ select, selectPicked }: Reader, { search }: AuditFilter): Reader["select"] {
  return search === undefined ? select : selectPicked;
}

/** Yields the entries that match a filter, newest first, in chunks of one round trip each. Yields at least one chunk. */
export async function* entriesInChunks(grant: Grant<"audit:read">, filter: AuditFilter): AsyncGenerator<EntryRow[]> {
  for (let last: string | undefined; ; ) {
    const rows = await entryRows(grant, filter, { where: isOlder(last), limit: ENTRIES_PER_CHUNK })
      .orderBy(...newestFirst)
      .limit(ENTRIES_PER_CHUNK);
    yield rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < ENTRIES_PER_CHUNK) return;
    last = cursorOf(end);
  }
}

const newestFirst = [desc(auditEntry.createdAt), desc(auditEntry.id)];
const oldestFirst = [asc(auditEntry.createdAt), asc(auditEntry.id)];

const place = sql`(${auditEntry.createdAt}, ${auditEntry.id})`;

function isOlder(than: string | undefined) {
  return than === undefined ? undefined : sql`${place} < ${placeOf(than)}`;
}

function isNewer(than: string | undefined) {
  return than === undefined ? undefined : sql`${place} > ${placeOf(than)}`;
}

function placeOf(cursor: string): SQL {
  const [at, id] = cursor.split(".");
  return sql`(${Number(at)}, ${id})`;
}

export function entryRows(reader: Reader, filter: AuditFilter, part: Part) {
  return selectOf(
    reader,
    filter,
  )({
    id: auditEntry.id,
    at: auditEntry.createdAt,
    actorKind,
    actorId: auditEntry.actorId,
    actorName: sql<string | null>`coalesce(${user.name}, ${apiKey.name})`,
    actorImage: user.image,
    via: auditEntry.via,
    action: auditEntry.action,
    targetName: auditEntry.targetName,
    before: auditEntry.before,
    after: auditEntry.after,
    ipAddress: auditEntry.ipAddress,
    sequence: auditEntry.sequence,
    hash: auditEntry.hash,
    targetId: auditEntry.targetId,
    userAgent: auditEntry.userAgent,
    requestId: auditEntry.requestId,
  })
    .from(auditEntry)
    .leftJoin(user, eq(user.id, auditEntry.actorId))
    .leftJoin(apiKey, eq(apiKey.id, auditEntry.actorId))
    .where(isMatch(reader, filter, part))
    .$dynamic();
}

export type EntryRow = Awaited<ReturnType<typeof entryRows>>[number];

export function toEntry({
  at,
  actorKind: kind,
  actorId,
  actorName: name,
  actorImage: image,
  ...row
}: EntryRow): LoggedEntry {
  const { id, via, action, targetName, before, after, ipAddress } = row;
  return {
    id,
    via,
    action,
    targetName,
    before,
    after,
    ipAddress,
    at: at.getTime(),
    actor: { kind, id: actorId, name, image },
  };
}

function cursorOf({ at, id }: EntryRow): string {
  return `${at.getTime()}.${id}`;
}
