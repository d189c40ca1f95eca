import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { migrate } from "drizzle-orm/libsql/migrator";
import { createDatabase, type Database } from "../app/db/client.server.ts";
import { makeSearchTexts } from "../app/db/search.server.ts";
import { reasonOf } from "./deploy/database.ts";
import { takesNothing } from "./flags.ts";
import { inWords, Mistake } from "./mistake.ts";

/** Building an index can take a long time. */
export const MIGRATION_LIMIT_MS = 300_000;

const MIGRATIONS = path.join(import.meta.dirname, "../migrations");

/**
 * Applies the pending migrations and returns their names. Warns about those that were changed after the database applied them.
 * `anew` says how to recreate the database, where that is easy.
 */
export async function applyMigrations(db: Database, anew?: string): Promise<string[]> {
  const { pending, gone, changed } = await migrationsOf(db);
  if (changed.length > 0) console.warn(`${saysChanged(changed)}\n${anew ?? UNDO}`);
  const [first] = gone;
  if (first !== undefined && pending.length > 0) throw new Mistake(`${saysGone(gone)}\n${anew ?? BY_HAND}`);
  await migrate(db, { migrationsFolder: MIGRATIONS });
  // SQL alone cannot make search texts. The schedule adds those of rows that an older Worker writes meanwhile.
  while ((await makeSearchTexts(db)) > 0);
  return pending;
}

const BY_HAND = "Bring the files back, or say by hand what the migrations that are new here find there already.";

export const UNDO = "Undo the change, and write a new migration for it.";

/**
 * `pending`: names of migrations that a database lacks. `gone`: times of migrations that it has and this folder does not.
 * `changed`: names of migrations whose SQL is no longer what the database has applied.
 */
export type Migrations = { pending: string[]; gone: number[]; changed: string[] };

export type Applied = { time: number; hash: string };

/** A database identifies a migration by the time when it was made, and applies only those later than its last. */
export async function compared(applied: readonly Applied[]): Promise<Migrations> {
  const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
    await readFile(path.join(MIGRATIONS, "meta/_journal.json"), "utf8"),
  );
  const times = applied.map(({ time }) => time);
  const last = Math.max(0, ...times);
  const isChanged = async ({ tag, when }: { tag: string; when: number }) => {
    const there = applied.find(({ time }) => time === when);
    const text = await readFile(path.join(MIGRATIONS, `${tag}.sql`), "utf8").catch(() => null);
    return there !== undefined && text !== null && createHash("sha256").update(text).digest("hex") !== there.hash;
  };
  const areChanged = await Promise.all(journal.entries.map(isChanged));
  return {
    pending: journal.entries.filter(({ when }) => when > last).map(({ tag }) => tag),
    gone: times.filter((time) => journal.entries.every(({ when }) => when !== time)),
    changed: journal.entries.filter((_, index) => areChanged[index]).map(({ tag }) => tag),
  };
}

export async function migrationsOf(db: Database): Promise<Migrations> {
  const tables = await db.all(sql`select name from sqlite_master where name = '__drizzle_migrations'`);
  if (tables.length === 0) return compared([]);
  const rows = await db.all<Applied>(sql`select created_at as time, hash from __drizzle_migrations`);
  return compared(rows.map(({ time, hash }) => ({ time: Number(time), hash })));
}

/** Returns a sentence about the migrations that were changed. */
export function saysChanged(changed: readonly string[]): string {
  return `${changed.join(", ")} in migrations/ changed after the database applied ${changed.length === 1 ? "it" : "them"}, so the change is not in the database.`;
}

/** Returns a failure to migrate in words. */
export function inWordsOf(error: unknown): Mistake {
  if (error instanceof Mistake) return error;
  const reason = reasonOf(error);
  return new Mistake(
    reason.startsWith("SQL")
      ? `A migration failed: ${reason}. Fix its SQL in migrations/. No new migration was applied.`
      : `The database does not answer (${reason}). Check DATABASE_URL and DATABASE_AUTH_TOKEN.`,
  );
}

/** Returns a sentence about the migrations that are gone. */
export function saysGone(gone: readonly number[]): string {
  const [first = 0] = gone;
  const made = new Date(first).toISOString().slice(0, 16).replace("T", " ");
  return gone.length === 1
    ? `The database has a migration from ${made} that is no longer in migrations/.`
    : `The database has ${gone.length} migrations that are no longer in migrations/, the first from ${made}.`;
}

const NO_URL =
  "Set DATABASE_URL, and DATABASE_AUTH_TOKEN for a hosted database. npm run dev migrates its own database at every start.";

if (import.meta.main) {
  takesNothing(`npm run db:migrate   applies missing migrations to the database of DATABASE_URL

A hosted database also needs DATABASE_AUTH_TOKEN. npm run dev migrates its own database at every start.`);
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error(NO_URL);
    process.exit(1);
  }
  const database = { url, authToken: process.env.DATABASE_AUTH_TOKEN, answerWithinMs: MIGRATION_LIMIT_MS };
  const applied = await inWords(() =>
    applyMigrations(createDatabase(database)).catch((error) => {
      throw inWordsOf(error);
    }),
  );
  console.log(applied.length ? applied.map((tag) => `applied ${tag}`).join("\n") : "nothing to apply");
}
