import { sql } from "drizzle-orm";
import { check, index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant } from "./columns.ts";
import { organization } from "./organizations.ts";
import { user } from "./people.ts";

/** A key of an organization. Its row stays after the key is dead, so that the log keeps the name. */
export const apiKey = belongingTo(
  sqliteTable(
    "api_key",
    {
      id: text("id").primaryKey(),
      organizationId: text("organization_id")
        .notNull()
        .references(() => organization.id, { onDelete: "cascade" }),
      name: text("name").notNull(),
      prefix: text("prefix").notNull(),
      digest: text("digest").notNull().unique(),
      /** The digest of the secret before the last rotation, which is valid for one more day. */
      formerDigest: text("former_digest").unique(),
      formerUntil: instant("former_until"),
      permissions: text("permissions", { mode: "json" }).$type<string[]>().notNull(),
      createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
      lastUsedAt: instant("last_used_at"),
      expiresAt: instant("expires_at"),
      /** When its owners were told that it expires soon. */
      warnedAt: instant("warned_at"),
      revokedAt: instant("revoked_at"),
      createdAt: createdAt(),
    },
    (table) => [
      index("api_key_organization_newest").on(table.organizationId, table.createdAt, table.id),
      index("api_key_created_by").on(table.createdBy),
      index("api_key_expires").on(table.expiresAt).where(sql`${table.revokedAt} is null and ${table.warnedAt} is null`),
      check("api_key_name_length", sql`length(${table.name}) between 1 and 64`),
    ],
  ),
  { organization: "organizationId" },
);
