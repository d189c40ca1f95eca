import { and, asc, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { auditChain, auditEntry, type ChainFault, chainOf } from "#app/db/schema/audit.ts";
import { MINUTE_MS } from "#app/durations.server.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { CHECK_MINUTES, CHECKS_IN_A_ROW, ENTRIES_PER_CHECK, UNSEALED_LIMIT_MINUTES } from "./limits.ts";
import { digest, type Facts, formerDigest, linkedColumns, linkOf, saltedWords } from "./links.server.ts";

type Reached = { place: number; hash: string; fault: ChainFault | null; isEnded: boolean };

/**
 * Checks the next part of the organization's chain. Starts at the first entry if the last check has ended or began more than
 * `CHECK_MINUTES` ago. `goesOn` is true if there is more to check and the next request can follow automatically.
 */
export async function checkChain(grant: Grant<"audit:read">): Promise<{ ok: true; goesOn: boolean }> {
  const { now, organizationId } = grant;
  const isGoingOn = isTrue(sql`(${auditChain.checkEndedAt} is null
    and ${auditChain.checkStartedAt} > ${now.getTime() - CHECK_MINUTES * MINUTE_MS})`);
  const chain = grant
    .select({
      entries: auditChain.entries,
      sealed: auditChain.sealed,
      hash: auditChain.hash,
      startedAt: auditChain.checkStartedAt,
      checkPlace: auditChain.checkPlace,
      checkHash: auditChain.checkHash,
      isGoingOn,
    })
    .from(auditChain);
  const start = grant
    .select({ place: sql<number>`case when ${isGoingOn} then ${auditChain.checkPlace} else 0 end` })
    .from(auditChain);
  // The index on places begins with the chain.
  const isOurs = eq(chainOf, organizationId);
  const read = await grant.read({
    chain,
    entries: entriesIn(grant, and(isOurs, gt(auditEntry.sequence, sql`${start}`))),
    outside: grant
      .selectPicked({ id: auditEntry.id })
      .from(auditEntry)
      .where(and(isOurs, or(isNull(auditEntry.sequence), lt(auditEntry.sequence, 1))))
      .limit(1),
  });
  const [kept] = read.chain;
  const begun = kept?.isGoingOn ? { place: kept.checkPlace, hash: kept.checkHash } : { place: 0, hash: "" };
  const { place, hash, fault, isEnded } = kept
    ? await follow({ ...read, chain: kept, organizationId, now }, begun)
    : { ...begun, fault: null, isEnded: true };
  await change(grant, {
    unlogged: "Checking a log does not add an entry to it.",
    makes: (entry) => ({
      checked: entry.update(
        auditChain,
        {
          checkStartedAt: kept?.isGoingOn ? kept.startedAt : now,
          checkEndedAt: isEnded ? now : null,
          ...{ checkPlace: place, checkHash: hash, checkFault: fault },
        },
        // If two requests check at the same time, one writes its result, and the next check continues from there.
        sql`${auditChain.checkStartedAt} is ${kept?.startedAt?.getTime() ?? null}`,
        eq(auditChain.checkPlace, kept?.checkPlace ?? 0),
      ),
    }),
  });
  return { ok: true, goesOn: !isEnded && Math.floor(place / ENTRIES_PER_CHECK) % CHECKS_IN_A_ROW > 0 };
}

type Read = {
  chain: { entries: number; sealed: number; hash: string };
  entries: Awaited<ReturnType<typeof entriesIn>>;
  outside: readonly unknown[];
  organizationId: string;
  now: Date;
};

/** Follows the chain after `begun`, whose link is `begun.hash`, to the end of what was read or to the first fault. */
async function follow({ chain, entries, outside, organizationId, now }: Read, begun: { place: number; hash: string }) {
  let { place, hash } = begun;
  const stop = (fault: ChainFault | null): Reached => ({ place, hash, fault, isEnded: true });
  if (outside.length > 0) return stop("outside");
  for (const entry of entries) {
    if (entry.place !== place + 1) return stop("missing");
    if (entry.hash === null && entry.place > chain.sealed) {
      const isOverdue = entry.createdAt < now.getTime() - UNSEALED_LIMIT_MINUTES * MINUTE_MS;
      // A recent entry is about to be sealed.
      return stop(isOverdue ? "unsealed" : isAtEnd() ? null : "end");
    }
    if (!(await isAsWritten({ ...entry, chain: organizationId }, hash))) return stop("changed");
    place = entry.place;
    hash = entry.hash ?? "";
  }
  if (entries.length === ENTRIES_PER_CHECK) return { place, hash, fault: null, isEnded: false };
  if (place < chain.entries) return stop("missing");
  return stop(isAtEnd() ? null : "end");

  function isAtEnd() {
    return place === chain.sealed && hash === chain.hash;
  }
}

type Entry = Awaited<ReturnType<typeof entriesIn>>[number] & { chain: string };

/** Erased words have lost their salt, and only their digest is kept. Words with a salt must match their digest. */
async function isAsWritten(entry: Entry, previous: string): Promise<boolean> {
  const { actorKind, via, requestId, ipAddress, userAgent, targetName, before, after, hash } = entry;
  if (actorKind === null && (via ?? requestId) !== null) return false;
  if (!(await isDigest(hash, linkOf(entry, previous)))) return false;
  const [address, target] = saltedWords(entry);
  const isErased = (...words: unknown[]) => words.every((word) => word === null);
  return (
    (address === null ? isErased(ipAddress, userAgent) : await isDigest(entry.ipDigest, address)) &&
    (target === null ? isErased(targetName, before, after) : await isDigest(entry.targetDigest, target))
  );
}

async function isDigest(expected: string | null, values: Facts): Promise<boolean> {
  return expected !== null && ((await digest(values)) === expected || (await formerDigest(values)) === expected);
}

function entriesIn({ selectPicked }: Grant<"audit:read">, where: SQL | undefined) {
  return selectPicked({
    ...linkedColumns,
    hash: auditEntry.hash,
    ipDigest: auditEntry.ipDigest,
    targetDigest: auditEntry.targetDigest,
  })
    .from(auditEntry)
    .where(where)
    .orderBy(asc(auditEntry.sequence))
    .limit(ENTRIES_PER_CHECK);
}
