import { type SQL, sql } from "drizzle-orm";
import { countAttempt, isBelow, type RateLimit, secondsToWait } from "#app/operation/limits.server.ts";
import { type KeyAsked, keyOf } from "./key-access.server.ts";
import { type Place, reachedBy } from "./place.server.ts";
import type { Services } from "./services.server.ts";

const SECONDS = 60;
/** All keys of an organization share a bucket that is this many times larger than the bucket of one key. */
const ORGANIZATION_TIMES = 5;

export type KeyLimits = { reads: number; writes: number };

type Counted = { count: number; resetAt: Date };

/** The buckets of the key and of its organization, counted in the round trip that checks access. None for a person. */
export function bucketsOf(services: Services, place: Place, kind: keyof KeyLimits) {
  if (place.kind !== "key") return { statements: [], limits: [] };
  return bucketsOfKey(services, { ...place, reached: reachedBy(place) }, kind);
}

type Counting = { asked: KeyAsked; reached: SQL };

export function bucketsOfKey({ db, keyLimits, now }: Services, { asked, reached }: Counting, kind: keyof KeyLimits) {
  const times = keyLimits[kind];
  // Counted by the key's id, so a new secret does not start a new count.
  const own = { key: sql`${`api:${kind}:key:`} || ${keyOf(asked)}`, times, seconds: SECONDS };
  const limits: RateLimit[] = [
    own,
    {
      key: sql`${`api:${kind}:organization:`} || ${reached}`,
      times: ORGANIZATION_TIMES * times,
      seconds: SECONDS,
      // A refused request, which its own bucket has just counted, takes nothing from the other keys.
      cost: sql`(${isBelow({ ...own, times: times + 1 }, now)})`,
    },
  ];
  return {
    limits,
    statements: limits.map((limit) => countAttempt(db, limit, { now, when: sql`${reached} is not null` })),
  };
}

/** Sets the headers on how full the buckets are (draft-ietf-httpapi-ratelimit-headers). Returns seconds to wait, or null. */
export function sayBuckets(
  { trace, now }: Services,
  limits: readonly RateLimit[],
  rows: readonly unknown[],
): number | null {
  const counted = rows.map((row) => (row as Counted[])[0]);
  const known = ["key", "organization"].flatMap((name, place) => {
    const [limit, found] = [limits[place], counted[place]];
    if (limit === undefined || found === undefined) return [];
    const left = Math.max(0, limit.times - found.count);
    const resets = Math.max(1, Math.ceil((found.resetAt.getTime() - now.getTime()) / 1_000));
    return [{ policy: `"${name}";q=${limit.times};w=${SECONDS}`, state: `"${name}";r=${left};t=${resets}` }];
  });
  if (known.length === 0) return null;
  trace.headers.set("RateLimit-Policy", known.map(({ policy }) => policy).join(", "));
  trace.headers.set("RateLimit", known.map(({ state }) => state).join(", "));
  return secondsToWait(limits, counted, now);
}
