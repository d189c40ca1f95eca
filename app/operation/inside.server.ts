import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { SelectResultFields } from "drizzle-orm/query-builders/select.types";
import type { AnySQLiteColumn, SelectedFields, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "#app/db/client.server.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { belongingOf, columnOf, type Tenanted } from "#app/tenancy/tables.ts";
import type { Statement } from "./plan.ts";

/** What the rows of a caller are found by. SQL is null for anyone without access. */
export type Reach = {
  /** Null: the caller stands in no organization, but in all that `organizations` lists. */
  organization: SQL | string | null;
  organizations: SQL | null;
  /** Null for a key. */
  person: SQL | string;
  key?: string | null;
  /** Where the permission may reach own rows only: SQL that is true for a role that reaches all; `false` where it does not. */
  reachesAll: SQL | boolean;
  isPicked?: true;
  /** Of the rows that were deleted, and of no others. */
  isDeleted?: true;
};

/** SQL for the rows of a table that the caller may reach. */
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
    // The plus keeps SQLite from the index of the tenant, which would lead through all of its rows to the few that are picked.
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
      // The select may ask for more; the first condition stays.
      query.where = ((condition: SQL | undefined) => where(and(isWithin, condition))) as typeof query.where;
      query.where(undefined);
      return query;
    },
  });
}

/** What a select of these columns finds. */
export type RowOf<Columns extends SelectedFields> = SelectResultFields<Columns>;

export type Count = (table: SQLiteTable & Tenanted, which?: { where?: SQL | undefined; upTo?: number }) => SQL<number>;

/** Hangs on the row of the organization that the select around it has found, so that access is asked for once. */
export function countWithin(reach: Reach): Count {
  return (table, { where, upTo } = {}) => {
    const isWithin = within(table, { ...reach, organization: sql`${organization.id}` });
    const rows = sql`${table} where ${and(isWithin, where)}`;
    return upTo === undefined
      ? sql`(select count(*) from ${rows})`
      : sql`(select count(*) from (select 1 from ${rows} limit ${upTo}))`;
  };
}

/** What a verb never sees of its grant; `change` and the pipeline do. */
export const inside: unique symbol = Symbol("inside");

export type Inside = {
  db: Database;
  reach: Reach;
  /** True while session, role and proof are as they were when the grant was made. */
  still: SQL;
  /** True while the thing is as the caller has seen it; left out: they have not said what they saw. */
  unchanged?: SQL;
  /** What else hangs on a change: that a write which a program named was made. */
  alongside?: (made: { when: SQL; targetId: SQL }) => Statement;
  commit(statements: readonly Statement[]): Promise<unknown[]>;
  sendMail(): void;
  sendEvents(): void;
};

export async function runNamed<S extends Record<string, Statement>>(
  run: (statements: readonly Statement[]) => Promise<unknown[]>,
  statements: S,
): Promise<{ [Key in keyof S]: Awaited<S[Key]> }> {
  const rows = await run(Object.values(statements));
  return Object.fromEntries(Object.keys(statements).map((name, index) => [name, rows[index]])) as never;
}

/** Between the check and the batch the thing became another than the caller has seen. */
export class ChangedMeanwhile extends Error {
  override name = "ChangedMeanwhile";
}

/** Between the check and the batch the caller lost the right: signed out, removed, given another role, or no longer fresh. */
export class RightLost extends Error {
  override name = "RightLost";
}
