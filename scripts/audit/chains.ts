import { createHash } from "node:crypto";
import { and, asc, count, eq, gt, sql } from "drizzle-orm";
import type { ChainEnd } from "../../app/audit/chain-ends.server.ts";
import { UNSEALED_LIMIT_MINUTES } from "../../app/audit/limits.ts";
import type { Database } from "../../app/db/client.server.ts";
import { auditChain, auditEntry, chainOf } from "../../app/db/schema/audit.ts";
import { organization, removedOrganization } from "../../app/db/schema/organizations.ts";
import { user } from "../../app/db/schema/people.ts";
import { deliveriesAfter, endpointsOf, followDeliveries, looseDeliveries } from "./deliveries.ts";

const ENTRIES_PER_TRIP = 2_000;

export type ChainReport = {
  /** The id of the organization or the person. */
  id: string;
  entries: number;
  /** Entries whose names or addresses were erased, for example with an account; their links still hold. */
  erased: number;
  /** Webhook deliveries that were compared with their entries. */
  deliveries: number;
  /** Entries of the last minutes, which the Worker has not sealed yet. */
  unsealed: number;
  /** Only copies of the chain exist: the organization or the account was deleted, and its log with it. */
  isGone: boolean;
  /** What is wrong, in words; empty if the chain is whole. */
  faults: string[];
};

type Comparison = {
  /** The ends of chains that were copied while the chains grew. */
  copies?: readonly ChainEnd[];
  now?: Date;
};

/**
 * Follows every chain of audit entries from the first entry to the last, recomputes each link with code other than the Worker's,
 * and compares the chain with the copies of its ends and with the deliveries of webhooks.
 */
export async function verifyChains(
  db: Database,
  { copies = [], now = new Date() }: Comparison = {},
): Promise<ChainReport[]> {
  const copiesOf = Map.groupBy(copies, ({ chain }) => chain);
  const chains = await db.select({ id: auditChain.id }).from(auditChain).orderBy(asc(auditChain.id));
  const reports: ChainReport[] = [];
  for (const { id } of chains) {
    const report = await verifyChain(db, { id, copies: copiesOf.get(id) ?? [], now });
    if (report !== null) reports.push(report);
  }
  const loose = await db.all<{ id: string; entries: number }>(sql`
    select ${chainOf} as id, count(*) as entries from ${auditEntry}
    where ${chainOf} not in (select id from ${auditChain}) group by 1`);
  for (const { id, entries } of loose) reports.push({ ...empty(id), entries, faults: ["the chain's end is missing"] });
  const untold = await looseDeliveries(db);
  if (untold.length > 0) reports.push({ ...empty("deliveries"), faults: untold });
  const known = new Set([...chains, ...loose].map(({ id }) => id));
  for (const id of copiesOf.keys()) if (!known.has(id)) reports.push(await missingChain(db, id));
  return reports;
}

const empty = (id: string) => ({
  id,
  entries: 0,
  erased: 0,
  deliveries: 0,
  unsealed: 0,
  isGone: false,
  faults: [] as string[],
});

/** Returns null if the chain is being deleted with its organization. */
async function verifyChain(
  db: Database,
  { id, copies, now }: { id: string; copies: readonly ChainEnd[]; now: Date },
): Promise<ChainReport | null> {
  const report = empty(id);
  const { faults } = report;
  const left = new Set(copies);
  const told = followDeliveries(id, now);
  let place = 0;
  /** The place and the hash of the newest sealed entry so far. */
  let end = { place: 0, hash: "" };
  for (;;) {
    // One batch reads the entries and the state of the chain at the same moment, since others write and seal meanwhile.
    const [rows, [chain], [found], endpoints, deliveries] = await db.batch([
      entriesAfter(db, id, place),
      readChain(db, id),
      db.select({ count: count() }).from(auditEntry).where(eq(chainOf, id)),
      endpointsOf(db, id),
      deliveriesAfter(db, { id, place, limit: ENTRIES_PER_TRIP }),
    ]);
    if (chain === undefined) return null;
    faults.push(...told.follow({ entries: rows, endpoints, deliveries }));
    for (const row of rows) {
      if (row.place !== place + 1) faults.push(`entries ${place + 1} to ${row.place - 1} are missing`);
      place = row.place;
      report.entries += 1;
      if (row.hash === null && place > chain.sealed) {
        report.unsealed += 1;
        const waited = now.getTime() - row.createdAt;
        if (waited > UNSEALED_LIMIT_MINUTES * 60_000)
          faults.push(`entry ${place} is still unsealed after ${minutes(waited)}`);
        continue;
      }
      if (!isLinked(row, id, end.hash)) faults.push(`entry ${place} does not match its seal`);
      const { isErased, isChanged } = judgeDetails(row);
      if (isErased) report.erased += 1;
      if (isChanged) faults.push(`the content of entry ${place} was changed`);
      for (const copy of copies) {
        if (copy.place !== place) continue;
        left.delete(copy);
        if (copy.hash !== row.hash)
          faults.push(`entry ${place} differs from the one whose seal was copied on ${copy.day}`);
      }
      // The chain is followed from the stored hash on, so that one fault is reported once.
      end = { place, hash: row.hash ?? "" };
    }
    if (rows.length === ENTRIES_PER_TRIP) continue;
    const outside = (found?.count ?? 0) - report.entries;
    if (outside !== 0) faults.push(`${outside} entries are outside the chain`);
    if (place < chain.entries) faults.push(`entries ${place + 1} to ${chain.entries} are missing`);
    else if (end.place !== chain.sealed || end.hash !== chain.hash) {
      faults.push("the last entry was replaced");
    }
    faults.push(...told.strays(endpoints));
    report.deliveries = told.compared();
    for (const copy of left) faults.push(`entry ${copy.place}, whose seal was copied on ${copy.day}, is missing`);
    return report;
  }
}

