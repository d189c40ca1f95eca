import { or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/**
 * Whether one of the columns has `typed` in it, in capitals or not. SQLite's `like` knows the case of ASCII letters alone, so
 * words of other alphabets are looked for in each of the ways people write them.
 */
export function contains(columns: readonly SQLiteColumn[], typed: string): SQL | undefined {
  const spellings = new Set([typed, typed.toLowerCase(), typed.toUpperCase(), capitalized(typed)]);
  const patterns = [...spellings].map((spelling) => `%${spelling.replace(/[\\%_]/g, "\\$&")}%`);
  return or(...columns.flatMap((column) => patterns.map((pattern) => sql`${column} like ${pattern} escape '\\'`)));
}

function capitalized(words: string): string {
  return words.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}
