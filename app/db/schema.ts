import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

const now = sql`(cast(unixepoch('subsec') * 1000 as integer))`;

const instant = (name: string) => integer(name, { mode: "timestamp_ms" });
const createdAt = () => instant("created_at").notNull().default(now);
const updatedAt = () => instant("updated_at").notNull().default(now);

export const user = sqliteTable("user", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: integer("email_verified", { mode: "boolean" }).notNull().default(false),
  image: text("image"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const session = sqliteTable(
  "session",
  {
    id: text("id").primaryKey(),
    token: text("token").notNull().unique(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index("session_user").on(table.userId)],
);

export const account = sqliteTable(
  "account",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    providerId: text("provider_id").notNull(),
    accountId: text("account_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("account_provider_account").on(table.providerId, table.accountId),
    index("account_user").on(table.userId),
  ],
);

export const verification = sqliteTable(
  "verification",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index("verification_identifier").on(table.identifier), index("verification_expires").on(table.expiresAt)],
);

/**
 * A sign-up whose address is not proved yet. The person comes into being when the link is followed, with the password of
 * that very sign-up, so nobody can prepare an account for somebody else's address.
 */
export const signUp = sqliteTable(
  "sign_up",
  {
    id: text("id").primaryKey(),
    /** Of the newest link; an older one no longer works. */
    tokenHash: text("token_hash").notNull().unique(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    redirectTo: text("redirect_to"),
    usedAt: instant("used_at"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("sign_up_email").on(table.email, table.createdAt), index("sign_up_expires").on(table.expiresAt)],
);

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

export const image = sqliteTable(
  "image",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id")
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    name: text("name").notNull(),
    type: text("type", { enum: ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"] }).notNull(),
    /** Bytes. */
    size: integer("size").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("image_organization_newest").on(table.organizationId, table.createdAt, table.id),
    index("image_created_by").on(table.createdBy),
    check("image_name_length", sql`length(${table.name}) between 1 and 120`),
    check("image_size", sql`${table.size} between 1 and 10000000`),
    check("image_type", sql`${table.type} in ('image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif')`),
  ],
);

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
  },
  (table) => [
    index("audit_entry_organization_newest").on(table.organizationId, table.createdAt, table.id),
    index("audit_entry_actor").on(table.actorId, table.createdAt),
  ],
);

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

/** The outbox: a mail is written in the batch of what causes it and sent after the answer. */
export const mail = sqliteTable(
  "mail",
  {
    id: text("id").primaryKey(),
    recipient: text("recipient").notNull(),
    locale: text("locale").notNull(),
    template: text("template").notNull(),
    /** What the template needs; emptied once the mail is sent, because links in it are secrets. */
    data: text("data", { mode: "json" }).notNull().$type<Record<string, unknown>>(),
    status: text("status", { enum: ["waiting", "sent", "given-up"] })
      .notNull()
      .default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().default(now),
    lastError: text("last_error"),
    sentAt: instant("sent_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("mail_due").on(table.status, table.nextAttemptAt),
    check("mail_status", sql`${table.status} in ('waiting', 'sent', 'given-up')`),
  ],
);

/** What the development transport "sent". Empty in production. */
export const mailboxMessage = sqliteTable(
  "mailbox_message",
  {
    id: text("id").primaryKey(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("mailbox_message_newest").on(table.createdAt)],
);

export const rateLimit = sqliteTable(
  "rate_limit",
  {
    key: text("key").primaryKey(),
    count: integer("count").notNull(),
    resetAt: instant("reset_at").notNull(),
  },
  (table) => [index("rate_limit_reset").on(table.resetAt)],
);
