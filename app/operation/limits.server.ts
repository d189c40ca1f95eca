import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { knownDevice, user } from "#app/db/schema/people.ts";
import { DAY_SECONDS } from "#app/durations.server.ts";
import { UNASKED_MAILS_PER_DAY } from "#app/mail/limits.ts";
import { digest } from "#app/tokens.server.ts";
import { CHANGES_PER_MINUTE, LINKS_PER_MINUTE, UPLOADS_PER_MINUTE } from "./limits.ts";

/** At most `times` per `seconds` under one key (SQL if only the batch knows it). Adds `cost` (default 1) where `when` holds. */
export type RateLimit = { key: string | SQL; times: number; seconds: number; when?: SQL; cost?: number | SQL };

export type Asking = {
  ipAddress: string;
  userId: string | null;
  /** SQL for the id of the key that calls, which is the same for all its secrets. Null if the caller is not a key. */
  keyId: SQL | null;
  organizationId: SQL;
  deviceHash: string;
};

export type Limit<I> = (input: I, asking: Asking) => RateLimit[];

/** The reason why a write needs no limit. */
export type Unlimited = { readonly unlimited: string };

/** Counts in one statement, so each of several parallel requests gets its own number. Counts nothing unless `when` holds. */
export function countAttempt(
  db: Database,
  { key, seconds, cost = 1 }: RateLimit,
  { now, when }: { now: Date; when: SQL },
) {
  const resetAt = new Date(now.getTime() + seconds * 1000);
  const isOver = sql`${rateLimit.resetAt} <= ${now.getTime()}`;
  const attempt = db
    .select({
      key: sql<string>`${key}`.as("key"),
      count: sql<number>`${cost}`.as("count"),
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
        count: sql`case when ${isOver} then ${cost} else ${rateLimit.count} + ${cost} end`,
        resetAt: sql`case when ${isOver} then ${resetAt.getTime()} else ${rateLimit.resetAt} end`,
      },
    })
    .returning({ count: rateLimit.count, resetAt: rateLimit.resetAt });
}

/** SQL that is true while fewer than `times` were counted. For attempts that only count once the batch has done the work. */
export function isBelow({ key, times }: RateLimit, now: Date): SQL {
  return sql`coalesce((
    select ${rateLimit.count} from ${rateLimit} where ${rateLimit.key} = ${key} and ${rateLimit.resetAt} > ${now.getTime()}), 0) < ${times}`;
}

type Attempt = { count: number; resetAt: Date };

export function secondsToWait(limits: readonly RateLimit[], attempts: readonly (Attempt | undefined)[], now: Date) {
  const waits = limits.flatMap(({ times }, index) => {
    const attempt = attempts[index];
    if (attempt === undefined || attempt.count <= times) return [];
    return [Math.max(1, Math.ceil((attempt.resetAt.getTime() - now.getTime()) / 1000))];
  });
  return waits.length === 0 ? null : Math.max(...waits);
}

export function allOf<I>(...limits: readonly Limit<I>[]): Limit<I> {
  return (input, asking) => limits.flatMap((limit) => limit(input, asking));
}

export function countingEach<I>(limit: Limit<I>, numberOf: (input: I) => number): Limit<I> {
  return (input, asking) => limit(input, asking).map((each) => ({ ...each, cost: numberOf(input) }));
}

/** Attackers have many networks or addresses. A browser known to the account has its own count, so strangers lock no one out. */
export function perIpAndAddress(name: string, times: number, seconds: number) {
  return ({ email }: { email: string }, { ipAddress, deviceHash }: Asking): RateLimit[] => {
    const isKnown = knownTo(email, deviceHash);
    const isStrange = sql`not ${isKnown}`;
    return [
      { key: `${name}:device:${deviceHash}:${email}`, times, seconds, when: isKnown },
      { key: `${name}:ip:${networkOf(ipAddress)}`, times, seconds, when: isStrange },
      { key: `${name}:address:${email}`, times, seconds, when: isStrange },
    ];
  };
}

