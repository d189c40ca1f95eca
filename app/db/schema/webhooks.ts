import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { auditEntry } from "./audit.ts";
import { createdAt, instant, isOneOf, updatedAt } from "./columns.ts";
import { organization } from "./organizations.ts";
import { user } from "./people.ts";

export const webhookEndpoint = belongingTo(
  sqliteTable(
    "webhook_endpoint",
    {
      id: text("id").primaryKey(),
      organizationId: text("organization_id")
        .notNull()
        .references(() => organization.id, { onDelete: "cascade" }),
      createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
      url: text("url").notNull(),
      description: text("description").notNull().default(""),
      events: text("events", { mode: "json" }).notNull().$type<string[]>(),
      /** Whether events name people by their email address. */
      seesAddresses: integer("sees_addresses", { mode: "boolean" }).notNull().default(false),
      /** What the secret is derived from (`webhooks/secrets.server.ts`). The secret itself is not in the database. */
      secretName: text("secret_name").notNull(),
      formerSecretName: text("former_secret_name"),
      formerSecretUntil: instant("former_secret_until"),
      /** Null if nothing is being sent to it, or if the newest attempt succeeded. */
      failingSince: instant("failing_since"),
      disabledAt: instant("disabled_at"),
      disabledBecause: text("disabled_because", { enum: ["person", "gone", "failing"] }),
      createdAt: createdAt(),
      updatedAt: updatedAt(),
    },
    (table) => [
      index("webhook_endpoint_organization").on(table.organizationId, table.createdAt, table.id),
      index("webhook_endpoint_created_by").on(table.createdBy),
      index("webhook_endpoint_failing").on(table.failingSince).where(sql`${table.failingSince} is not null`),
      check("webhook_endpoint_url_length", sql`length(${table.url}) between 8 and 2048`),
      check("webhook_endpoint_disabled", sql`(${table.disabledAt} is null) = (${table.disabledBecause} is null)`),
    ],
  ),
  { organization: "organizationId" },
);

/** An event for an endpoint. The row decides what is sent; the queue and the schedule only wake the code that reads it. */
export const webhookDelivery = belongingTo(
  sqliteTable(
    "webhook_delivery",
    {
      /** The `webhook-id` of every attempt. */
      id: text("id").primaryKey(),
      organizationId: text("organization_id")
        .notNull()
        .references(() => organization.id, { onDelete: "cascade" }),
      endpointId: text("endpoint_id")
        .notNull()
        .references(() => webhookEndpoint.id, { onDelete: "cascade" }),
      /** The entry that the event reports; null for a test, which no log contains. */
      entryId: text("entry_id").references(() => auditEntry.id, { onDelete: "cascade" }),
      event: text("event").notNull(),
      status: text("status", { enum: ["waiting", "delivered", "failed"] })
        .notNull()
        .default("waiting"),
      attempts: integer("attempts").notNull().default(0),
      nextAttemptAt: instant("next_attempt_at").notNull(),
      /** The run that is sending it. A run that dies on the way holds it only until `claimedUntil`. */
      claimedBy: text("claimed_by"),
      claimedUntil: instant("claimed_until"),
      triedAt: instant("tried_at"),
      answerStatus: integer("answer_status"),
      answerMs: integer("answer_ms"),
      /** Why there was no usable response. */
      fault: text("fault", { enum: ["timeout", "unreachable", "address", "disabled"] }),
      createdAt: createdAt(),
    },
    (table) => [
      uniqueIndex("webhook_delivery_entry").on(table.entryId, table.endpointId),
      index("webhook_delivery_due").on(table.nextAttemptAt).where(sql`${table.status} = 'waiting'`),
      index("webhook_delivery_endpoint_newest").on(table.endpointId, table.createdAt, table.id),
      index("webhook_delivery_claimed").on(table.claimedBy).where(sql`${table.claimedBy} is not null`),
      index("webhook_delivery_flying")
        .on(table.endpointId, table.claimedUntil)
        .where(sql`${table.claimedUntil} is not null`),
      index("webhook_delivery_organization").on(table.organizationId),
      index("webhook_delivery_created").on(table.createdAt),
      check("webhook_delivery_status", isOneOf(table.status)),
    ],
  ),
  { organization: "organizationId" },
);
