import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant } from "./columns.ts";
import { user } from "./people.ts";

export const passkey = belongingTo(
  sqliteTable(
    "passkey",
    {
      id: text("id").primaryKey(),
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      name: text("name").notNull(),
      credentialId: text("credential_id").notNull(),
      publicKey: text("public_key").notNull(),
      counter: integer("counter").notNull(),
      transports: text("transports", { mode: "json" }).notNull().$type<string[]>(),
      lastUsedAt: instant("last_used_at"),
      createdAt: createdAt(),
    },
    (table) => [
      uniqueIndex("passkey_credential").on(table.credentialId),
      index("passkey_user").on(table.userId, table.createdAt),
    ],
  ),
  { person: "userId" },
);

/** An authenticator app (RFC 6238) that has proved it has the secret, which is derived from the id and the Worker's secret. */
export const authenticator = belongingTo(
  sqliteTable("authenticator", {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .unique()
      .references(() => user.id, { onDelete: "cascade" }),
    /** The newest time step whose code was accepted, so that no code is accepted twice. */
    lastStep: integer("last_step").notNull().default(0),
    createdAt: createdAt(),
  }),
  { person: "userId" },
);

export const backupCode = belongingTo(
  sqliteTable(
    "backup_code",
    {
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      codeHash: text("code_hash").notNull(),
      usedAt: instant("used_at"),
    },
    (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
  ),
  { person: "userId" },
);

/** A browser that needs no second factor for a while. Both cookies must match, and the app must be the one used back then. */
export const rememberedDevice = belongingTo(
  sqliteTable(
    "remembered_device",
    {
      id: text("id").primaryKey(),
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      authenticatorId: text("authenticator_id").notNull(),
      tokenHash: text("token_hash").notNull().unique(),
      deviceHash: text("device_hash").notNull(),
      userAgent: text("user_agent"),
      expiresAt: instant("expires_at").notNull(),
      createdAt: createdAt(),
    },
    (table) => [
      index("remembered_device_user").on(table.userId, table.createdAt),
      index("remembered_device_expires").on(table.expiresAt),
    ],
  ),
  { person: "userId" },
);
