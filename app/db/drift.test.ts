import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createDatabase } from "#app/db/client.server.ts";
import { differencesFromSchema } from "#scripts/built-by-migrations.ts";
import { applyMigrations } from "#scripts/migrate.ts";
import { startSqld } from "#scripts/sqld.ts";

const ROOT = path.join(import.meta.dirname, "../..");

async function temporaryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), "app-drift-"));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

test("the migrations match the schema", async () => {
  await using temporary = await temporaryFolder();
  const copy = path.join(temporary.folder, "migrations");
  await cp(path.join(ROOT, "migrations"), copy, { recursive: true });
  const before = await readdir(copy);
  const out = path.relative(ROOT, copy);
  const options = ["generate", "--dialect", "sqlite", "--schema", "app/db/schema/*.ts", "--out", out];
  const { stdout } = await promisify(execFile)(path.join(ROOT, "node_modules/.bin/drizzle-kit"), options, {
    cwd: ROOT,
  });
  expect(await readdir(copy), "run `npm run db:generate`").toEqual(before);
  expect(stdout).toContain("No schema changes");
});

test("the migrations build the columns, checks and indexes of the schema, even those that were merged by hand", async () => {
  expect(await differencesFromSchema(ROOT), "write what is missing into the SQL of the last migrations").toEqual([]);
});

test("the migrations build every table in an empty database, and a second run applies none", async () => {
  await using temporary = await temporaryFolder();
  await using sqld = await startSqld({ dataDir: temporary.folder });
  const db = createDatabase({ url: sqld.url });
  const applied = await applyMigrations(db);
  expect(applied).toContain("0000_first");
  expect(await applyMigrations(db)).toEqual([]);
  const tables = await db.all<{ name: string }>(sql`select name from sqlite_master where type = 'table'`);
  expect(tables.map((table) => table.name)).toEqual(
    expect.arrayContaining(["user", "organization", "member", "invitation"]),
  );
  expect(await db.all(sql`pragma foreign_key_check`)).toEqual([]);
});
