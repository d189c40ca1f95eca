import { type SQL, sql } from "drizzle-orm";
import {
  index,
  integer,
  type SQLiteColumn,
  type SQLiteTable,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Tenanted } from "#app/tenancy/tables.ts";

/**
 * `searchForm` is no function of SQLite. Triggers on what is searched keep a row each, and empty its form on changes; a member's
 * is their person's. Triggers on this table keep `search_index` (FTS5): every piece of one to three characters of a form, behind
 * its kind and its organization. What is of no organization is not searched.
 */
export const searchText = sqliteTable(
  "search_text",
  {
    /** Its row in `search_index`. */
    number: integer("number").primaryKey(),
    kind: text("kind").notNull(),
    id: text("id").notNull(),
    organizationId: text("organization_id"),
    /** Null: not made yet. */
    form: text("form"),
  },
  (table) => [
    uniqueIndex("search_text_of").on(table.kind, table.id),
    index("search_text_unmade").on(table.kind, table.organizationId).where(sql`${table.form} is null`),
    index("search_text_member_names")
      .on(table.organizationId, table.form, table.id)
      .where(sql`${table.kind} = 'member'`),
  ],
);

/** What is found by a part of its texts, the first of which is its name. Declared beside its table. */
export type Searched = {
  kind: string;
  table: SQLiteTable & Tenanted;
  id: SQLiteColumn;
  texts: readonly [name: SQLiteColumn, email?: SQLiteColumn];
  /** Where they stand, unless that is its own table. */
  by?: { table: SQLiteTable; on: SQL };
  /** Characters that a name has at least. */
  minimum: number;
};
