import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, asc, eq, gte, inArray, sum } from "drizzle-orm";
import { expect, test } from "vitest";
import { verifyPassword } from "#app/auth/passwords/password-hash.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { activity, auditEntry } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { invitation, organization } from "#app/db/schema/organizations.ts";
import { account, user } from "#app/db/schema/people.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { anOrganization } from "#app/test/builders.ts";
import { verifyChains } from "./audit/chains.ts";
import { startLocalDatabase } from "./local-database.ts";
import { DEMO_LOGINS, DEMO_ORGANIZATIONS, DEMO_PASSWORD } from "./seed/demo.ts";
import { demoRows, lifeOf } from "./seed/rows.ts";
import { demoDeliveries, demoWebhook } from "./seed/webhook.ts";
import { needsSeed, seed } from "./seed.ts";

test("demo data can be made again at will, and leaves everything else alone", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-seed-"));
  await using database = await startLocalDatabase({ dataDir });
  const { db } = database;
  const mine = await anOrganization(db);
  expect(await needsSeed(db)).toBe(true);

  await seed({ db, dataDir });
  await db.delete(invitation);
  await seed({ db, dataDir });

  expect(await needsSeed(db)).toBe(false);
  const organizations = await db.select().from(organization).orderBy(asc(organization.memberCount));
  expect(organizations.map((row) => [row.slug, row.memberCount])).toEqual([
    [mine.slug, 0],
    ["globex", 3],
    ["acme", 7],
  ]);
  const counted = await db.select({ entries: sum(activity.count).mapWith(Number) }).from(activity);
  expect(counted).toEqual([{ entries: await db.$count(auditEntry) }]);
  const chains = await verifyChains(db);
  expect(chains.flatMap(({ faults }) => faults)).toEqual([]);
  expect(chains.reduce((waiting, { unsealed }) => waiting + unsealed, 0)).toBe(0);
  const credentials = await db
    .select({ email: user.email, hash: account.password })
    .from(account)
    .innerJoin(user, eq(user.id, account.userId));
  const owner = credentials.find((row) => row.email === DEMO_LOGINS[0]);
  expect(await verifyPassword({ hash: owner?.hash ?? "", password: DEMO_PASSWORD })).toBe(true);
  expect(credentials.map((row) => row.email)).toEqual(expect.arrayContaining(DEMO_LOGINS));
  await expectToldEvents(db);
  const keys = await db.select().from(apiKey).orderBy(asc(apiKey.createdAt));
  expect(keys.map(({ name, revokedAt }) => [name, revokedAt !== null])).toEqual([
    ["Monthly report", true],
    ["Staff sync", false],
  ]);
  expect(await db.$count(auditEntry, eq(auditEntry.actorId, keys[1]?.id ?? ""))).toBe(1);
  await rm(dataDir, { recursive: true, force: true });
});

/** Expects a delivery for each entry since the webhook was made. */
async function expectToldEvents(db: Database) {
  const [webhook] = await db.select().from(webhookEndpoint);
  const deliveries = await db.select().from(webhookDelivery);
  const told = await db
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.organizationId, webhook?.organizationId ?? ""),
        gte(auditEntry.createdAt, webhook?.createdAt ?? new Date()),
        inArray(auditEntry.action, webhook?.events ?? []),
      ),
    );
  expect(deliveries.map(({ entryId }) => entryId).sort()).toEqual(told.map(({ id }) => id).sort());
}

test("deliveries that the demo's receiver missed while it was down were retried, and the oldest one failed", () => {
  const [demo] = DEMO_ORGANIZATIONS;
  if (!demo) throw new Error("There is no demo.");
  const now = Date.now();
  const life = lifeOf(demo, now);
  const webhook = demoWebhook(demo.slug, life);
  if (!webhook) throw new Error("The first demo has no webhook.");
  const renamed = (daysAgo: number) =>
    life.entry(new Date(now - daysAgo * DAY_MS), life.owner.id, "organization.renamed", { id: "1", name: "Acme" });
  const entries = [webhook.entry, renamed(12), renamed(9.9), renamed(6.5), renamed(1)];
  const renames = demoDeliveries(webhook, entries).filter(({ event }) => event === "organization.renamed");
  expect(renames.map(({ status, attempts }) => `${status} ${Number(attempts) > 1 ? "again" : "at once"}`)).toEqual([
    "delivered at once",
    "failed again",
    "delivered again",
    "delivered at once",
  ]);
});

test("the demo's log explains each person's role, and nobody acts before they joined", () => {
  for (const demo of DEMO_ORGANIZATIONS) {
    const { members, auditEntries } = demoRows(demo, lifeOf(demo, Date.now()), "only-for-tests");
    for (const { userId, role, createdAt } of members) {
      const told = auditEntries.findLast(({ targetId, after }) => targetId === userId && Object(after).role);
      expect(Object(told?.after).role ?? "owner", `${userId} of ${demo.slug}`).toBe(role);
      const acts = auditEntries.filter(({ actorId }) => actorId === userId);
      expect(acts.filter((act) => Number(act.createdAt) < Number(createdAt))).toEqual([]);
    }
  }
});
