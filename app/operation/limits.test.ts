import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { knownDevice } from "#app/db/schema/people.ts";
import { aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import {
  type Asking,
  countAttempt,
  countingEach,
  isBelow,
  neighbourhoodOf,
  perIpAndAddress,
  perPerson,
  perPersonAndDevice,
  perPersonOrKeys,
  type RateLimit,
  secondsToWait,
} from "./limits.server.ts";

const db = testDatabase();
const start = Date.now();

async function attempt(limit: RateLimit, second: number, when = sql`true`) {
  const now = new Date(start + second * 1000);
  const below = await db.get<{ isBelow: number }>(sql`select ${isBelow(limit, now)} as "isBelow"`);
  const [counted] = await countAttempt(db, limit, { now, when });
  return { isBelow: below.isBelow === 1, count: counted?.count, wait: secondsToWait([limit], [counted], now) };
}

test("a limit counts from the first attempt to the end of its time, which later attempts do not extend", async () => {
  const limit = { key: crypto.randomUUID(), times: 3, seconds: 60 };
  expect(await attempt(limit, 0)).toEqual({ isBelow: true, count: 1, wait: null });
  expect(await attempt({ ...limit, cost: 2 }, 30)).toEqual({ isBelow: true, count: 3, wait: null });
  expect(await attempt(limit, 40)).toEqual({ isBelow: false, count: 4, wait: 20 });
  expect(await attempt(limit, 59.999)).toEqual({ isBelow: false, count: 5, wait: 1 });
  expect(await attempt({ ...limit, cost: 2 }, 60)).toEqual({ isBelow: true, count: 2, wait: null });
});

test("an attempt that does not concern a limit is not counted", async () => {
  const limit = { key: crypto.randomUUID(), times: 1, seconds: 60 };
  expect(await attempt(limit, 0, sql`false`)).toEqual({ isBelow: true, count: undefined, wait: null });
  expect(await attempt(limit, 1)).toEqual({ isBelow: true, count: 1, wait: null });
});

test("a person over several limits waits until none of them is full", () => {
  const limits = [3, 1, 2].map((times) => ({ key: "", times, seconds: 90 }));
  const counted = [5, 2, 2].map((count, at) => ({ count, resetAt: new Date(start + (at + 1) * 30_000) }));
  expect(secondsToWait(limits, counted, new Date(start))).toBe(60);
});

const stranger = { ipAddress: "2001:db8:1:2::1", userId: null, keyId: null, organizationId: sql`'here'` };

/** Whether each of the attempts, one after the other, is over a limit. */
async function areOver(attempts: readonly RateLimit[][]) {
  const results: boolean[] = [];
  for (const limits of attempts) {
    const now = new Date(start);
    const counts = limits.map((limit) => countAttempt(db, limit, { now, when: limit.when ?? sql`true` }));
    const counted = (await Promise.all(counts)).map(([count]) => count);
    results.push(secondsToWait(limits, counted, now) !== null);
  }
  return results;
}

test("guesses from one network are limited whatever the addresses, and those of a known browser count apart", async () => {
  const person = await aPerson(db);
  const known = crypto.randomUUID();
  await db.insert(knownDevice).values({ userId: person.id, deviceHash: known, lastSeenAt: new Date(start) });
  const limit = perIpAndAddress(crypto.randomUUID(), 2, 60);
  const guess = (email: string, end: string, deviceHash = "unknown") =>
    limit({ email }, { ...stranger, ipAddress: `2001:db8:1:2::${end}`, deviceHash });
  const own = [guess(person.email, "1", known), guess(person.email, "1", known)];
  const others = ["a", "b", "c"].map((name) => guess(`${name}@person.test`, name));
  expect(await areOver([...own, ...others])).toEqual([false, false, false, false, true]);
});

test("a browser that the account knows has a count of its own, which is limited too", async () => {
  const { id: userId } = await aPerson(db);
  const known = crypto.randomUUID();
  await db.insert(knownDevice).values({ userId, deviceHash: known, lastSeenAt: new Date(start) });
  const limit = perPersonAndDevice(crypto.randomUUID(), 1, 60);
  const by = (deviceHash: string) => limit(null, { ...stranger, userId, deviceHash });
  expect(await areOver([by("unknown"), by("unknown"), by(known), by(known)])).toEqual([false, true, false, true]);
});

test("a write that changes several things counts once for each", async () => {
  const limit = countingEach(perPerson(crypto.randomUUID(), 3, 60), (several: number) => several);
  const changing = (several: number) => limit(several, { ...stranger, deviceHash: "" });
  expect(await areOver([changing(2), changing(1), changing(1)])).toEqual([false, false, true]);
});

test("each key has a count of its own, or one together with the other keys of its organization", async () => {
  const by = (limit: (input: unknown, asking: Asking) => RateLimit[], organization: string, key: string) =>
    limit(null, { ...stranger, deviceHash: "", keyId: sql`${key}`, organizationId: sql`${organization}` });
  const [apart, shared] = [perPerson(crypto.randomUUID(), 1, 60), perPersonOrKeys(crypto.randomUUID(), 1, 60)];
  const calls = [
    ["here", "one"],
    ["here", "other"],
    ["there", "third"],
    ["here", "one"],
  ] as const;
  expect(await areOver(calls.map(([organization, key]) => by(apart, organization, key)))).toEqual([
    ...[false, false, false, true],
  ]);
  expect(await areOver(calls.map(([organization, key]) => by(shared, organization, key)))).toEqual([
    ...[false, true, false, true],
  ]);
});

test("someone who is not signed in is counted by their network", async () => {
  const limit = perPerson(crypto.randomUUID(), 1, 60);
  const from = (ipAddress: string) => limit(null, { ...stranger, deviceHash: "", ipAddress });
  expect(await areOver([from("2001:db8:1:2::1"), from("2001:db8:1:2::2"), from("2001:db8:1:3::1")])).toEqual([
    ...[false, true, false],
  ]);
});

test("what is stored of an address is its network, not the address", () => {
  expect(["203.0.113.77", "::ffff:203.0.113.77", "2001:db8:1:2::7", "unknown"].map(neighbourhoodOf)).toEqual([
    "203.0.113.0/24",
    "::ffff:203.0.113.0/24",
    "2001:db8:1:2::/64",
    "unknown",
  ]);
});
