import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, eq, type SQL } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#app/db/client.server.ts";
import { auditChain, auditEntry } from "#app/db/schema/audit.ts";
import { anOrganization, aPerson, aSession } from "#app/test/builders.ts";
import { startLocalDatabase } from "../local-database.ts";
import { verifyChains } from "./chains.ts";

let db: Database;
let end: () => Promise<void>;

beforeAll(async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tenantry-chains-"));
  const database = await startLocalDatabase({ dataDir });
  db = database.db;
  end = async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
});
afterAll(() => end());

/** An organization with a log of so many entries, and how to do something to one of them behind its back. */
async function aLog(entries = 5) {
  const person = await aPerson(db);
  const { id } = await anOrganization(db);
  for (let index = 1; index <= entries; index += 1) {
    await db.insert(auditEntry).values({
      id: crypto.randomUUID(),
      organizationId: id,
      actorId: person.id,
      action: "image.renamed",
      targetId: `image-${index}`,
      targetName: `"Größe" ${index}\n\u2028`,
      before: { name: "früher" },
      after: { name: "später" },
      ipAddress: "203.0.113.7",
    });
  }
  const entry = (sequence: number): SQL | undefined =>
    and(eq(auditEntry.organizationId, id), eq(auditEntry.sequence, sequence));
  const change = (sequence: number, values: Partial<typeof auditEntry.$inferInsert>) =>
    db.update(auditEntry).set(values).where(entry(sequence));
  const remove = (sequence: number) => db.delete(auditEntry).where(entry(sequence));
  const report = async () => (await verifyChains(db)).find((chain) => chain.id === id);
  return { id, person, change, remove, report };
}

test("a log that nobody touched is whole, whatever is written in it", async () => {
  const { report } = await aLog();
  expect(await report()).toMatchObject({ entries: 5, erased: 0, faults: [] });
});

test("what a person does outside all organizations is a chain of their own", async () => {
  const { person } = await aLog(1);
  await aSession(db, person);
  await aSession(db, person);
  const own = (await verifyChains(db)).find(({ id }) => id === person.id);
  expect(own).toMatchObject({ entries: 2, faults: [] });
});

test("a changed entry is found, whatever was changed in it", async () => {
  const changes: Partial<typeof auditEntry.$inferInsert>[] = [
    { actorId: "somebody-else" },
    { action: "image.deleted" },
    { targetId: "image-9" },
    { createdAt: new Date(0) },
    { targetName: "Another" },
    { before: { name: "other" } },
    { after: null },
    { ipAddress: "198.51.100.1" },
    { hash: "0".repeat(64) },
  ];
  for (const values of changes) {
    const { change, report } = await aLog(3);
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
    const { remove, report } = await aLog();
    await remove(sequence);
    expect((await report())?.faults).toContain(told);
  }
});

test("an entry slipped in beside the chain is found", async () => {
  const { id, change, report } = await aLog(3);
  await db
    .insert(auditEntry)
    .values({ id: crypto.randomUUID(), organizationId: id, actorId: "x", action: "image.created" });
  await change(4, { sequence: null });
  await db
    .update(auditChain)
    .set({ entries: 3, hash: (await entryAt(id, 3))?.hash ?? "" })
    .where(eq(auditChain.id, id));
  expect((await report())?.faults).toEqual(["1 entries stand outside the chain"]);
});

async function entryAt(id: string, sequence: number) {
  const [found] = await db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.organizationId, id), eq(auditEntry.sequence, sequence)));
  return found;
}

test("two entries that have changed places are found", async () => {
  const { change, report } = await aLog(4);
  await change(2, { sequence: 99 });
  await change(3, { sequence: 2 });
  await change(99, { sequence: 3 });
  expect((await report())?.faults.length).toBeGreaterThan(0);
});

test("names and addresses can be erased with their salts, and the chain still holds", async () => {
  const { change, report } = await aLog();
  await change(2, { ipAddress: null, ipSalt: null });
  await change(3, { targetName: null, before: null, after: null, targetSalt: null });
  expect(await report()).toMatchObject({ entries: 5, erased: 2, faults: [] });
  await change(4, { targetSalt: null });
  expect((await report())?.faults).toEqual(["entry 4 says something else than was written"]);
});
