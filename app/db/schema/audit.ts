import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { createdAt } from "./columns.ts";
import { organization } from "./organizations.ts";

export const auditEntry = sqliteTable(
  "audit_entry",
  {
    id: text("id").primaryKey(),
    /** Null: the entry is about the person alone, such as a sign-in. */
    organizationId: text("organization_id").references(() => organization.id, { onDelete: "cascade" }),
    actorId: text("actor_id").notNull(),
    action: text("action").notNull(),
    targetId: text("target_id"),
    /** What the target was called when it happened. */
    targetName: text("target_name"),
    before: text("before", { mode: "json" }).$type<Record<string, unknown>>(),
    after: text("after", { mode: "json" }).$type<Record<string, unknown>>(),
    ipAddress: text("ip_address"),
    createdAt: createdAt(),
    /** From here on a trigger writes: the place in the chain, from 1, and the link to the entry before. */
    sequence: integer("sequence"),
    hash: text("hash"),
    /** The chain holds digests of what names a person. Without its salt a digest tells nothing, so a name can go. */
    ipSalt: text("ip_salt"),
    ipDigest: text("ip_digest"),
    targetSalt: text("target_salt"),
    targetDigest: text("target_digest"),
  },
  (table) => [
    index("audit_entry_organization_newest").on(table.organizationId, table.createdAt, table.id),
    index("audit_entry_organization_actor").on(table.organizationId, table.actorId, table.createdAt, table.id),
    index("audit_entry_organization_action").on(table.organizationId, table.action, table.createdAt, table.id),
    uniqueIndex("audit_entry_organization_sequence").on(table.organizationId, table.sequence),
    index("audit_entry_actor").on(table.actorId, table.createdAt),
  ],
);

/** One chain of entries: an organization's, or what a person did outside all of them. Kept by the same trigger. */
export const auditChain = sqliteTable("audit_chain", {
  /** Of the organization or the person. */
  id: text("id").primaryKey(),
  organizationId: text("organization_id").references(() => organization.id, { onDelete: "cascade" }),
  /** How many. */
  entries: integer("entries").notNull(),
  /** Of the newest entry. */
  hash: text("hash").notNull(),
});

/** Audit entries per organization and day (UTC), kept by a trigger: a plot of 30 days reads 30 rows. */
export const activityDay = sqliteTable(
  "activity_day",
  {
    organizationId: text("organization_id")
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    /** `YYYY-MM-DD`. */
    day: text("day").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.day] })],
);
