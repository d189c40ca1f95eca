import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { instant } from "./columns.ts";
import { apiKey } from "./keys.ts";

/** How long a repeat of a write gets the stored response instead of being done again. */
export const NAMED_WRITE_HOURS = 24;

/** A write that a program named (its idempotency key), so that it can retry it: which request runs it, and the result. */
export const namedWrite = sqliteTable(
  "named_write",
  {
    keyId: text("key_id")
      .notNull()
      .references(() => apiKey.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** A digest of method, address and body. */
    fingerprint: text("fingerprint").notNull(),
    /** The digest of the file in the body, which is read after the claim; null if there is none or it is not complete. */
    fileDigest: text("file_digest"),
    /** The claim of the request that runs it. */
    claim: text("claim").notNull(),
    claimedAt: instant("claimed_at").notNull(),
    /** Set, with `targetId`, by the change's own batch: they exist whenever the change does, even if the response is lost. */
    madeAt: instant("made_at"),
    targetId: text("target_id"),
    /** The response; null if it was not given yet. */
    status: integer("status"),
    body: text("body"),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.name] }), index("named_write_claimed").on(table.claimedAt)],
);
