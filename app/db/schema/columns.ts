import { type SQL, sql } from "drizzle-orm";
import { type AnySQLiteColumn, integer } from "drizzle-orm/sqlite-core";

export const now = sql`(cast(unixepoch('subsec') * 1000 as integer))`;

export const instant = (name: string) => integer(name, { mode: "timestamp_ms" });
export const createdAt = () => instant("created_at").notNull().default(now);
export const updatedAt = () => instant("updated_at").notNull().default(now);

/** A check that a column has one of the values of its `enum`, so that a value is added in one place. */
export function isOneOf(column: AnySQLiteColumn<{ enumValues: string[] }>): SQL {
  return sql`${column} in (${sql.raw(column.enumValues.map((value) => `'${value}'`).join(", "))})`;
}
