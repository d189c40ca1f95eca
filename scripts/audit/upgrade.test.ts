import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { migrate } from "drizzle-orm/libsql/migrator";
import { expect, test } from "vitest";
import { sealAllEntries } from "#app/audit/seals.server.ts";
import { audit } from "#app/change/entries.server.ts";
import { createDatabase, type Database } from "#app/db/client.server.ts";
import { applyMigrations } from "../migrate.ts";
import { startSqld } from "../sqld.ts";
import { verifyChains } from "./chains.ts";

/** The trigger that linked entries before the Worker sealed them. It calls a function that not every libSQL server has. */
const FORMER_TRIGGER = `CREATE TRIGGER \`audit_entry_chained\` AFTER INSERT ON \`audit_entry\` BEGIN
  INSERT INTO \`audit_chain\` (\`id\`, \`organization_id\`, \`entries\`, \`hash\`)
    VALUES (coalesce(new.\`organization_id\`, new.\`actor_id\`), new.\`organization_id\`, 0, '') ON CONFLICT (\`id\`) DO NOTHING;
  UPDATE \`audit_entry\` SET
    \`sequence\` = (SELECT \`entries\` + 1 FROM \`audit_chain\` WHERE \`id\` = coalesce(new.\`organization_id\`, new.\`actor_id\`)),
    \`ip_salt\` = lower(hex(randomblob(16))),
    \`target_salt\` = lower(hex(randomblob(16)))
    WHERE \`id\` = new.\`id\`;
  UPDATE \`audit_entry\` SET
    \`ip_digest\` = lower(hex(sha3(json_array(\`ip_salt\`, \`ip_address\`), 256))),
    \`target_digest\` = lower(hex(sha3(json_array(\`target_salt\`, \`target_name\`, \`before\`, \`after\`), 256)))
    WHERE \`id\` = new.\`id\`;
  UPDATE \`audit_entry\` SET
    \`hash\` = lower(hex(sha3(json_array(
      (SELECT \`hash\` FROM \`audit_chain\` WHERE \`id\` = coalesce(new.\`organization_id\`, new.\`actor_id\`)),
      \`sequence\`, \`id\`, coalesce(\`organization_id\`, \`actor_id\`), \`actor_id\`, \`action\`, \`target_id\`, \`created_at\`, \`ip_digest\`, \`target_digest\`
    ), 256)))
    WHERE \`id\` = new.\`id\`;
  UPDATE \`audit_chain\` SET
    \`entries\` = \`entries\` + 1,
    \`hash\` = (SELECT \`hash\` FROM \`audit_entry\` WHERE \`id\` = new.\`id\`)
    WHERE \`id\` = coalesce(new.\`organization_id\`, new.\`actor_id\`);
END;`;

