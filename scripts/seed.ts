import { eq, inArray } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { CHAIN_ENDS_PREFIX } from "../app/audit/chain-ends.server.ts";
import { sealAllEntries } from "../app/audit/seals.server.ts";
import { hashPassword } from "../app/auth/passwords/password-hash.server.ts";
import type { Database } from "../app/db/client.server.ts";
import { auditEntry } from "../app/db/schema/audit.ts";
import { apiKey } from "../app/db/schema/keys.ts";
import { notification } from "../app/db/schema/notifications.ts";
import { invitation, member, organization } from "../app/db/schema/organizations.ts";
import { account, user } from "../app/db/schema/people.ts";
import { webhookDelivery, webhookEndpoint } from "../app/db/schema/webhooks.ts";
import { makeSearchTexts } from "../app/db/search.server.ts";
import { keptSecret } from "./auth-secret.ts";
import { localBucket } from "./bucket.ts";
import { dataFolder } from "./data-folder.ts";
import { takesNothing } from "./flags.ts";
import { startLocalDatabase } from "./local-database.ts";
import { inWords } from "./mistake.ts";
import { DEMO_ORGANIZATIONS, DEMO_PASSWORD, namesOf } from "./seed/demo.ts";
import { demoImages } from "./seed/gallery.ts";
import { demoKeys } from "./seed/keys.ts";
import type { Picture } from "./seed/pictures.ts";
import { type DemoLife, type DemoRows, demoId, demoRows, lifeOf } from "./seed/rows.ts";
import { demoDeliveries, demoWebhook } from "./seed/webhook.ts";

type DemoThings = {
  table: SQLiteTable;
  rows: Record<string, unknown>[];
  prefix: string;
  files: { key: string; file: Picture }[];
  auditEntries: DemoRows["auditEntries"];
};

/** Functions that make what each domain has in a demo organization. */
const domains: ((slug: string, life: DemoLife) => Promise<DemoThings>)[] = [demoImages];

/** Recreates the demo organizations, their people and what they have. Everything else in the database stays. */
export async function seed({ db, dataDir }: { db: Database; dataDir: string }): Promise<void> {
  await using bucket = await localBucket(dataDir);
  // The logs start again under the same ids, so copies of the former logs would contradict them.
  await bucket.empty(`${CHAIN_ENDS_PREFIX}/`);
  const now = Date.now();
  const secret = await keptSecret(dataDir);
  const password = await hashPassword(DEMO_PASSWORD);
  for (const demo of DEMO_ORGANIZATIONS) {
    const life = lifeOf(demo, now);
    const things = await Promise.all(domains.map((make) => make(demo.slug, life)));
    for (const { prefix, files } of things) {
      await bucket.empty(prefix);
      for (const { key, file } of files) await bucket.put(key, file);
    }
    const webhook = demoWebhook(demo.slug, life);
    const keys = demoKeys(demo.slug, life);
    await insertDemo(db, { rows: demoRows(demo, life, secret), things, keys, webhook, password });
  }
  await sealAllEntries({ db, now: new Date(now) });
}

type Demo = {
  rows: DemoRows;
  things: DemoThings[];
  keys: ReturnType<typeof demoKeys>;
  webhook: ReturnType<typeof demoWebhook>;
  password: string;
};

async function insertDemo(db: Database, { rows, things, keys, webhook, password }: Demo): Promise<void> {
  const accounts = rows.users.map((row) => ({
    id: demoId("account", row.id),
    userId: row.id,
    accountId: row.id,
    providerId: "credential",
    password,
  }));
  const emails = rows.users.map((row) => row.email);
  const entries = [
    ...rows.auditEntries,
    ...things.flatMap(({ auditEntries }) => auditEntries),
    ...keys.entries,
    ...(webhook ? [webhook.entry] : []),
  ].toSorted(byTime);
  const own = things.flatMap(({ table, rows }) => rows.map((row) => db.insert(table).values(row)));
  await db.batch([
    db.delete(organization).where(eq(organization.slug, rows.organization.slug)),
    db.delete(user).where(inArray(user.email, emails)),
    db.insert(user).values(rows.users),
    db.insert(account).values(accounts),
    db.insert(organization).values(rows.organization),
    db.insert(member).values(rows.members),
    db.insert(invitation).values(rows.invitations),
    ...own,
    ...keys.keys.map((row) => db.insert(apiKey).values(row)),
    ...entries.map((row) => db.insert(auditEntry).values(row)),
    ...(webhook
      ? [
          db.insert(webhookEndpoint).values(webhook.endpoint),
          db.insert(webhookDelivery).values(demoDeliveries(webhook, entries)),
        ]
      : []),
    db.insert(notification).values(rows.notifications),
  ]);
  await makeSearchTexts(db);
}

const byTime = (one: { createdAt?: Date | undefined }, other: { createdAt?: Date | undefined }) =>
  Number(one.createdAt) - Number(other.createdAt);

/** True if there is no demo organization, as in a new database. */
export async function needsSeed(db: Database): Promise<boolean> {
  const slugs = DEMO_ORGANIZATIONS.map((demo) => demo.slug);
  const found = await db.select().from(organization).where(inArray(organization.slug, slugs)).limit(1);
  return found.length === 0;
}

if (import.meta.main) {
  takesNothing(`npm run db:seed   deletes the demo data in .data and creates it again; nothing else changes

DATA_DIR=.other npm run db:seed uses another folder.`);
  const dataDir = dataFolder();
  await using database = await inWords(() => startLocalDatabase({ dataDir }));
  const addresses = DEMO_ORGANIZATIONS.flatMap(({ people }) => people.map(({ email }) => email));
  console.log(`In ${dataDir}, this deletes the demo data and everything that was done with it:
  organizations  ${namesOf(DEMO_ORGANIZATIONS)}
  accounts       ${addresses.join(" ")}
and creates it again. Nothing else changes.`);
  await seed({ db: database.db, dataDir });
  console.log("Done.");
}
