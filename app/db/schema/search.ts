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
 * SQLite has no `searchForm` function. Triggers on the searched tables keep one row for each thing, and set `form` to null when
 * it changes; a member has the form of their person. Triggers on this table keep `search_index` (FTS5): every piece of one to
 * three characters of a form, after its kind and organization. What belongs to no organization is not searched.
 */
export const searchText = sqliteTable(
  "search_text",
  {
    /** The rowid in `search_index`. */
    number: integer("number").primaryKey(),
    kind: text("kind").notNull(),
    id: text("id").notNull(),
    organizationId: text("organization_id"),
    /** Null if it is not made yet. */
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

/** A kind of thing that is found by a part of its texts, the first of which is its name. Declared beside its table. */
export type Searched = {
  kind: string;
  table: SQLiteTable & Tenanted;
  id: SQLiteColumn;
  texts: readonly [name: SQLiteColumn, email?: SQLiteColumn];
  /** The table that contains the texts, if it is not its own table. */
  by?: { table: SQLiteTable; on: SQL };
  /** The fewest characters that a name can have. */
  minimum: number;
};
