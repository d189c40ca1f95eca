import { or, type SQL, sql } from "drizzle-orm";
import { type AnySQLiteColumn, getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";

/** Tables with a column that refers to a row of another table and is never empty. */
const needing: readonly SQLiteTable[] = [];

/**
 * For resources of your own: whether a row of `others` needs the row of `table` that the surrounding statement has found. Rows
 * that were deleted need it too while they are kept, since they can be restored.
 */
export function isNeeded(table: SQLiteTable & { id: AnySQLiteColumn }, others = needing): SQL {
  const uses = others
    .flatMap((other) => getTableConfig(other).foreignKeys.map((key) => ({ other, ...key.reference() })))
    .filter(({ foreignTable, columns: [column] }) => foreignTable === table && column?.notNull)
    .map(({ other, columns: [column] }) => sql`exists (select 1 from ${other} where ${table.id} = ${column})`);
  return sql`(${or(...uses) ?? sql`false`})`;
}
