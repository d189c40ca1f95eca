import { sql } from "drizzle-orm";
import { index, primaryKey, type SQLiteColumn, type SQLiteTable, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Tenanted } from "#app/tenancy/tables.ts";

/** `searchForm` is no function of SQLite. Triggers on what is searched keep a row each, and empty it on changes. */
export const searchText = sqliteTable(
  "search_text",
  {
    kind: text("kind").notNull(),
    id: text("id").notNull(),
    /** Null: not made yet. */
    form: text("form"),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.id] }),
    index("search_text_unmade").on(table.kind).where(sql`${table.form} is null`),
  ],
);

/** What is found by a part of its texts, the first of which is its name. Declared beside its table. */
export type Searched = {
  kind: string;
  table: SQLiteTable & Tenanted;
  id: SQLiteColumn;
  texts: readonly [name: SQLiteColumn, email?: SQLiteColumn];
  /** Characters that a name has at least. */
  minimum: number;
};
