import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { refuseWhatNpmKept } from "./flags.ts";
import { inWords, Mistake } from "./mistake.ts";
import { ROOT, runTool } from "./tools.ts";

const BREAKPOINT = "--> statement-breakpoint\n";

type Thing = { type: "trigger" | "view" | "index"; name: string; on: string; sql: string };
type Snapshot = {
  tables: Record<string, { indexes: Record<string, unknown> }>;
  _meta: { columns: Record<string, string> };
};

/**
 * SQLite changes a check by recreating the table, and drizzle-kit ignores triggers and views: those on the table would be dropped
 * with it, and others that name it would make its renaming fail. `earlier` contains the migrations before this one. drizzle-kit
 * makes the indexes of `known` again itself, except those that the schema no longer has.
 */
export function keepTriggers(
  migration: string,
  earlier: readonly string[],
  known: readonly string[],
): { sql: string; kept: string[] } {
  const anew = Array.from(migration.matchAll(/RENAME TO `(\w+)`/g), ([, table = ""]) => table).filter((table) =>
    migration.includes(`DROP TABLE \`${table}\``),
  );
  if (anew.length === 0) return { sql: migration, kept: [] };
  const touched = thingsAfter(earlier).filter(
    (thing) => isTouched(thing, anew) && !migration.includes(`\`${thing.name}\``) && !known.includes(thing.name),
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
    for (const statement of statementsOf(migration)) database.exec(statement);
  }
  return database;
}

/**
 * Returns why a migration fails in a database that has rows, or null. `earlier` has to leave a database without rows. Each table
 * that is altered or copied gets one row with the columns it must have: the empty database of `after` accepts more.
 */
export function failsWithRows(migration: string, earlier: readonly string[]): string | null {
  using database = after(earlier);
  database.exec("PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF;");
  const tables = new Set(Array.from(migration.matchAll(/(?:ALTER TABLE|FROM) `(\w+)`/g), ([, table = ""]) => table));
  for (const table of tables) {
    const needed = `select name from pragma_table_info(?) where "notnull" and not (pk and lower(type) = 'integer')`;
    const columns = database.prepare(needed).all(table);
    if (columns.length === 0) continue;
    const names = columns.map(({ name }) => `"${name}"`).join(", ");
    try {
      database.exec(`insert into "${table}" (${names}) values (${columns.map(() => "'1'").join(", ")})`);
    } catch {
      // A trigger needs more than this one row. Such a table is tried without rows.
    }
  }
  try {
    for (const statement of statementsOf(migration)) {
      if (!statement.trim().startsWith("PRAGMA")) database.exec(statement);
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function statementsOf(migration: string): string[] {
  return migration.split(BREAKPOINT.trim());
}

/**
 * When drizzle-kit recreates a table, it copies each column of the new table from one of the same name in the old table. Where that
 * has no such column, this copies from the one that was renamed, or from none if the column is new. SQLite can otherwise take the
 * quoted name for a text and write it into every row. `renamed` is from the snapshot.
 */
export function mendCopies(
  migration: string,
  earlier: readonly string[],
  renamed: Readonly<Record<string, string>>,
): string {
  using database = after(earlier);
  const columnsOf = database.prepare("select name from pragma_table_info(?)");
  return migration.replace(
    /(INSERT INTO `__new_(\w+)`)\(([^)]*)\) SELECT [^;]*? FROM `\2`;/g,
    (whole, start: string, table: string, list: string) => {
      const old = columnsOf.all(table).map(({ name }) => `"${name}"`);
      if (old.length === 0) return whole;
      const before = Object.entries(renamed).map(([from, to]) => [to, from.slice(from.indexOf(".") + 1)] as const);
      const sources = new Map(before.filter(([to]) => to.startsWith(`"${table}".`)));
      const pairs = list.split(", ").map((name) => ({ name, from: sources.get(`"${table}".${name}`) ?? name }));
      const copied = pairs.filter(({ from }) => old.includes(from));
      const names = copied.map(({ name }) => name).join(", ");
      return `${start}(${names}) SELECT ${copied.map(({ from }) => from).join(", ")} FROM \`${table}\`;`;
    },
  );
}

/** Fixes the indexes of a recreated table, where drizzle-kit quotes an expression as if it were a column name. */
export function mendIndexes(migration: string): string {
  return migration.replace(/^CREATE (?:UNIQUE )?INDEX .*$/gm, (line) =>
    line.replace(/`([^`]*[^`\w][^`]*)`(?=[,)])/g, (_, expression: string) => expression),
  );
}

/** Without a terminal, drizzle-kit cannot ask what was renamed. It then prints a stack and exits with 0. */
export async function runKit(options: string[], { isTerminal, root }: { isTerminal: boolean; root: string }) {
  const running = runTool(["drizzle-kit", "generate", ...options], { isShown: isTerminal, cwd: root });
  const output = await running.catch((error) => {
    if (!isTerminal) console.error(error.message);
    throw new Mistake("drizzle-kit has made no migration; it says above why.");
  });
  if (output.includes("Interactive prompts require a TTY")) {
    throw new Mistake(
      "Something is gone from the schema and something else is new: drizzle-kit has to ask whether it was renamed, and asks in a terminal only. Run this command in a terminal. If it was not renamed, you can also remove the old one first, generate a migration, and then add the new one.",
    );
  }
  process.stdout.write(output);
}

async function generate(options: string[]): Promise<void> {
  refuseWhatNpmKept(["name", "custom"]);
  const folder = path.join(ROOT, "migrations");
  const filesIn = async () => (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  const read = (file: string) => readFile(path.join(folder, file), "utf8");
  const before = await filesIn();
  await runKit(options, { isTerminal: process.stdin.isTTY && process.stdout.isTTY, root: ROOT });
  const earlier = await Promise.all(before.map(read));
  const snapshotOf = async (file = ""): Promise<Snapshot> =>
    JSON.parse(await readFile(path.join(folder, `meta/${file.slice(0, 4)}_snapshot.json`), "utf8"));
  const tables = before.length === 0 ? {} : (await snapshotOf(before.at(-1))).tables;
  const known = Object.values(tables).flatMap(({ indexes }) => Object.keys(indexes));
  for (const file of (await filesIn()).filter((each) => !before.includes(each))) {
    const { _meta } = await snapshotOf(file);
    const mended = mendCopies(mendIndexes(await read(file)), earlier, _meta.columns);
    const { sql, kept } = keepTriggers(mended, earlier, known);
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
    const reason = failsWithRows(sql, earlier);
    if (reason !== null) {
      throw new Mistake(
        `migrations/${file} fails in a database that has rows (${reason}). Change its SQL before you apply it: a new column that is required needs a DEFAULT, and a column that becomes required an UPDATE at the beginning that fills it. See docs/guides/add-a-field.md.`,
      );
    }
    console.log(`Read migrations/${file} before you apply it.`);
  }
}

if (import.meta.main) await inWords(() => generate(process.argv.slice(2)));
