import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { after, mendIndexes } from "./db-generate.ts";
import { runIn } from "./tools.ts";

/**
 * Returns where the tables that the migrations build differ from the schema, such as "member has no column license". drizzle-kit
 * compares the schema with its snapshot only: it does not see a migration that was written or merged by hand.
 */
export async function differencesFromSchema(root: string): Promise<string[]> {
  const wanted = async () => {
    const out = await mkdtemp(path.join(tmpdir(), "app-schema-"));
    try {
      const options = ["--dialect", "sqlite", "--schema", "app/db/schema/*.ts", "--out", path.relative(root, out)];
      await runIn(root, "drizzle-kit/bin.cjs", "generate", ...options);
      return (await migrationsIn(out)).map(mendIndexes);
    } finally {
      await rm(out, { recursive: true });
    }
  };
  const [built, meant] = await Promise.all([migrationsIn(path.join(root, "migrations")), wanted()]);
  using there = after(built);
  using wished = after(meant);
  const tables = wished
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .all();
  return tables.flatMap(({ name }) => {
    const table = String(name);
    const [is, should] = [partsOf(there, table), partsOf(wished, table)];
    if (is.size === 0) return [`There is no table ${table}`];
    const missing = [...should].filter(([part, text]) => is.get(part) !== text);
    const surplus = [...is.keys()].filter((part) => !(should.has(part) || part.startsWith("index")));
    return [
      ...missing.map(([part]) => `${table} ${is.has(part) ? "has another" : "has no"} ${part}`),
      ...surplus.map((part) => `${table} still has the ${part}`),
    ];
  });
}

async function migrationsIn(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  return Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
}

/** The columns, checks and indexes of a table, each with its definition. */
function partsOf(database: DatabaseSync, table: string): Map<string, string> {
  const columns = database.prepare(
    'select name, lower(type) as type, "notnull", dflt_value as "default", pk from pragma_table_info(?)',
  );
  const parts = new Map(columns.all(table).map(({ name, ...rest }) => [`column ${name}`, plain(JSON.stringify(rest))]));
  const things =
    "select type, name, sql from sqlite_master where tbl_name = ? and type in ('table', 'index') and sql is not null";
  for (const { type, name, sql } of database.prepare(things).all(table)) {
    if (type === "index") parts.set(`index ${name}`, plain(String(sql)));
    else for (const [check, text] of checksIn(String(sql))) parts.set(`check ${check}`, plain(text));
  }
  return parts;
}

function checksIn(sql: string): [string, string][] {
  return Array.from(sql.matchAll(/CONSTRAINT ["`](\w+)["`] CHECK\s*\(/gi), ({ 0: start, 1: name = "", index }) => {
    let depth = 1;
    let end = index + start.length;
    for (; depth > 0 && end < sql.length; end++) depth += sql[end] === "(" ? 1 : sql[end] === ")" ? -1 : 0;
    return [name, sql.slice(index + start.length, end - 1)];
  });
}

function plain(sql: string): string {
  return sql
    .replace(/"\w+"\./g, "")
    .replace(/[\s"`\\]/g, "")
    .toLowerCase();
}
