import { type SQL, sql } from "drizzle-orm";

/** A condition as a column: SQLite answers with 1 or 0. An answer of null stays null. */
export function isTrue(condition: SQL): SQL<boolean> {
  return sql`${condition}`.mapWith(Boolean);
}
