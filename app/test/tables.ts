import { eq, getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "#app/db/client.server.ts";
import { type Belonging, belongingOf, columnOf, type Tenanted } from "#app/tenancy/tables.ts";

const schema = import.meta.glob<Record<string, unknown>>("../db/schema/*.ts", { eager: true });

export const tables = Object.values(schema).flatMap((file) =>
  Object.values(file).filter((each): each is SQLiteTable => is(each, SQLiteTable)),
);

export function tablesOf(whose: keyof Belonging): (SQLiteTable & Tenanted)[] {
  return (tables as (SQLiteTable & Tenanted)[]).filter((table) => belongingOf(table)?.[whose] !== undefined);
}

/** Kept after an answer, whether something was changed or not. */
const KEPT_AFTER = ["lastActiveAt", "hash", "previousHash"];

export async function rowsOf(db: Database, whose: "organization" | "person", id: string, except: string[] = []) {
  const rows = tablesOf(whose)
    .filter((table) => !except.includes(getTableName(table)))
    .map(async (table) => {
      const columns = Object.entries(getTableColumns(table)).filter(([name]) => !KEPT_AFTER.includes(name));
      const owner = columnOf(table, belongingOf(table)[whose] ?? "");
      return [getTableName(table), await db.select(Object.fromEntries(columns)).from(table).where(eq(owner, id))];
    });
  return Object.fromEntries(await Promise.all(rows));
}
