import { sql } from "drizzle-orm";
import { check, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * `searchForm` is no function of SQLite. Triggers on `user`, `image` and `organization` keep a row each, and empty it on
 * changes.
 */
export const searchText = sqliteTable(
  "search_text",
  {
    kind: text("kind", { enum: ["person", "image", "organization"] }).notNull(),
    id: text("id").notNull(),
    /** Null: not made yet. */
    form: text("form"),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.id] }),
    index("search_text_unmade").on(table.kind).where(sql`${table.form} is null`),
    check("search_text_kind", sql`${table.kind} in ('person', 'image', 'organization')`),
  ],
);