/** Limits the mails to one address, no matter who requests them. */
function perRecipient(name: string, times: number, seconds: number) {
  return ({ email }: { email: string }, { deviceHash }: Asking): RateLimit[] => [
    { key: `${name}:address:${digest(email)}`, times, seconds, when: sql`not ${knownTo(email, deviceHash)}` },
  ];
}

export function knownTo(email: string | SQL, deviceHash: string): SQL {
  return sql`exists (
    select 1 from ${knownDevice} join ${user} on ${user.id} = ${knownDevice.userId}
    where ${user.email} = ${email} and ${knownDevice.deviceHash} = ${deviceHash})`;
}

/** Counts a person wherever they act, and each key by itself. */
export function perPerson(name: string, times: number, seconds: number) {
  return (_input: unknown, { userId, keyId, ipAddress }: Asking): RateLimit[] => [
    {
      key: keyId === null ? `${name}:${userId ?? networkOf(ipAddress)}` : sql`${`${name}:key:`} || ${keyId}`,
      times,
      seconds,
    },
  ];
}

/** Like `perPerson`, but all keys of an organization share one count, so making keys does not raise a person's limit. */
export function perPersonOrKeys(name: string, times: number, seconds: number) {
  return (_input: unknown, asking: Asking): RateLimit[] =>
    asking.keyId === null
      ? perPerson(name, times, seconds)(null, asking)
      : [{ key: sql`${`${name}:keys:`} || ${asking.organizationId}`, times, seconds }];
}

export function perPersonAndDevice(name: string, times: number, seconds: number) {
  return (_input: unknown, { userId, deviceHash, ipAddress }: Asking): RateLimit[] => {
    const isKnown = sql`exists (
      select 1 from ${knownDevice} where ${knownDevice.userId} = ${userId} and ${knownDevice.deviceHash} = ${deviceHash})`;
    return [
      { key: `${name}:device:${deviceHash}:${userId}`, times, seconds, when: isKnown },
      { key: `${name}:${userId ?? networkOf(ipAddress)}`, times, seconds, when: sql`not ${isKnown}` },
    ];
  };
}

export function perNetwork(name: string, times: number, seconds: number) {
  return (_input: unknown, { ipAddress }: Asking): RateLimit[] => [
    { key: `${name}:ip:${networkOf(ipAddress)}`, times, seconds },
  ];
}

/** One count per organization, under any of its slugs. Nothing counts without access. */
export function perOrganization(name: string, times: number, seconds: number) {
  return (_input: unknown, { organizationId }: Asking): RateLimit[] => [
    { key: sql`${`${name}:`} || ${organizationId}`, times, seconds },
  ];
}

/** In an organization, each person has a count and all keys share one, so that no one uses up what others need. */
export function perCallerInside(name: string, times: number, seconds: number) {
  return (_input: unknown, { userId, keyId, organizationId }: Asking): RateLimit[] => [
    { key: sql`${`${name}:${keyId === null ? userId : "keys"}:`} || ${organizationId}`, times, seconds },
  ];
}

export const changeLimit = perPerson("change", CHANGES_PER_MINUTE, 60);

export const linkLimit = perNetwork("link", LINKS_PER_MINUTE, 60);

export const mailLimit = perRecipient("mail", UNASKED_MAILS_PER_DAY, DAY_SECONDS);

export const uploadLimit = perPerson("upload", UPLOADS_PER_MINUTE, 60);

/** An IPv6 subscriber has a whole /64, so a /64 counts as one network. With IPv4, each address counts. */
export function networkOf(ipAddress: string): string {
  if (!ipAddress.includes(":") || ipAddress.includes(".")) return ipAddress;
  const [start = "", end] = ipAddress.toLowerCase().split("::");
  const before = start.split(":").filter(Boolean);
  const after = (end ?? "").split(":").filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}

const IPV4_HOST = /\.\d{1,3}$/;

/** The network around an address, for storage and logs: a /24 for IPv4, a /64 for IPv6. */
export function neighbourhoodOf(ipAddress: string): string {
  return networkOf(ipAddress).replace(IPV4_HOST, ".0/24");
}
