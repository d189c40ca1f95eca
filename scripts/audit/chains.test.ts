import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealAllEntries } from "#app/audit/seals.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { auditChain, auditEntry } from "#app/db/schema/audit.ts";
import { removedOrganization } from "#app/db/schema/organizations.ts";
import { aSession } from "#app/test/builders.ts";
import { aDatabase, aLog, aSealedLog } from "./a-log.ts";
import { verifyChains } from "./chains.ts";

let db: Database;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ db, end } = await aDatabase());
});
afterAll(() => end());

test("a log that nobody changed has no faults, with any characters in it", async () => {
  const { report } = await aSealedLog(db);
  expect(await report()).toMatchObject({ entries: 5, erased: 0, unsealed: 0, faults: [] });
});

test("a person's entries outside all organizations form a chain of their own", async () => {
  const { person } = await aLog(db, 1);
  await aSession(db, person);
  await aSession(db, person);
  await sealAllEntries({ db, now: new Date() });
  const own = (await verifyChains(db)).find(({ id }) => id === person.id);
  expect(own).toMatchObject({ entries: 2, unsealed: 0, faults: [] });
});

test("a changed entry is found, with any change in it", async () => {
  const changes: Partial<typeof auditEntry.$inferInsert>[] = [
    { actorId: "somebody-else" },
    { action: "image.deleted" },
    { targetId: "image-9" },
    { createdAt: new Date(0) },
    { targetName: "Another" },
    { before: { name: "other" } },
    { after: null },
    { ipAddress: "198.51.100.1" },
    { ipDigest: "0".repeat(64) },
    { hash: "0".repeat(64) },
    { hash: null },
  ];
  for (const values of changes) {
    const { change, report } = await aSealedLog(db, 3);
    await change(2, values);
    const faults = (await report())?.faults ?? [];
    expect(faults.join(), JSON.stringify(values)).toContain("entry 2");
  }
});

test("a missing entry is found, in the middle and at either end", async () => {
  for (const [sequence, told] of [
    [1, "entries 1 to 1 are missing"],
    [3, "entries 3 to 3 are missing"],
    [5, "entries 5 to 5 are missing"],
  ] as const) {
    const { remove, report } = await aSealedLog(db);
    await remove(sequence);
    expect((await report())?.faults).toContain(told);
  }
});

test("an entry that is removed before it is sealed is found, and what follows it is sealed all the same", async () => {
  const { remove, seal, report } = await aLog(db, 4);
  await remove(2);
  await seal();
  expect(await report()).toMatchObject({ entries: 3, unsealed: 0, faults: ["entries 2 to 2 are missing"] });
});

test("an entry slipped in beside the chain is found", async () => {
  const { id, write, change, entryAt, report } = await aSealedLog(db, 3);
  await write(4);
  await change(4, { sequence: null });
  await db
    .update(auditChain)
    .set({ entries: 3, hash: (await entryAt(3))?.hash ?? "" })
    .where(eq(auditChain.id, id));
  expect((await report())?.faults).toEqual(["1 entries are outside the chain"]);
});

test("an entry inserted between two others is found, even if the places and its own link are made to fit", async () => {
  const { id, write, change, seal, entryAt, report } = await aSealedLog(db, 3);
  const setEnd = async (place: number) => {
    const hash = (await entryAt(place))?.hash ?? "";
    await db.update(auditChain).set({ sealed: place, hash }).where(eq(auditChain.id, id));
  };
  await write(9);
  await change(4, { sequence: 99 });
  await change(3, { sequence: 4 });
  await change(99, { sequence: 3, hash: "0".repeat(64) });
  await setEnd(4);
  expect((await report())?.faults).toEqual(
    expect.arrayContaining(["entry 3 does not match its seal", "entry 4 does not match its seal"]),
  );
  await change(3, { hash: null });
  await setEnd(2);
  await seal();
  await setEnd(4);
  expect(await entryAt(3)).toMatchObject({ targetId: "image-9", hash: expect.stringMatching(/^[\da-f]{64}$/) });
  expect((await report())?.faults, "only the next entry gives it away").toEqual(["entry 4 does not match its seal"]);
});

test("two entries that have changed places are found", async () => {
  const { change, report } = await aSealedLog(db, 4);
  await change(2, { sequence: 99 });
  await change(3, { sequence: 2 });
  await change(99, { sequence: 3 });
  expect((await report())?.faults.length).toBeGreaterThan(0);
});

test("two entries never have one place", async () => {
  const { change, person } = await aLog(db, 2);
  await expect(change(2, { sequence: 1 })).rejects.toThrow();
  await aSession(db, person);
  await aSession(db, person);
  const own = db.update(auditEntry).set({ sequence: 1 }).where(eq(auditEntry.actorId, person.id));
  await expect(own).rejects.toThrow();
});

test("names and addresses can be erased with their salts, and the chain still holds", async () => {
  const { change, report } = await aSealedLog(db);
  await change(2, { ipAddress: null, ipSalt: null });
  await change(3, { targetName: null, before: null, after: null, targetSalt: null });
  expect(await report()).toMatchObject({ entries: 5, erased: 2, faults: [] });
  await change(4, { targetSalt: null });
  expect((await report())?.faults).toEqual(["the content of entry 4 was changed"]);
});

test("an entry may wait ten minutes for its seal, and no longer", async () => {
  const { seal, report } = await aLog(db, 2);
  const minutesLater = (minutes: number) => ({ now: new Date(Date.now() + minutes * 60_000) });
  expect(await report(minutesLater(9))).toMatchObject({ entries: 2, unsealed: 2, faults: [] });
  expect((await report(minutesLater(11)))?.faults).toEqual([
    expect.stringMatching(/^entry 1 is still unsealed after 1[01] minutes$/),
    expect.stringMatching(/^entry 2 is still unsealed after 1[01] minutes$/),
  ]);
  await seal();
  expect(await report(minutesLater(11))).toMatchObject({ unsealed: 0, faults: [] });
});

test("a log that is being deleted with its organization is no fault", async () => {
  const { id, remove, report } = await aSealedLog(db);
  await db.insert(removedOrganization).values({ id, removedAt: new Date() });
  await remove(1);
  expect(await report()).toBeUndefined();
});