function readChain(db: Database, id: string) {
  const isRemoved = sql`exists (select 1 from ${removedOrganization} where ${removedOrganization.id} = ${auditChain.id})`;
  return db
    .select({ entries: auditChain.entries, sealed: auditChain.sealed, hash: auditChain.hash })
    .from(auditChain)
    .where(and(eq(auditChain.id, id), sql`not ${isRemoved}`));
}

function entriesAfter(db: Database, id: string, place: number) {
  return db
    .select({
      id: auditEntry.id,
      actorId: auditEntry.actorId,
      actorKind: sql<string | null>`${auditEntry.actorKind}`,
      via: auditEntry.via,
      action: auditEntry.action,
      targetId: auditEntry.targetId,
      targetName: auditEntry.targetName,
      // The stored text, not the parsed JSON.
      before: sql<string | null>`${auditEntry.before}`,
      after: sql<string | null>`${auditEntry.after}`,
      ipAddress: auditEntry.ipAddress,
      userAgent: auditEntry.userAgent,
      requestId: auditEntry.requestId,
      createdAt: sql<number>`${auditEntry.createdAt}`,
      place: sql<number>`${auditEntry.sequence}`,
      hash: auditEntry.hash,
      ipSalt: auditEntry.ipSalt,
      ipDigest: auditEntry.ipDigest,
      targetSalt: auditEntry.targetSalt,
      targetDigest: auditEntry.targetDigest,
    })
    .from(auditEntry)
    .where(and(eq(chainOf, id), gt(auditEntry.sequence, place)))
    .orderBy(asc(auditEntry.sequence))
    .limit(ENTRIES_PER_TRIP);
}

type Entry = Awaited<ReturnType<typeof entriesAfter>>[number];

function isLinked(entry: Entry, chain: string, previous: string): boolean {
  const { place, id, actorId, actorKind, via, requestId, action, targetId, createdAt, ipDigest, targetDigest } = entry;
  const facts = [previous, place, id, chain, actorId, action, targetId, createdAt, ipDigest, targetDigest];
  // Entries from before keys existed have no kind of actor, no `via` and no request id.
  if (actorKind === null) return via === null && requestId === null && isDigest(entry.hash, facts);
  return isDigest(entry.hash, [...facts, actorKind, via, ...(requestId === null ? [] : [requestId])]);
}

/** An erased part has lost its salt together with its words; if the salt is there, the words must match the digest. */
function judgeDetails(entry: Entry) {
  const { ipSalt, ipAddress, userAgent, ipDigest, targetSalt, targetName, before, after, targetDigest } = entry;
  const browser = userAgent === null ? [] : [userAgent];
  const parts = [
    { salt: ipSalt, words: [ipAddress, ...browser], expected: ipDigest },
    { salt: targetSalt, words: [targetName, before, after], expected: targetDigest },
  ];
  return {
    isErased: parts.some(({ salt }) => salt === null),
    isChanged: parts.some(({ salt, words, expected }) =>
      salt === null ? words.some((word) => word !== null) : !isDigest(expected, [salt, ...words]),
    ),
  };
}

/** Accepts SHA-3 as well: before the Worker sealed entries, the database linked them with SHA-3. */
function isDigest(expected: string | null, values: (string | number | null)[]): boolean {
  const text = JSON.stringify(values);
  return ["sha256", "sha3-256"].some((algorithm) => createHash(algorithm).update(text).digest("hex") === expected);
}

/** A chain is deleted together with its organization or account, never alone. */
async function missingChain(db: Database, id: string): Promise<ChainReport> {
  const [owners] = await db.all<{ count: number }>(sql`
    select (select count(*) from ${organization} where ${organization.id} = ${id}
        and not exists (select 1 from ${removedOrganization} where ${removedOrganization.id} = ${id}))
      + (select count(*) from ${user} where ${user.id} = ${id}) as count`);
  if (owners?.count === 0) return { ...empty(id), isGone: true };
  return { ...empty(id), faults: ["the whole chain is missing, and there are copies of it"] };
}

function minutes(milliseconds: number): string {
  return `${Math.floor(milliseconds / 60_000)} minutes`;
}
