import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { createdAt, instant, updatedAt } from "./columns.ts";
import { user } from "./people.ts";

export const organization = sqliteTable(
  "organization",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    slug: text("slug").notNull().unique(),
    logo: text("logo"),
    /** Kept by triggers on `image`, so a figure costs one row however many images there are. */
    imageCount: integer("image_count").notNull().default(0),
    /** Bytes; kept by triggers on `image`. */
    storageUsed: integer("storage_used").notNull().default(0),
    /** Bytes. */
    storageQuota: integer("storage_quota").notNull().default(15_000_000_000),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("organization_name_length", sql`length(${table.name}) between 2 and 64`),
    check(
      "organization_slug_form",
      sql`length(${table.slug}) between 2 and 48 and ${table.slug} not glob '*[^a-z0-9-]*'`,
    ),
    check("organization_storage_not_negative", sql`${table.storageUsed} >= 0 and ${table.imageCount} >= 0`),
  ],
);

export const member = sqliteTable(
  "member",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id")
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["member", "admin", "owner"] }).notNull(),
    lastActiveAt: instant("last_active_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("member_organization_user").on(table.organizationId, table.userId),
    index("member_user_last_active").on(table.userId, table.lastActiveAt),
    check("member_role", sql`${table.role} in ('member', 'admin', 'owner')`),
  ],
);

export const invitation = sqliteTable(
  "invitation",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id")
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    role: text("role", { enum: ["member", "admin", "owner"] }).notNull(),
    status: text("status", { enum: ["pending", "accepted", "declined", "revoked"] })
      .notNull()
      .default("pending"),
    inviterId: text("inviter_id").references(() => user.id, { onDelete: "set null" }),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("invitation_pending_email")
      .on(table.organizationId, table.email)
      .where(sql`${table.status} = 'pending'`),
    index("invitation_organization_status").on(table.organizationId, table.status, table.expiresAt),
    index("invitation_email_status").on(table.email, table.status),
    check("invitation_role", sql`${table.role} in ('member', 'admin', 'owner')`),
    check("invitation_status", sql`${table.status} in ('pending', 'accepted', 'declined', 'revoked')`),
  ],
);
