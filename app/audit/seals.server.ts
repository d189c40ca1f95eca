import { and, asc, eq, gt, gte, inArray, isNull, min, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { auditChain, auditEntry, chainOf } from "#app/db/schema/audit.ts";
import { MINUTE_MS } from "#app/durations.server.ts";
import { keepForms } from "./entry-search.server.ts";
import { UNSEALED_LIMIT_MINUTES } from "./limits.ts";
import { digest, digestsOf, linkedColumns, linkOf } from "./links.server.ts";

/** Few enough that no other write waits long for the database. */
const WAITING_PER_ROUND = 100;
const SEALED_PER_ROUND = 200;
const ROUNDS_PER_RUN = 50;

const isWaiting = isNull(auditEntry.hash);

export async function sealEntriesSince(db: Database, since: Date): Promise<void> {
  await sealRound(db, since);
}

/** `overdueSince` is when the oldest entry was written that cannot be sealed because its chain was changed; null if none. */
export async function sealAllEntries({ db, now }: { db: Database; now: Date }): Promise<{ overdueSince: Date | null }> {
  for (let round = 0; round < ROUNDS_PER_RUN; round += 1) {
    const { sealed, oldest } = await sealRound(db, new Date(0));
    if (sealed > 0) continue;
    const isOverdue = oldest !== null && oldest.getTime() < now.getTime() - UNSEALED_LIMIT_MINUTES * MINUTE_MS;
    return { overdueSince: isOverdue ? oldest : null };
  }
  return { overdueSince: null };
}

/** Reads in one round trip and seals in another, unless the entries were sealed in between. */
async function sealRound(db: Database, since: Date): Promise<{ sealed: number; oldest: Date | null }> {
  const [entries, [waiting]] = await db.batch([
    waitingEntries(db, since),
    db
      .select({ oldest: min(auditEntry.createdAt) })
      .from(auditEntry)
      .where(isWaiting),
  ]);
  if (entries.length > 0) await writeSeals(db, await sealsOf(entries), keepForms(db, entries));
  return { sealed: entries.length, oldest: waiting?.oldest ?? null };
}

function waitingEntries(db: Database, since: Date) {
  const chains = db
    .select({ id: chainOf })
    .from(auditEntry)
    .where(and(isWaiting, gte(auditEntry.createdAt, since)))
    .orderBy(asc(auditEntry.createdAt))
    .limit(WAITING_PER_ROUND);
  return db
    .select({
      chain: auditChain.id,
      end: auditChain.sealed,
      endHash: auditChain.hash,
      ...linkedColumns,
    })
    .from(auditChain)
    .innerJoin(auditEntry, and(eq(chainOf, auditChain.id), gt(auditEntry.sequence, auditChain.sealed), isWaiting))
    .where(inArray(auditChain.id, chains))
    .orderBy(asc(auditChain.id), asc(auditEntry.sequence))
    .limit(SEALED_PER_ROUND);
}

type WaitingEntry = Awaited<ReturnType<typeof waitingEntries>>[number];

type Seal = Pick<WaitingEntry, "chain" | "end" | "endHash" | "id" | "place"> & {
  ipDigest: string | null;
  targetDigest: string | null;
  hash: string;
};

async function sealsOf(entries: readonly WaitingEntry[]): Promise<Seal[]> {
  const seals: Seal[] = [];
  for (const entry of entries) {
    const before = seals.at(-1);
    seals.push(await sealOf(entry, before?.chain === entry.chain ? before.hash : entry.endHash));
  }
  return seals;
}

async function sealOf(entry: WaitingEntry, previous: string): Promise<Seal> {
  const { chain, end, endHash, id, place } = entry;
  const digests = await digestsOf(entry);
  return { chain, end, endHash, id, place, ...digests, hash: await digest(linkOf({ ...entry, ...digests }, previous)) };
}

/** Writes only where a chain still ends as it was read: if two seal at the same time, one succeeds, and no chain is forked. */
async function writeSeals(db: Database, seals: readonly Seal[], forms: ReturnType<typeof keepForms>): Promise<void> {
  const ends = seals.filter(({ chain }, index) => chain !== seals[index + 1]?.chain);
  const isEnd = sql`${auditChain.id} = seal.value ->> 'chain' and ${auditChain.sealed} = seal.value ->> 'end'
    and ${auditChain.hash} = seal.value ->> 'endHash'`;
  await db.batch([
    db.run(sql`
      update ${auditEntry}
      set ip_digest = seal.value ->> 'ipDigest', target_digest = seal.value ->> 'targetDigest', hash = seal.value ->> 'hash'
      from json_each(${JSON.stringify(seals)}) as seal
      where ${auditEntry.id} = seal.value ->> 'id' and exists (select 1 from ${auditChain} where ${isEnd})`),
    db.run(sql`
      update ${auditChain} set sealed = seal.value ->> 'place', hash = seal.value ->> 'hash'
      from json_each(${JSON.stringify(ends)}) as seal where ${isEnd}`),
    forms,
  ]);
}
