import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { rateLimit } from "#app/db/schema/limits.ts";

/** At most `times` per `seconds` under one key, such as `sign-in:ip:203.0.113.7`; or SQL for what the batch alone knows. */
export type RateLimit = { key: string | SQL; times: number; seconds: number };

/**
 * Counts this attempt and answers the count with it, in one statement: parallel requests each get a number of their own.
 * Counts nothing unless `when` holds, so that nobody uses up what is another's.
 */
export function countAttempt(db: Database, { key, seconds }: RateLimit, { now, when }: { now: Date; when: SQL }) {
  const resetAt = new Date(now.getTime() + seconds * 1000);
  const isOver = sql`${rateLimit.resetAt} <= ${now.getTime()}`;
  const attempt = db
    .select({
      key: sql<string>`${key}`.as("key"),
      count: sql<number>`1`.as("count"),
      resetAt: sql<Date>`${resetAt.getTime()}`.as("reset_at"),
    })
    .from(sql`(select 1)`)
    .where(when);
  return db
    .insert(rateLimit)
    .select(attempt)
    .onConflictDoUpdate({
      target: rateLimit.key,
      set: {
        count: sql`case when ${isOver} then 1 else ${rateLimit.count} + 1 end`,
        resetAt: sql`case when ${isOver} then ${resetAt.getTime()} else ${rateLimit.resetAt} end`,
      },
    })
    .returning({ count: rateLimit.count, resetAt: rateLimit.resetAt });
}

type Attempt = { count: number; resetAt: Date };

/** Seconds until all of the limits allow again, or null when none is passed. */
export function secondsToWait(limits: readonly RateLimit[], attempts: readonly (Attempt | undefined)[], now: Date) {
  const waits = limits.flatMap(({ times }, index) => {
    const attempt = attempts[index];
    if (attempt === undefined || attempt.count <= times) return [];
    return [Math.max(1, Math.ceil((attempt.resetAt.getTime() - now.getTime()) / 1000))];
  });
  return waits.length === 0 ? null : Math.max(...waits);
}

/** The same limit per network address and per account address, as a person or an attacker may hold one of them still. */
export function perIpAndAddress(
  name: string,
  times: number,
  { ipAddress, email }: { ipAddress: string; email: string },
) {
  return [`${name}:ip:${networkOf(ipAddress)}`, `${name}:address:${email}`].map((key) => ({ key, times, seconds: 60 }));
}

/** For `limit`: one count per person, wherever they are. */
export function perPerson(name: string, times: number, seconds: number) {
  return (_input: unknown, { userId, ipAddress }: { userId: string | null; ipAddress: string }): RateLimit[] => [
    { key: `${name}:${userId ?? networkOf(ipAddress)}`, times, seconds },
  ];
}

/** For `limit`: one count per organization, whatever it is called by the request, and none by whoever has no access. */
export function perOrganization(name: string, times: number, seconds: number) {
  return (_input: unknown, { organizationId }: { organizationId: SQL }): RateLimit[] => [
    { key: sql`${`${name}:`} || ${organizationId}`, times, seconds },
  ];
}

/** Whoever has one address of IPv6 has its /64, so all of them count as one; of IPv4 each counts. */
export function networkOf(ipAddress: string): string {
  if (!ipAddress.includes(":") || ipAddress.includes(".")) return ipAddress;
  const [start = "", end] = ipAddress.toLowerCase().split("::");
  const before = start.split(":").filter(Boolean);
  const after = (end ?? "").split(":").filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
