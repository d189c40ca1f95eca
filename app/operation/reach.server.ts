import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { SelectResultFields } from "drizzle-orm/query-builders/select.types";
import type { AnySQLiteColumn, SelectedFields, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "#app/db/client.server.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { belongingOf, columnOf, type Tenanted } from "#app/tenancy/tables.ts";

/** The values by which the rows of a caller are found. SQL is null for anyone without access. */
export type Reach = {
  /** Null if the request is not about one organization. Then the caller reaches all that `organizations` lists. */
  organization: SQL | string | null;
  organizations: SQL | null;
  /** SQL for null if the caller is a key. */
  person: SQL | string;
  key?: string | null;
  /** Whether the caller reaches rows that others made. SQL in a scope, where the role is not known yet. */
  reachesAll: SQL | boolean;
  isPicked?: true;
  /** Only the rows that were deleted. Without it, only those that were not. */
  isDeleted?: true;
};

/** The condition for the rows of a table that the caller can reach. */
export function within(table: Tenanted, reach: Reach): SQL | undefined {
  const { deleted } = belongingOf(table);
  if (deleted === undefined) return reached(table, reach);
  const column = columnOf(table, deleted);
  return and(reached(table, reach), reach.isDeleted ? isNotNull(column) : isNull(column));
}

function reached(table: Tenanted, reach: Reach): SQL | undefined {
  const { organization, organizations, person, reachesAll, isPicked } = reach;
  const names = belongingOf(table);
  const column = (name: string) => columnOf(table, name);
  if (organization !== null && names.organization !== undefined) {
    const tenant = column(names.organization);
    // The plus keeps SQLite from using the tenant's index, which would read all of its rows to find the few that are picked.
    const isInside = isPicked ? eq(sql`+${tenant}`, organization) : eq(tenant, organization);
    return names.maker === undefined || reachesAll === true
      ? isInside
      : and(isInside, isReached(column(names.maker), { person, reachesAll }));
  }
  if (names.person !== undefined) return eq(column(names.person), person);
  return organizations === null || names.organization === undefined
    ? inArray(column(names.organization ?? names.maker ?? ""), [])
    : inArray(column(names.organization), organizations);
}

function isReached(maker: AnySQLiteColumn, { person, reachesAll }: Pick<Reach, "person" | "reachesAll">) {
  return reachesAll === false ? eq(maker, person) : or(eq(maker, person), reachesAll as SQL);
}

function selection<F extends SelectedFields, T extends SQLiteTable>(db: Database, fields: F, table: T) {
  return db.select(fields).from(table);
}

export type Select = <F extends SelectedFields>(
  fields: F,
) => { from<T extends SQLiteTable & Tenanted>(table: T): ReturnType<typeof selection<F, T>> };

export function selectWithin(db: Database, reach: Reach): Select {
  return (fields) => ({
    from(table) {
      const query = selection(db, fields, table);
      const where = query.where.bind(query);
      const isWithin = within(table, reach);
      // A later `where` adds to this condition and never replaces it.
      query.where = ((condition: SQL | undefined) => where(and(isWithin, condition))) as typeof query.where;
      query.where(undefined);
      return query;
    },
  });
}

/** A row that a select of these columns finds. */
export type RowOf<Columns extends SelectedFields> = SelectResultFields<Columns>;

export type Count = (table: SQLiteTable & Tenanted, which?: { where?: SQL | undefined; upTo?: number }) => SQL<number>;

/**
 * Counts for the row of the organization that the surrounding select has found, so access is checked only once. `isAllowed` is for
 * another permission than that of the select.
 */
export function countWithin(reach: Reach, isAllowed?: SQL): Count {
  return (table, { where, upTo } = {}) => {
    const isWithin = within(table, { ...reach, organization: sql`${organization.id}` });
    const rows = sql`${table} where ${and(isWithin, where, isAllowed)}`;
    return upTo === undefined
      ? sql`(select count(*) from ${rows})`
      : sql`(select count(*) from (select 1 from ${rows} limit ${upTo}))`;
  };
}
