import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealAllEntries, sealEntriesSince } from "#app/audit/seals.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { HOUR_MS } from "#app/durations.server.ts";
import { aSession } from "#app/test/builders.ts";
import { aDatabase, aLog } from "./a-log.ts";

let own: Awaited<ReturnType<typeof aDatabase>>;

beforeAll(async () => {
  own = await aDatabase();
});
afterAll(() => own.end());

const start = new Date(0);

test("fifty runs that seal at the same time, while entries are written, leave each chain without a fault", async () => {
  const { db } = own;
  const logs = [await aLog(db, 8), await aLog(db, 3)];
  const sealing = Array.from({ length: 50 }, async (_, index) => {
    await sealEntriesSince(db, start);
    if (index % 5 === 0) await sealAllEntries({ db, now: new Date() });
    else await sealEntriesSince(db, start);
  });
  const writing = logs.map(async ({ write }) => {
    for (let index = 0; index < 12; index += 1) await write(100 + index);
  });
  await Promise.all([...sealing, ...writing]);
  await sealAllEntries({ db, now: new Date() });
  expect(await Promise.all(logs.map(({ report }) => report()))).toMatchObject([
    { entries: 20, unsealed: 0, faults: [] },
    { entries: 15, unsealed: 0, faults: [] },
  ]);
});

test("when two sealing runs have read the same entries, the slower one changes nothing", async () => {
  const { db, through } = own;
  const { write, seal, entryAt, report } = await aLog(db, 3);
  let trips = 0;
  const slow = through(async (input, init) => {
    trips += 1;
    if (trips === 2) {
      // Between its read and its write.
      await write(4);
      await seal();
      await write(5);
    }
    return fetch(input, init);
  });
  await sealEntriesSince(slow, start);
  expect(trips).toBe(2);
  expect(await entryAt(5)).toMatchObject({ hash: null });
  expect(await report()).toMatchObject({ entries: 5, unsealed: 1, faults: [] });
  await seal();
  expect(await report()).toMatchObject({ entries: 5, unsealed: 0, faults: [] });
});

test("a sealing run that is killed midway leaves a chain that the next run continues", async () => {
  const { db, through } = own;
  for (const { killedAt, isSent } of [
    { killedAt: 1, isSent: false },
    { killedAt: 1, isSent: true },
    { killedAt: 2, isSent: false },
    { killedAt: 2, isSent: true },
  ]) {
    const { seal, report } = await aLog(db, 4);
    let trips = 0;
    const dying = through(async (input, init) => {
      trips += 1;
      if (trips < killedAt) return fetch(input, init);
      if (isSent) await (await fetch(input, init)).arrayBuffer();
      throw new TypeError("killed");
    });
    await expect(sealEntriesSince(dying, start)).rejects.toThrow();
    const isWritten = killedAt === 2 && isSent;
    expect(await report()).toMatchObject({ unsealed: isWritten ? 0 : 4, faults: [] });
    await seal();
    expect(await report()).toMatchObject({ unsealed: 0, faults: [] });
  }
});

test("a name that is erased before its entry is sealed, or while it is, stays erased, and the chain holds", async () => {
  const { db, through } = own;
  const { change, seal, entryAt, report } = await aLog(db, 2);
  await change(1, { targetName: null, before: null, after: null, targetSalt: null, ipAddress: null, ipSalt: null });
  let trips = 0;
  const during = through(async (input, init) => {
    trips += 1;
    if (trips === 2) await change(2, { ipAddress: null, ipSalt: null });
    return fetch(input, init);
  });
  await sealEntriesSince(during, start);
  expect(await entryAt(1)).toMatchObject({ targetName: null, targetSalt: null, targetDigest: null, ipDigest: null });
  expect(await entryAt(2)).toMatchObject({ ipAddress: null, ipSalt: null, targetName: expect.any(String) });
  expect(await report()).toMatchObject({ entries: 2, erased: 2, unsealed: 0, faults: [] });
  await seal();
  expect(await report()).toMatchObject({ faults: [] });
});

test("a request seals a chain up to the entries written since its start, and the schedule seals the rest", async () => {
  const { db } = own;
  const { write, entryAt, seal, person } = await aLog(db, 1);
  const long = new Date(Date.now() - HOUR_MS);
  await db.update(auditEntry).set({ createdAt: long }).where(eq(auditEntry.actorId, person.id));
  await sealEntriesSince(db, new Date(long.getTime() + 1));
  expect(await entryAt(1)).toMatchObject({ hash: null });
  await write(2);
  await aSession(db, person);
  await sealEntriesSince(db, new Date(long.getTime() + 1));
  // The whole chain up to the newer entry is sealed with it.
  for (const place of [1, 2])
    expect(await entryAt(place)).toMatchObject({ hash: expect.stringMatching(/^[\da-f]{64}$/) });
  expect(await db.$count(auditEntry, eq(auditEntry.actorId, person.id))).toBe(3);
  expect(await seal()).toEqual({ overdueSince: null });
});

test("more entries than one round takes are all sealed", async () => {
  const { db } = own;
  const { id, seal, report } = await aLog(db, 1);
  await db.run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)
    insert into audit_entry (id, organization_id, actor_id, action, created_at)
    select lower(hex(randomblob(16))), '${id}', 'somebody', 'image.created', i from n`);
  await seal();
  expect(await report()).toMatchObject({ entries: 2501, unsealed: 0, faults: [] });
});

test("an entry that cannot be sealed is reported ten minutes after it was written", async () => {
  const { db, end } = await aDatabase();
  const { change, seal } = await aLog(db, 2);
  await seal();
  const written = new Date(Date.now() - 9 * 60_000);
  await change(1, { hash: null, createdAt: written });
  expect(await sealAllEntries({ db, now: new Date() })).toEqual({ overdueSince: null });
  expect(await sealAllEntries({ db, now: new Date(written.getTime() + 11 * 60_000) })).toEqual({
    overdueSince: written,
  });
  await end();
});
