import { or, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/** SQL over a row that is true if these values would change it. Undefined values do not count. */
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
