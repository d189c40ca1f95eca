import { sql } from "drizzle-orm";
import { check, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What a search compares, beside what it is made from: `searchForm` of names and addresses, which no function of SQLite knows.
 * Triggers on `user`, `image` and `organization` keep a row for each, and empty it when what it was made from changes.
 */
export const searchText = sqliteTable(
  "search_text",
  {
    kind: text("kind", { enum: ["person", "image", "organization"] }).notNull(),
    /** Of the person, image or organization. */
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
