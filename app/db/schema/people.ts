import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant, updatedAt } from "./columns.ts";
import type { Searched } from "./search.ts";

export const user = belongingTo(
  sqliteTable("user", {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull().unique(),
    emailVerified: integer("email_verified", { mode: "boolean" }).notNull().default(false),
    image: text("image"),
    /** The person's own choices, for all devices; null where nothing is chosen. */
    locale: text("locale"),
    theme: text("theme"),
    color: text("color"),
    font: text("font"),
    timeZone: text("time_zone"),
    /** The time zone that their browser reported at the last sign-in. */
    browserTimeZone: text("browser_time_zone"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  }),
  { person: "id" },
);

export const people = {
  kind: "person",
  table: user,
  id: user.id,
  texts: [user.name, user.email],
  minimum: 1,
} satisfies Searched;

export const session = belongingTo(
  sqliteTable(
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
      method: text("method").notNull().default("link"),
      /** How many factors the person has given. With a second factor set up, the session is valid only after both. */
      factors: integer("factors").notNull().default(1),
      provenAt: instant("proven_at").notNull().default(sql`0`),
      lastSeenAt: instant("last_seen_at").notNull().default(sql`0`),
      /** The device that it began on; null if no cookie showed it. */
      deviceHash: text("device_hash"),
      /** Where it began, roughly: a two-letter ISO 3166-1 code, and a city by the platform's name for it. */
      country: text("country"),
      city: text("city"),
      replaces: text("replaces"),
      createdAt: createdAt(),
      updatedAt: updatedAt(),
    },
    (table) => [
      index("session_user").on(table.userId, table.lastSeenAt),
      index("session_replaces").on(table.replaces),
      index("session_expires").on(table.expiresAt),
      index("session_created").on(table.createdAt),
    ],
  ),
  { person: "userId" },
);

export const knownDevice = belongingTo(
  sqliteTable(
    "known_device",
    {
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      deviceHash: text("device_hash").notNull(),
      lastSeenAt: instant("last_seen_at").notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.deviceHash] }),
      index("known_device_last_seen").on(table.lastSeenAt),
    ],
  ),
  { person: "userId" },
);

export const account = belongingTo(
  sqliteTable(
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
  ),
  { person: "userId" },
);

export const verification = belongingTo(
  sqliteTable(
    "verification",
    {
      id: text("id").primaryKey(),
      identifier: text("identifier").notNull(),
      /** The id of the person whose password a link sets; empty for a challenge, which belongs to nobody. */
      value: text("value").notNull(),
      expiresAt: instant("expires_at").notNull(),
      createdAt: createdAt(),
      updatedAt: updatedAt(),
    },
    (table) => [
      index("verification_identifier").on(table.identifier),
      index("verification_value").on(table.value),
      index("verification_expires").on(table.expiresAt),
    ],
  ),
  { person: "value" },
);

/** A code sent by mail to sign in with: one at a time for each person and browser. */
export const signInCode = belongingTo(
  sqliteTable(
    "sign_in_code",
    {
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      browserHash: text("browser_hash").notNull(),
      /** Hashed with a secret that only its browser keeps: six digits alone would be found in no time. */
      codeHash: text("code_hash").notNull(),
      tries: integer("tries").notNull().default(0),
      expiresAt: instant("expires_at").notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.browserHash] }),
      index("sign_in_code_expires").on(table.expiresAt),
    ],
  ),
  { person: "userId" },
);

/** The link creates the person. Name and password count only in the browser that signed up: nobody can set them for another. */
export const signUp = sqliteTable(
  "sign_up",
  {
    id: text("id").primaryKey(),
    tokenHash: text("token_hash").notNull().unique(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    redirectTo: text("redirect_to"),
    locale: text("locale"),
    browserHash: text("browser_hash"),
    usedAt: instant("used_at"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("sign_up_email").on(table.email, table.createdAt), index("sign_up_expires").on(table.expiresAt)],
);

export const emailChange = belongingTo(
  sqliteTable(
    "email_change",
    {
      id: text("id").primaryKey(),
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      oldEmail: text("old_email").notNull(),
      newEmail: text("new_email").notNull(),
      tokenHash: text("token_hash").notNull().unique(),
      expiresAt: instant("expires_at").notNull(),
      changedAt: instant("changed_at"),
      undoTokenHash: text("undo_token_hash").unique(),
      undoUntil: instant("undo_until"),
      createdAt: createdAt(),
    },
    (table) => [
      index("email_change_user").on(table.userId, table.createdAt),
      index("email_change_expires").on(table.expiresAt),
      index("email_change_old").on(table.oldEmail),
    ],
  ),
  { person: "userId" },
);

export const failedAttempt = belongingTo(
  sqliteTable(
    "failed_attempt",
    {
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      method: text("method", { enum: ["password", "code", "passkey", "mailed-code"] }).notNull(),
      /** A /24 or /64; empty where a day has more networks than are kept. */
      network: text("network").notNull(),
      day: text("day").notNull(),
      count: integer("count").notNull(),
      lastAt: instant("last_at").notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.day, table.method, table.network] }),
      index("failed_attempt_newest").on(table.userId, table.lastAt),
      index("failed_attempt_last").on(table.lastAt),
    ],
  ),
  { person: "userId" },
);
