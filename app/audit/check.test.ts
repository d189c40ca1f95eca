import { and, eq, isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditChain, auditEntry } from "#app/db/schema/audit.ts";
import { HOUR_MS } from "#app/durations.server.ts";
import { loader as data } from "#app/routes/api/v1.ts";
import { action as verify } from "#app/routes/organizations/audit.verify.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { CHECKS_IN_A_ROW, ENTRIES_PER_CHECK } from "./limits.ts";
import { formerDigest, linkedColumns, linkOf, saltedWords } from "./links.server.ts";
import type { AuditPage } from "./log.server.ts";
import { sealAllEntries } from "./seals.server.ts";

const db = testDatabase();

type Older = { kind?: string | null; before?: number };

/** `before` is how many entries the chain is said to have already. */
async function aSealedLog(count: number, { kind = "person", before = 0 }: Older = {}) {
  const team = await aTeam(db);
  const { id } = team.organization;
  if (before > 0)
    await db.insert(auditChain).values({ id, organizationId: id, entries: before, sealed: before, hash: "" });
  const request = kind === null ? null : "request-";
  await db.run(sql`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
    insert into audit_entry (id, organization_id, actor_id, actor_kind, action, target_name, before, after, ip_address,
      user_agent, request_id, created_at)
    select lower(hex(randomblob(16))), ${id}, 'somebody', ${kind}, 'image.renamed', 'Größe ' || i, '{"name":"früher"}',
      '{"name":"später"}', '203.0.113.7', 'Mozilla/5.0', ${request} || i, 1700000000000 + i from n`);
  // Another test can seal at the same time, and the second one writes nothing.
  const unsealed = () => db.$count(auditEntry, and(eq(auditEntry.organizationId, id), isNull(auditEntry.hash)));
  while ((await unsealed()) > 0) await sealAllEntries({ db, now: new Date() });
  const isAt = (place: number) => and(eq(auditEntry.organizationId, id), eq(auditEntry.sequence, place));
  const press = () => ask(verify, { ...team.at("audit/verify"), cookie: team.owner.cookie, form: {} });
  const state = async () => {
    const at = team.at("audit");
    const { body, services } = await ask(data, { ...at, url: `/api/v1/pages${at.url}`, cookie: team.owner.cookie });
    return { ...(body as AuditPage).chain, trips: services.trace.trips };
  };
  return {
    ...{ team, press, state },
    change: (place: number, values: Partial<typeof auditEntry.$inferInsert>) =>
      db.update(auditEntry).set(values).where(isAt(place)),
    remove: (place: number) => db.delete(auditEntry).where(isAt(place)),
    async foundAfter(place: number, values: Partial<typeof auditEntry.$inferInsert>) {
      const [before] = await db.select().from(auditEntry).where(isAt(place));
      await db.update(auditEntry).set(values).where(isAt(place));
      await press();
      const found = await state();
      if (before) await db.update(auditEntry).set(before).where(eq(auditEntry.id, before.id));
      return found;
    },
  };
}

test("a log that nobody touched is verified to its end, and the page says so without a further trip", async () => {
  const log = await aSealedLog(7);
  expect(await log.state()).toMatchObject({ entries: 7, startedAt: null, place: 0, trips: 1 });
  const { status, headers } = await log.press();
  expect([status, headers.get("Location")]).toEqual([303, log.team.at("audit").url]);
  expect(await log.state()).toMatchObject({ place: 7, fault: null, endedAt: expect.any(Number), trips: 1 });
});

test("the check finds the first changed entry, whichever of its fields was changed", async () => {
  const log = await aSealedLog(4);
  const changes: Partial<typeof auditEntry.$inferInsert>[] = [
    { actorId: "somebody-else" },
    { actorKind: "key" },
    { actorKind: null },
    { via: "A client" },
    { requestId: "another" },
    { requestId: null },
    { action: "image.deleted" },
    { targetId: "image-9" },
    { createdAt: new Date(0) },
    { targetName: "Another" },
    { before: { name: "other" } },
    { after: null },
    { ipAddress: "198.51.100.1" },
    { userAgent: "curl" },
    { userAgent: null },
    { ipSalt: null },
    { hash: "0".repeat(64) },
    { hash: null },
  ];
  for (const values of changes) {
    expect(await log.foundAfter(3, values), JSON.stringify(values)).toMatchObject({ place: 2, fault: "changed" });
  }
  await log.press();
  expect(await log.state(), "every entry is as it was written").toMatchObject({ place: 4, fault: null });
});

test("a check of a log that was verified a moment ago starts at its first entry again", async () => {
  const log = await aSealedLog(3);
  await log.press();
  expect(await log.state()).toMatchObject({ place: 3, fault: null });
  await log.change(1, { action: "image.deleted" });
  await log.press();
  expect(await log.state()).toMatchObject({ place: 0, fault: "changed" });
});

test("an entry from before actors had a kind is verified, and nothing can be added to it later", async () => {
  const log = await aSealedLog(2, { kind: null });
  await log.press();
  expect(await log.state()).toMatchObject({ place: 2, fault: null });
  for (const values of [{ via: "A client" }, { requestId: "another" }]) {
    expect(await log.foundAfter(2, values), JSON.stringify(values)).toMatchObject({ place: 1, fault: "changed" });
  }
});

