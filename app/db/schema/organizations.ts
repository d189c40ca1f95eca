import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type AnySQLiteColumn, check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { type Role, roles } from "#app/tenancy/roles.ts";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant, isOneOf, updatedAt } from "./columns.ts";
import { mail } from "./mail.ts";
import { user } from "./people.ts";
import type { Searched } from "./search.ts";

export const role = (name = "role") => text(name, { enum: roles });

export const organization = belongingTo(
  sqliteTable(
    "organization",
    {
      id: text("id").primaryKey(),
      name: text("name").notNull(),
      slug: text("slug").notNull().unique(),
      logo: text("logo"),
      /** Kept by triggers on `image`, so that reading it costs one row however many images there are. */
      imageCount: integer("image_count").notNull().default(0),
      /** Bytes; kept by triggers on `image`. */
      storageUsed: integer("storage_used").notNull().default(0),
      storageQuota: integer("storage_quota").notNull().default(15_000_000_000),
      memberCount: integer("member_count").notNull().default(0),
      memberLimit: integer("member_limit").notNull().default(100),
      requiresSecondFactor: integer("requires_second_factor", { mode: "boolean" }).notNull().default(false),
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
  ),
  { organization: "id" },
);

export const organizations = {
  kind: "organization",
  table: organization,
  id: organization.id,
  texts: [organization.name],
  minimum: 2,
} satisfies Searched;

export const memberRank = (column: SQLWrapper) =>
  sql`case ${column} when 'owner' then 0 when 'admin' then 1 else 2 end`;

/** SQL that is true for an owner. It uses the index of ranks, so it reads as many rows as there are owners. */
export const isOwner = (column: SQLWrapper) => sql`${memberRank(column)} = 0`;

/** SQL that is true for an owner or an admin. It uses the same index. */
export const isRuling = (column: SQLWrapper) => sql`${memberRank(column)} < 2`;

export const member = belongingTo(
  sqliteTable(
    "member",
    {
      id: text("id").primaryKey(),
      organizationId: text("organization_id")
        .notNull()
        .references(() => organization.id, { onDelete: "cascade" }),
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      role: role().notNull(),
      lastActiveAt: instant("last_active_at"),
      /** When the person turned off the organization's mails and its count on the bell; null if they want both. */
      mutedAt: instant("muted_at"),
      /** When the person hid the checklist for getting started; null if it is shown. */
      checklistHiddenAt: instant("checklist_hidden_at"),
      createdAt: createdAt(),
    },
    (table) => [
      uniqueIndex("member_organization_user").on(table.organizationId, table.userId),
      index("member_user_last_active").on(table.userId, table.lastActiveAt),
      index("member_organization_last_active").on(table.organizationId, table.lastActiveAt),
      index("member_organization_joined").on(table.organizationId, table.createdAt, table.id),
      index("member_organization_rank").on(table.organizationId, memberRank(table.role), table.createdAt, table.id),
      check("member_role", isOneOf(table.role)),
    ],
  ),
  { organization: "organizationId", person: "userId" },
);

/** SQL for a person's role in an organization; null if they have none. */
export function roleIn(organizationId: SQLWrapper, userId: SQLWrapper): SQL<Role | null> {
  // Use `and`: inside a select from one table, Drizzle leaves out the table names of columns that are direct pieces of the SQL.
  const isTheirs = and(eq(member.organizationId, organizationId), eq(member.userId, userId));
  return sql`(select role from ${member} where ${isTheirs})`;
}

export const members = {
  kind: "member",
  table: member,
  id: member.id,
  texts: [user.name, user.email],
  minimum: 1,
  by: { table: user, on: eq(user.id, member.userId) },
} satisfies Searched;

export const invitation = belongingTo(
  sqliteTable(
    "invitation",
    {
      id: text("id").primaryKey(),
      tokenHash: text("token_hash").notNull().unique(),
      organizationId: text("organization_id")
        .notNull()
        .references(() => organization.id, { onDelete: "cascade" }),
      email: text("email").notNull(),
      role: role().notNull(),
      status: text("status", { enum: ["pending", "accepted", "declined", "revoked", "expired"] })
        .notNull()
        .default("pending"),
      inviterId: text("inviter_id").references(() => user.id, { onDelete: "set null" }),
      /** The key that invites, if no person does. The key's row is deleted only with the organization. */
      inviterKeyId: text("inviter_key_id"),
      mailId: text("mail_id").references(() => mail.id, { onDelete: "set null" }),
      expiresAt: instant("expires_at").notNull(),
      createdAt: createdAt(),
    },
    (table) => [
      uniqueIndex("invitation_pending_email")
        .on(table.organizationId, table.email)
        .where(sql`${table.status} = 'pending'`),
      index("invitation_organization_status").on(table.organizationId, table.status, table.expiresAt),
      index("invitation_email_status").on(table.email, table.status, table.expiresAt),
      index("invitation_status_expires").on(table.status, table.expiresAt),
      index("invitation_mail").on(table.mailId),
      index("invitation_inviter").on(table.inviterId),
      check("invitation_role", isOneOf(table.role)),
      check("invitation_status", isOneOf(table.status)),
    ],
  ),
  { organization: "organizationId" },
);

/** Lets people join as members without being named. Its row is deleted some time after it has expired. */
export const inviteLink = belongingTo(
  sqliteTable(
    "invite_link",
    {
      id: text("id").primaryKey(),
      organizationId: text("organization_id")
        .notNull()
        .references(() => organization.id, { onDelete: "cascade" }),
      tokenHash: text("token_hash").notNull().unique(),
      /** The beginning of its token, by which people recognize it. */
      prefix: text("prefix").notNull(),
      createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
      /** The domain of the addresses that may join, as it is written in them. Null if any may join. */
      domain: text("domain"),
      uses: integer("uses").notNull().default(0),
      maximumUses: integer("maximum_uses").notNull(),
      expiresAt: instant("expires_at").notNull(),
      revokedAt: instant("revoked_at"),
      createdAt: createdAt(),
    },
    (table) => [
      index("invite_link_organization_newest").on(table.organizationId, table.createdAt, table.id),
      index("invite_link_created_by").on(table.createdBy),
      index("invite_link_expires").on(table.expiresAt),
      check("invite_link_uses", sql`${table.uses} between 0 and ${table.maximumUses}`),
    ],
  ),
  { organization: "organizationId" },
);

export const formerSlug = belongingTo(
  sqliteTable(
    "former_slug",
    {
      slug: text("slug").primaryKey(),
      /** Null if the organization was deleted, so that the slug redirects nowhere. */
      organizationId: text("organization_id").references(() => organization.id, { onDelete: "set null" }),
      heldUntil: instant("held_until").notNull(),
    },
    (table) => [
      index("former_slug_organization").on(table.organizationId),
      index("former_slug_held_until").on(table.heldUntil),
    ],
  ),
  { organization: "organizationId" },
);

/** A deleted organization whose rows and files are not all deleted yet. It has no members. */
export const removedOrganization = sqliteTable("removed_organization", {
  id: text("id").primaryKey(),
  removedAt: instant("removed_at").notNull(),
});

export function organizationOf(id: AnySQLiteColumn, what: "name" | "slug"): SQL {
  return sql`(select ${organization[what]} from ${organization} where ${organization.id} = ${id})`;
}
