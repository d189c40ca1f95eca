import { createHash } from "node:crypto";
import { and, asc, count, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "../../app/db/client.server.ts";
import { auditChain, auditEntry } from "../../app/db/schema/audit.ts";

const ENTRIES_PER_TRIP = 2_000;

export type ChainReport = {
  /** Of the organization or the person. */
  id: string;
  entries: number;
  /** Entries whose names or addresses were erased, as they are with an account: their links still hold. */
  erased: number;
  /** What is wrong, in words; none means that the chain is whole. */
  faults: string[];
};

/**
 * Follows every chain of audit entries from its first to its last, and computes each link anew: the same that the trigger
 * `audit_entry_chained` has written, by other means.
 */
export async function verifyChains(db: Database): Promise<ChainReport[]> {
  const chains = await db.select().from(auditChain).orderBy(asc(auditChain.id));
  const reports: ChainReport[] = [];
  for (const chain of chains) reports.push(await verifyChain(db, chain));
  const loose = await db.all<{ id: string; entries: number }>(sql`
    select coalesce(organization_id, actor_id) as id, count(*) as entries from ${auditEntry}
    where coalesce(organization_id, actor_id) not in (select id from ${auditChain}) group by 1`);
  for (const { id, entries } of loose) reports.push({ id, entries, erased: 0, faults: ["the chain's end is missing"] });
  return reports;
}

type Chain = typeof auditChain.$inferSelect;

async function verifyChain(db: Database, { id, organizationId, entries, hash: end }: Chain): Promise<ChainReport> {
  const report: ChainReport = { id, entries: 0, erased: 0, faults: [] };
  const own =
    organizationId === null
      ? and(isNull(auditEntry.organizationId), eq(auditEntry.actorId, id))
      : eq(auditEntry.organizationId, id);
  let sequence = 0;
  let previous = "";
  for (;;) {
    const rows = await entriesAfter(db, own, sequence);
    for (const row of rows) {
      const place = row.sequence ?? 0;
      if (place !== sequence + 1) report.faults.push(`entries ${sequence + 1} to ${place - 1} are missing`);
      const hash = digest([
        previous,
        place,
        row.id,
        id,
        row.actorId,
        row.action,
        row.targetId,
        row.createdAt,
        row.ipDigest,
        row.targetDigest,
      ]);
      if (hash !== row.hash) report.faults.push(`entry ${place} is not the one that was written`);
      const { isErased, isChanged } = judgeDetails(row);
      if (isErased) report.erased += 1;
      if (isChanged) report.faults.push(`entry ${place} says something else than was written`);
      // From here the chain is followed by what stands there, so one fault is told once.
      previous = row.hash ?? "";
      sequence = place;
      report.entries += 1;
    }
    if (rows.length < ENTRIES_PER_TRIP) break;
  }
  const [[found]] = await db.batch([db.select({ count: count() }).from(auditEntry).where(own)]);
  const outside = (found?.count ?? 0) - report.entries;
  if (outside !== 0) report.faults.push(`${outside} entries stand outside the chain`);
  if (sequence < entries) report.faults.push(`entries ${sequence + 1} to ${entries} are missing`);
  else if (previous !== end) report.faults.push("the last entry is not the one that was written");
  return report;
}

function entriesAfter(db: Database, own: ReturnType<typeof and>, sequence: number) {
  return db
    .select({
      id: auditEntry.id,
      actorId: auditEntry.actorId,
      action: auditEntry.action,
      targetId: auditEntry.targetId,
      targetName: auditEntry.targetName,
      // As they are written, not as a program reads them.
      before: sql<string | null>`${auditEntry.before}`,
      after: sql<string | null>`${auditEntry.after}`,
      ipAddress: auditEntry.ipAddress,
      createdAt: sql<number>`${auditEntry.createdAt}`,
      sequence: auditEntry.sequence,
      hash: auditEntry.hash,
      ipSalt: auditEntry.ipSalt,
      ipDigest: auditEntry.ipDigest,
      targetSalt: auditEntry.targetSalt,
      targetDigest: auditEntry.targetDigest,
    })
    .from(auditEntry)
    .where(and(own, gt(auditEntry.sequence, sequence)))
    .orderBy(asc(auditEntry.sequence))
    .limit(ENTRIES_PER_TRIP);
}

type Entry = Awaited<ReturnType<typeof entriesAfter>>[number];

/** What was erased has lost its salt with its words; with a salt, the words must be those of the digest. */
function judgeDetails({ ipSalt, ipAddress, ipDigest, targetSalt, targetName, before, after, targetDigest }: Entry) {
  const parts = [
    { salt: ipSalt, words: [ipAddress], expected: ipDigest },
    { salt: targetSalt, words: [targetName, before, after], expected: targetDigest },
  ];
  return {
    isErased: parts.some(({ salt }) => salt === null),
    isChanged: parts.some(({ salt, words, expected }) =>
      salt === null ? words.some((word) => word !== null) : digest([salt, ...words]) !== expected,
    ),
  };
}

function digest(values: (string | number | null)[]): string {
  return createHash("sha3-256").update(JSON.stringify(values)).digest("hex");
}
