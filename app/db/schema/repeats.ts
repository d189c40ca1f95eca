import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { instant } from "./columns.ts";
import { apiKey } from "./keys.ts";

/** A write that a program named, so that it may send it again: who is at it, and what came of it. */
export const namedWrite = sqliteTable(
  "named_write",
  {
    keyId: text("key_id")
      .notNull()
      .references(() => apiKey.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** Of method, address and body. */
    fingerprint: text("fingerprint").notNull(),
    /** Of all bytes of the body's file, which come after the claim; null: no file, or it has not come to its end. */
    fileDigest: text("file_digest"),
    /** Of the request that is at it. */
    claim: text("claim").notNull(),
    claimedAt: instant("claimed_at").notNull(),
    /** Set by the batch of the change, with what it made; so they are there when the change is, and the answer may be lost. */
    madeAt: instant("made_at"),
    targetId: text("target_id"),
    /** The answer; null: it was not given yet. */
    status: integer("status"),
    body: text("body"),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.name] }), index("named_write_claimed").on(table.claimedAt)],
);
