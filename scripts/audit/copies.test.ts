import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { copiedChainEnds, copyChainEnds } from "#app/audit/chain-ends.server.ts";
import { sealAllEntries } from "#app/audit/seals.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { auditChain, auditEntry, chainOf } from "#app/db/schema/audit.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { createMemoryStorage } from "#app/storage/memory.server.ts";
import { aSession } from "#app/test/builders.ts";
import { aDatabase, aLog, aSealedLog } from "./a-log.ts";
import { verifyChains } from "./chains.ts";

const { db, end } = await aDatabase();
let storage = createMemoryStorage();

beforeEach(async () => {
  storage = createMemoryStorage();
  await db.delete(organization);
});
afterAll(() => end());

const copyOn = (day: string) => copyChainEnds({ db, storage, now: new Date(`${day}T00:05:00Z`) });
const copies = async () => (await copiedChainEnds(storage)).ends;
const keys = async () => (await storage.list("")).files.map(({ key }) => key);

/** What someone with access to the database can do: change an entry and recompute every seal so that all of them fit. */
async function rewrite(held: Database, chain: string, place: number, values: Partial<typeof auditEntry.$inferInsert>) {
  const own = eq(auditEntry.organizationId, chain);
  await held.update(auditEntry).set(values).where(sql`${own} and ${auditEntry.sequence} = ${place}`);
  await held.update(auditEntry).set({ hash: null, ipDigest: null, targetDigest: null }).where(own);
  await held.update(auditChain).set({ sealed: 0, hash: "" }).where(eq(auditChain.id, chain));
  await sealAllEntries({ db: held, now: new Date() });
}

test("only the copies reveal a chain that was rewritten from its first link on", async () => {
  const { id, report } = await aSealedLog(db);
  await copyOn("2026-03-01");
  expect(await report({ copies: await copies() })).toMatchObject({ entries: 5, faults: [] });
  await rewrite(db, id, 2, { targetName: "Somebody else", actorId: "somebody-else" });
  expect(await report(), "every link of the chain is valid").toMatchObject({ entries: 5, faults: [] });
  expect((await report({ copies: await copies() }))?.faults).toEqual([
    "entry 5 differs from the one whose seal was copied on 2026-03-01",
  ]);
  // A copy of the rewritten chain does not hide the fault.
  await copyOn("2026-03-02");
  expect((await report({ copies: await copies() }))?.faults).not.toEqual([]);
});

test("the copies reveal entries cut off from the end of a chain, even if others have taken their places", async () => {
  const { id, remove, write, seal, entryAt, report } = await aSealedLog(db);
  await copyOn("2026-03-01");
  for (const place of [4, 5]) await remove(place);
  const { hash = "" } = (await entryAt(3)) ?? {};
  await db
    .update(auditChain)
    .set({ entries: 3, sealed: 3, hash: hash ?? "" })
    .where(eq(auditChain.id, id));
  expect((await report())?.faults).toEqual([]);
  expect((await report({ copies: await copies() }))?.faults).toEqual([
    "entry 5, whose seal was copied on 2026-03-01, is missing",
  ]);
  for (const index of [4, 5, 6]) await write(index);
  await seal();
  expect((await report({ copies: await copies() }))?.faults).toEqual([
    "entry 5 differs from the one whose seal was copied on 2026-03-01",
  ]);
});

test("a chain that is missing entirely is a fault, unless its organization or its account is gone as well", async () => {
  const { id, person, seal } = await aSealedLog(db);
  await aSession(db, person);
  await seal();
  await copyOn("2026-03-01");
  expect((await copies()).map(({ chain }) => chain)).toEqual(expect.arrayContaining([id, person.id]));
  for (const [chain, owner] of [
    [person.id, db.delete(user).where(eq(user.id, person.id))],
    [id, db.delete(organization).where(eq(organization.id, id))],
  ] as const) {
    await db.delete(auditEntry).where(eq(chainOf, chain));
    await db.delete(auditChain).where(eq(auditChain.id, chain));
    const all = async () => (await verifyChains(db, { copies: await copies() })).filter((each) => each.id === chain);
    expect(await all()).toMatchObject([{ faults: ["the whole chain is missing, and there are copies of it"] }]);
    await owner;
    expect(await all()).toMatchObject([{ isGone: true, faults: [] }]);
  }
});

test("an erased name causes no fault in the comparison with the copies", async () => {
  const { change, report } = await aSealedLog(db);
  await copyOn("2026-03-01");
  await change(5, { targetName: null, before: null, after: null, targetSalt: null, ipAddress: null, ipSalt: null });
  expect(await report({ copies: await copies() })).toMatchObject({ erased: 1, faults: [] });
});

test("once a day the ends of chains that have grown are copied, and no copy is ever changed", async () => {
  const [grows, stays] = [await aSealedLog(db, 2), await aSealedLog(db, 1)];
  await aLog(db, 1);
  await copyOn("2026-03-01");
  const first = await keys();
  expect(first).toEqual([expect.stringMatching(/^2026-03-01\/[\da-f]{64}\.json$/)]);
  expect((await copies()).filter(({ chain }) => [grows.id, stays.id].includes(chain))).toHaveLength(2);
  const text = async () => new Response((await storage.get(first[0] ?? ""))?.body).text();
  const before = await text();
  await grows.write(3);
  await grows.seal();
  await copyOn("2026-03-01");
  expect(await keys()).toEqual(first);
  await copyOn("2026-03-02");
  expect(await text()).toBe(before);
  const moved = (await copies()).filter(
    ({ day, chain }) => day === "2026-03-02" && [grows.id, stays.id].includes(chain),
  );
  expect(moved).toEqual([{ day: "2026-03-02", chain: grows.id, place: 3, hash: (await grows.entryAt(3))?.hash }]);
  await copyOn("2026-03-03");
  expect(await keys(), "no chain has grown").toHaveLength(2);
});

test("what a crash left out is copied the next day", async () => {
  const { id } = await aSealedLog(db, 2);
  const dying = { ...storage, put: () => Promise.reject(new Error("killed")) };
  const now = new Date("2026-03-01T00:05:00Z");
  await expect(copyChainEnds({ db, storage: dying, now })).rejects.toThrow("killed");
  await copyOn("2026-03-02");
  expect((await copies()).filter(({ chain }) => chain === id)).toMatchObject([{ day: "2026-03-02", place: 2 }]);
});

test("a changed copy is reported by its name", async () => {
  await aSealedLog(db, 2);
  await copyOn("2026-03-01");
  const [key = ""] = await keys();
  const forged = new Blob(["[]"]);
  await storage.put(key, forged.stream(), { length: forged.size, type: "application/json" });
  expect(await copiedChainEnds(storage)).toEqual({
    ends: [],
    faults: [`the copy ${key} was changed`],
  });
});
