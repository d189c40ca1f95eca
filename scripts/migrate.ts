import { readFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { migrate } from "drizzle-orm/libsql/migrator";
import { createDatabase, type Database } from "../app/db/client.server.ts";
import { makeSearchTexts } from "../app/db/search.server.ts";

/** Building an index takes as long as it takes. */
export const MIGRATION_LIMIT_MS = 300_000;

const MIGRATIONS = path.join(import.meta.dirname, "../migrations");

/** Applies the migrations the database does not have yet, and returns their names. */
export async function applyMigrations(db: Database): Promise<string[]> {
  const pending = await pendingMigrations(db);
  await migrate(db, { migrationsFolder: MIGRATIONS });
  // What SQL alone cannot make; the schedule goes on with what an older Worker writes meanwhile.
  while ((await makeSearchTexts(db)) > 0);
  return pending;
}

/** The names of the migrations that the database does not have yet. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const journal: { entries: { tag: string }[] } = JSON.parse(
    await readFile(path.join(MIGRATIONS, "meta/_journal.json"), "utf8"),
  );
  return journal.entries.slice(await countApplied(db)).map(({ tag }) => tag);
}

async function countApplied(db: Database): Promise<number> {
  const tables = await db.all(sql`select name from sqlite_master where name = '__drizzle_migrations'`);
  if (tables.length === 0) return 0;
  const rows = await db.all<{ count: number }>(sql`select count(*) as count from __drizzle_migrations`);
  return rows[0]?.count ?? 0;
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("Set DATABASE_URL, and DATABASE_AUTH_TOKEN for a hosted database.");
  const database = { url, authToken: process.env.DATABASE_AUTH_TOKEN, answerWithinMs: MIGRATION_LIMIT_MS };
  const applied = await applyMigrations(createDatabase(database));
  console.log(applied.length ? applied.map((tag) => `applied ${tag}`).join("\n") : "nothing to apply");
}
