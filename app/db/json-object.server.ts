import { type SQL, sql } from "drizzle-orm";

/** The values as JSON, made by the database, so that they can be SQL that only it knows. */
export function jsonObject(values: Record<string, unknown>): SQL {
  const pairs = Object.entries(values).map(([name, value]) => sql`${name}, ${value}`);
  return sql`json_object(${sql.join(pairs, sql`, `)})`;
}
