import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { refuseWhatNpmKept } from "./flags.ts";
import { inWords, Mistake } from "./mistake.ts";
import { ROOT, runTool } from "./tools.ts";

const BREAKPOINT = "--> statement-breakpoint\n";

type Thing = { type: "trigger" | "view" | "index"; name: string; on: string; sql: string };

/**
 * SQLite changes a check by recreating the table, and drizzle-kit ignores triggers and views: those on the table would be dropped
 * with it, and others that name it would make its renaming fail. `earlier` contains the migrations before this one.
 */
export function keepTriggers(migration: string, earlier: readonly string[]): { sql: string; kept: string[] } {
  const anew = Array.from(migration.matchAll(/RENAME TO `(\w+)`/g), ([, table = ""]) => table).filter((table) =>
    migration.includes(`DROP TABLE \`${table}\``),
  );
  if (anew.length === 0) return { sql: migration, kept: [] };
  const touched = thingsAfter(earlier).filter(
    (thing) => isTouched(thing, anew) && !migration.includes(`\`${thing.name}\``),
  );
  const dropped = touched.filter(({ type }) => type !== "index").toReversed();
  const made = touched.map(({ sql }) => `${sql};`);
  const sql = [
    ...dropped.map(({ type, name }) => `DROP ${type.toUpperCase()} \`${name}\`;`),
    migration.trimEnd(),
    ...made,
  ].join(BREAKPOINT);
  return { sql: `${sql}\n`, kept: touched.map(({ name }) => name) };
}

function isTouched({ type, on, sql }: Thing, tables: readonly string[]): boolean {
  return tables.some((table) => table === on || (type !== "index" && new RegExp(`\\b${table}\\b`).test(sql)));
}

/** Returns views before triggers, since triggers read them. */
function thingsAfter(migrations: readonly string[]): Thing[] {
  using database = after(migrations);
  const rows = database
    .prepare(
      `select type, name, tbl_name as "on", sql from sqlite_master
      where type in ('trigger', 'view', 'index') and sql is not null order by type = 'trigger', rowid`,
    )
    .all();
  return rows as Thing[];
}

/** Returns an in-memory database with these migrations applied. Throws if one of them fails. */
export function after(migrations: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(":memory:", { enableForeignKeyConstraints: false });
  for (const migration of migrations) {
    for (const statement of migration.split(BREAKPOINT.trim())) database.exec(statement);
  }
  return database;
}

/** Fixes the indexes of a recreated table, where drizzle-kit quotes an expression as if it were a column name. */
export function mendIndexes(migration: string): string {
  return migration.replace(/^CREATE (?:UNIQUE )?INDEX .*$/gm, (line) =>
    line.replace(/`([^`]*[^`\w][^`]*)`(?=[,)])/g, (_, expression: string) => expression),
  );
}

async function generate(options: string[]): Promise<void> {
  refuseWhatNpmKept(["name", "custom"]);
  const folder = path.join(ROOT, "migrations");
  const filesIn = async () => (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  const read = (file: string) => readFile(path.join(folder, file), "utf8");
  const before = await filesIn();
  await runTool(["drizzle-kit", "generate", ...options], { isShown: true }).catch(() => {
    throw new Mistake("drizzle-kit has made no migration; it says above why.");
  });
  const earlier = await Promise.all(before.map(read));
  for (const file of (await filesIn()).filter((each) => !before.includes(each))) {
    const { sql, kept } = keepTriggers(mendIndexes(await read(file)), earlier);
    await writeFile(path.join(folder, file), sql);
    if (kept.length > 0)
      console.log(`Kept the triggers and indexes of tables that SQLite creates again: ${kept.join(", ")}`);
    try {
      after([...earlier, sql]).close();
    } catch (error) {
      throw new Mistake(
        `migrations/${file} cannot be applied as it is: ${error instanceof Error ? error.message : error}`,
      );
    }
    console.log(`Read migrations/${file} before you apply it.`);
  }
}

if (import.meta.main) await inWords(() => generate(process.argv.slice(2)));
