import { or, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/** SQL over a row: it would be another with these values. What is undefined is left as it is. */
export function differs<T extends SQLiteTable>(
  table: T,
  values: { [Key in keyof T["$inferInsert"]]?: T["$inferInsert"][Key] | undefined },
): SQL {
  const columns = table as unknown as Record<string, AnySQLiteColumn>;
  const changes = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => sql`${columns[name]} is not ${sql.param(value, columns[name])}`);
  return or(...changes) ?? sql`false`;
}