/** A database with the migrations up to and including `lastTag`, without the later ones. */
async function aDatabaseAt(lastTag: string, { trigger }: { trigger?: string } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "app-upgrade-"));
  const migrations = path.join(folder, "migrations");
  await cp(path.join(import.meta.dirname, "../../migrations"), migrations, { recursive: true });
  const journalFile = path.join(migrations, "meta/_journal.json");
  const journal: { entries: { tag: string }[] } = JSON.parse(await readFile(journalFile, "utf8"));
  const last = journal.entries.findIndex(({ tag }) => tag === lastTag);
  await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  if (trigger !== undefined) {
    const file = path.join(migrations, "0003_counted_and_chained.sql");
    const text = await readFile(file, "utf8");
    const former = text.replace(/CREATE TRIGGER `audit_entry_chained`[\s\S]*?END;/, () => trigger);
    expect(former).not.toBe(text);
    await writeFile(file, former);
  }
  const sqld = await startSqld({ dataDir: folder });
  const db = createDatabase({ url: sqld.url });
  await migrate(db, { migrationsFolder: migrations });
  return {
    db,
    async [Symbol.asyncDispose]() {
      await sqld.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const write = (db: Database, organization: string | null, name: string) =>
  db.run(sql`
    insert into audit_entry (id, organization_id, actor_id, action, target_id, target_name, before, after, ip_address, created_at)
    values (${crypto.randomUUID()}, ${organization}, 'ada', 'image.renamed', 'image-1', ${name}, '{"name":"früher"}', '{"name":"später"}',
      '203.0.113.7', ${Date.now()})`);

async function anOldLog(db: Database) {
  await db.run(sql`insert into organization (id, name, slug) values ('acme', 'Acme', 'acme')`);
  for (const name of ["one", "two", "three"]) await write(db, "acme", name);
  for (const name of ["own", "own again"]) await write(db, null, name);
  // One entry is erased before the upgrade; a test erases another one after it.
  await db.run(
    sql`update audit_entry set ip_address = null, ip_salt = null where organization_id = 'acme' and sequence = 1`,
  );
}

const outline = async (db: Database) =>
  (await verifyChains(db)).map(({ id, entries, erased, unsealed, faults }) => ({
    id,
    entries,
    erased,
    unsealed,
    faults,
  }));

test("entries linked by the former trigger keep their links over the upgrade, and the chain goes on from them", async () => {
  await using former = await aDatabaseAt("0008_search_texts", { trigger: FORMER_TRIGGER });
  const { db } = former;
  await anOldLog(db);
  const linksOf = () =>
    db.all<{ hash: string }>(sql`select hash from audit_entry order by organization_id, sequence limit 5`);
  const before = await linksOf();
  expect(before.every(({ hash }) => /^[\da-f]{64}$/.test(hash))).toBe(true);
  await applyMigrations(db);
  expect(await linksOf()).toEqual(before);
  expect(await outline(db)).toEqual([
    { id: "acme", entries: 3, erased: 1, unsealed: 0, faults: [] },
    { id: "ada", entries: 2, erased: 0, unsealed: 0, faults: [] },
  ]);
  await write(db, "acme", "four");
  await write(db, null, "own once more");
  await sealAllEntries({ db, now: new Date() });
  await db.run(sql`update audit_entry set target_name = null, before = null, after = null, target_salt = null
    where organization_id = 'acme' and sequence = 2`);
  expect(await outline(db)).toEqual([
    { id: "acme", entries: 4, erased: 2, unsealed: 0, faults: [] },
    { id: "ada", entries: 3, erased: 0, unsealed: 0, faults: [] },
  ]);
  await db.run(sql`update audit_entry set target_name = 'changed' where organization_id = 'acme' and sequence = 3`);
  await db.run(sql`delete from audit_entry where organization_id is null and sequence = 1`);
  expect((await outline(db)).flatMap(({ faults }) => faults)).toEqual([
    "the content of entry 3 was changed",
    "entries 1 to 1 are missing",
    "entry 2 does not match its seal",
  ]);
});

test("a database that never had the former trigger is sealed from its first entry", async () => {
  await using fresh = await aDatabaseAt("0008_search_texts");
  const { db } = fresh;
  await anOldLog(db);
  await applyMigrations(db);
  await write(db, "acme", "four");
  await sealAllEntries({ db, now: new Date() });
  expect(await outline(db)).toEqual([
    { id: "acme", entries: 4, erased: 1, unsealed: 0, faults: [] },
    { id: "ada", entries: 2, erased: 0, unsealed: 0, faults: [] },
  ]);
});

type Row = Record<string, string | number | null>;

/** Inserts entries that were sealed before keys existed, one of them erased since, as copied from a database of that time. */
async function entriesFromBeforeKeys(db: Database) {
  const file = path.join(import.meta.dirname, "entries-before-keys.json");
  const { entries, chains }: Record<string, Row[]> = JSON.parse(await readFile(file, "utf8"));
  await db.run(sql`insert into organization (id, name, slug) values ('acme', 'Acme', 'acme')`);
  for (const row of entries ?? []) {
    await db.run(sql`insert into audit_entry ${columnsOf(row)} values ${Object.values(row)}`);
    // The trigger gave the row salts of its own.
    await db.run(
      sql`update audit_entry set ip_salt = ${row.ip_salt}, target_salt = ${row.target_salt} where id = ${row.id}`,
    );
  }
  for (const { id, sealed, hash } of chains ?? []) {
    await db.run(sql`update audit_chain set sealed = ${sealed}, hash = ${hash} where id = ${id}`);
  }
}

const sealsOf = (db: Database) =>
  db.all<Row>(sql`select id, hash, ip_digest, target_digest from audit_entry where hash is not null`);

const columnsOf = (row: Row) =>
  sql`(${sql.join(
    Object.keys(row).map((name) => sql.identifier(name)),
    sql`, `,
  )})`;

test("entries sealed before API keys existed keep their seals, and a changed actor or client is found in each", async () => {
  await using former = await aDatabaseAt("0013_indexed_search");
  const { db } = former;
  await entriesFromBeforeKeys(db);
  // An entry of the previous version that is not sealed until the upgrade is done.
  await write(db, "acme", "on the way");
  const before = await sealsOf(db);
  expect(before).toHaveLength(5);
  await applyMigrations(db);
  await sealAllEntries({ db, now: new Date() });
  expect(await sealsOf(db), "no old entry is sealed anew").toEqual(expect.arrayContaining(before));
  expect(await outline(db)).toEqual([
    { id: "acme", entries: 4, erased: 1, unsealed: 0, faults: [] },
    { id: "ada", entries: 2, erased: 0, unsealed: 0, faults: [] },
  ]);
  const later = {
    db,
    ipAddress: "203.0.113.7",
    userAgent: "Mozilla/5.0",
    requestId: "a-request",
    now: new Date(),
    organizationId: "acme",
    newId: () => crypto.randomUUID(),
  };
  const key = { ...later, actor: { kind: "key", id: "a-key" }, via: "A client" } as const;
  const person = { ...later, actor: { kind: "person", id: "ada" }, via: null } as const;
  for (const acting of [key, person])
    await audit(acting, { action: "organization.renamed", from: sql`where true` }).entry;
  await sealAllEntries({ db, now: new Date() });
  expect((await outline(db))[0]).toEqual({ id: "acme", entries: 6, erased: 1, unsealed: 0, faults: [] });
  const changed = async (place: number, values: string) => {
    const kept = await db.all<Row>(sql`select actor_kind, via from audit_entry
      where organization_id = 'acme' and sequence = ${place}`);
    const { actor_kind: kind, via } = kept[0] ?? {};
    await db.run(sql`update audit_entry set ${sql.raw(values)} where organization_id = 'acme' and sequence = ${place}`);
    const found = (await outline(db)).flatMap(({ faults }) => faults);
    await db.run(sql`update audit_entry set actor_kind = ${kind}, via = ${via}
      where organization_id = 'acme' and sequence = ${place}`);
    return found;
  };
  for (const [place, values] of [
    [2, "actor_kind = 'key'"],
    [2, "via = 'A client'"],
    [5, "actor_kind = 'person'"],
    [5, "actor_kind = null"],
    [5, "via = null"],
    [6, "actor_kind = null"],
    [6, "via = 'A client'"],
  ] as const) {
    expect(await changed(place, values), values).toEqual([`entry ${place} does not match its seal`]);
  }
  expect((await outline(db)).flatMap(({ faults }) => faults)).toEqual([]);
});
