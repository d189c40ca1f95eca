import { eq, getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { runBatch } from "#app/db/batch.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { type Belonging, belongingOf, columnOf, type Tenanted } from "#app/tenancy/tables.ts";

const schema = import.meta.glob<Record<string, unknown>>("../db/schema/*.ts", { eager: true });

export const tables = Object.values(schema).flatMap((file) =>
  Object.values(file).filter((each): each is SQLiteTable => is(each, SQLiteTable)),
);

export function tablesOf(whose: keyof Belonging): (SQLiteTable & Tenanted)[] {
  return (tables as (SQLiteTable & Tenanted)[]).filter((table) => belongingOf(table)?.[whose] !== undefined);
}

/** Columns that are written after a response, whether something was changed or not. */
const KEPT_AFTER = ["lastActiveAt", "hash", "previousHash", "failingSince"];

/** All rows of this organization or person by table name, read in one round trip. */
export async function rowsOf(db: Database, whose: "organization" | "person", id: string, except: string[] = []) {
  const read = tablesOf(whose).filter((table) => !except.includes(getTableName(table)));
  const reads = read.map((table) => {
    const columns = Object.entries(getTableColumns(table)).filter(([name]) => !KEPT_AFTER.includes(name));
    const owner = columnOf(table, belongingOf(table)[whose] ?? "");
    return db.select(Object.fromEntries(columns)).from(table).where(eq(owner, id));
  });
  const rows = await runBatch(db, reads);
  return Object.fromEntries(read.map((table, at) => [getTableName(table), rows[at] as Record<string, unknown>[]]));
}