test("a chain that the database linked, before the Worker did, is verified", async () => {
  const log = await aSealedLog(3);
  const { id } = log.team.organization;
  const entries = await db
    .select(linkedColumns)
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, id))
    .orderBy(auditEntry.sequence);
  let hash = "";
  for (const entry of entries) {
    const [ipDigest, targetDigest] = await Promise.all(saltedWords(entry).map((words) => formerDigest(words ?? [])));
    const digests = { ipDigest: ipDigest ?? null, targetDigest: targetDigest ?? null };
    hash = await formerDigest(linkOf({ ...entry, ...digests, chain: id }, hash));
    await log.change(entry.place, { ...digests, hash });
  }
  await db.update(auditChain).set({ hash }).where(eq(auditChain.id, id));
  await log.press();
  expect(await log.state()).toMatchObject({ place: 3, fault: null });
});

test("data that was erased with a person's account does not break the chain", async () => {
  const log = await aSealedLog(4);
  await log.change(2, { ipAddress: null, userAgent: null, ipSalt: null });
  await log.change(3, { targetName: null, before: null, after: null, targetSalt: null });
  await log.press();
  expect(await log.state()).toMatchObject({ place: 4, fault: null });
});

test("the check finds a missing entry in the middle or at either end, and an entry outside the chain", async () => {
  for (const place of [1, 3, 5]) {
    const log = await aSealedLog(5);
    await log.remove(place);
    await log.press();
    expect(await log.state(), String(place)).toMatchObject({ place: place - 1, fault: "missing" });
  }
  for (const sequence of [null, 0]) {
    const log = await aSealedLog(3);
    await log.change(3, { sequence });
    await log.press();
    expect(await log.state(), String(sequence)).toMatchObject({ fault: "outside" });
  }
  const cut = await aSealedLog(3);
  await cut.remove(3);
  await db.update(auditChain).set({ entries: 2 }).where(eq(auditChain.id, cut.team.organization.id));
  await cut.press();
  expect(await cut.state()).toMatchObject({ place: 2, fault: "end" });
});

// Tests share the database, and another test's schedule can seal in between, so this one polls.
test("a new entry may still be unsealed, but an unsealed entry from an hour ago is a fault", async () => {
  const log = await aSealedLog(3);
  const { id: organizationId } = log.team.organization;
  const late = { id: crypto.randomUUID(), organizationId, actorId: "a", action: "image.renamed" };
  await db.insert(auditEntry).values({ ...late, actorKind: "person" });
  await log.press();
  const { fault, place = 0 } = await log.state();
  expect([fault, [3, 4].includes(place)]).toEqual([null, true]);
  const third = sql<string>`(select hash from audit_entry where organization_id = ${organizationId} and sequence = 3)`;
  await expect
    .poll(async () => {
      await log.change(4, { createdAt: new Date(Date.now() - HOUR_MS), hash: null });
      await db.update(auditChain).set({ sealed: 3, hash: third }).where(eq(auditChain.id, organizationId));
      await log.press();
      return log.state();
    })
    .toMatchObject({ place: 3, fault: "unsealed" });
});

test("a long log is checked in one part per request, and two parallel checks lose nothing", async () => {
  const count = 2 * ENTRIES_PER_CHECK + 5;
  const log = await aSealedLog(count);
  const both = await Promise.all([log.press(), log.press()]);
  for (const { status, headers, services } of both) {
    expect([status, headers.get("Location")]).toEqual([307, log.team.at("audit/verify").url]);
    expect(services.trace.trips).toBe(3);
  }
  const { place: reached, ...begun } = await log.state();
  // Both requests began at the first entry, or one ran after the other.
  expect([[ENTRIES_PER_CHECK, 2 * ENTRIES_PER_CHECK].includes(reached ?? 0), begun.fault]).toEqual([true, null]);
  if (reached === ENTRIES_PER_CHECK) expect((await log.press()).status).toBe(307);
  expect(await log.state()).toMatchObject({ place: 2 * ENTRIES_PER_CHECK, endedAt: null, fault: null });
  expect((await log.press()).status).toBe(303);
  expect(await log.state()).toMatchObject({ place: count, fault: null, endedAt: expect.any(Number) });
  const isThis = eq(auditChain.id, log.team.organization.id);
  await db
    .update(auditChain)
    .set({ checkEndedAt: null, checkStartedAt: new Date(0) })
    .where(isThis);
  expect((await log.press()).status, "a check that was abandoned long ago starts again").toBe(307);
  expect(await log.state()).toMatchObject({ place: ENTRIES_PER_CHECK });
});

test("a check that browsers have followed fifteen times waits for a person to go on", async () => {
  const before = (CHECKS_IN_A_ROW - 1) * ENTRIES_PER_CHECK;
  const log = await aSealedLog(ENTRIES_PER_CHECK + 1, { before });
  await db
    .update(auditChain)
    .set({ checkStartedAt: new Date(), checkPlace: before })
    .where(eq(auditChain.id, log.team.organization.id));
  expect((await log.press()).status).toBe(303);
  expect(await log.state()).toMatchObject({ place: before + ENTRIES_PER_CHECK, endedAt: null, fault: null });
  expect((await log.press()).status).toBe(303);
  expect(await log.state()).toMatchObject({ place: before + ENTRIES_PER_CHECK + 1, endedAt: expect.any(Number) });
});

test("a check covers only the organization's own chain, and only its owner can start it", async () => {
  const [mine, theirs] = [await aSealedLog(2), await aSealedLog(2)];
  await theirs.change(1, { action: "image.deleted" });
  await mine.press();
  expect(await mine.state()).toMatchObject({ place: 2, fault: null });
  expect(await theirs.state()).toMatchObject({ startedAt: null });
  const at = theirs.team.at("audit/verify");
  expect((await ask(verify, { ...at, cookie: mine.team.owner.cookie, form: {} })).status).toBe(404);
  expect((await ask(verify, { ...at, cookie: theirs.team.admin.cookie, form: {} })).status).toBe(403);
  expect(await theirs.state()).toMatchObject({ startedAt: null });
});
