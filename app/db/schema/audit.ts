import { type SQL, sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant } from "./columns.ts";
import { organization } from "./organizations.ts";
import type { Searched } from "./search.ts";

const actorKinds = ["person", "key", "system"] as const;
export type ActorKind = (typeof actorKinds)[number];

export const auditEntry = belongingTo(
  sqliteTable(
    "audit_entry",
    {
      id: text("id").primaryKey(),
      organizationId: text("organization_id").references(() => organization.id, { onDelete: "cascade" }),
      actorId: text("actor_id").notNull(),
      /** Null in entries from before keys, when all actors were people. Otherwise the link also contains the kind and `via`. */
      actorKind: text("actor_kind", { enum: actorKinds }),
      /** The client that the actor used, such as an agent's, by the name that it gave. */
      via: text("via"),
      action: text("action").notNull(),
      targetId: text("target_id"),
      targetName: text("target_name"),
      before: text("before", { mode: "json" }).$type<Record<string, unknown>>(),
      after: text("after", { mode: "json" }).$type<Record<string, unknown>>(),
      ipAddress: text("ip_address"),
      /** Removed together with the address, as one digest covers both. Null in entries from before it was kept. */
      userAgent: text("user_agent"),
      requestId: text("request_id"),
      createdAt: createdAt(),
      /** The place in the chain, from 1. Set by a trigger. */
      sequence: integer("sequence"),
      /** The seal: the link to the previous entry. Null until it is set after the response (`audit/seals.server.ts`). */
      hash: text("hash"),
      /** The link contains salted digests of what names a person. Without the salt they reveal nothing, so names can go. */
      ipSalt: text("ip_salt"),
      ipDigest: text("ip_digest"),
      targetSalt: text("target_salt"),
      targetDigest: text("target_digest"),
    },
    (table) => [
      index("audit_entry_organization_newest").on(table.organizationId, table.createdAt, table.id),
      index("audit_entry_organization_actor").on(table.organizationId, table.actorId, table.createdAt, table.id),
      index("audit_entry_organization_action").on(table.organizationId, table.action, table.createdAt, table.id),
      index("audit_entry_organization_address").on(table.organizationId, table.ipAddress),
      uniqueIndex("audit_entry_place").on(chainIn(table), table.sequence),
      index("audit_entry_unsealed").on(table.createdAt).where(sql`"hash" is null`),
      index("audit_entry_actor").on(table.actorId, table.createdAt),
      index("audit_entry_target").on(table.targetId),
      index("audit_entry_target_address").on(table.targetName).where(isAddress(table.targetName)),
    ],
  ),
  { organization: "organizationId", person: "actorId" },
);

/** Searched by the target's name. For other searches see `audit/entry-search.server.ts`. */
export const entries: Searched = {
  kind: "entry",
  table: auditEntry,
  id: auditEntry.id,
  texts: [auditEntry.targetName],
  minimum: 0,
};

export const actorKind = sql<ActorKind>`coalesce(${auditEntry.actorKind}, 'person')`;

/** SQL that is true for a name that is a person's email address. */
export function isAddress(name: AnySQLiteColumn): SQL {
  return sql`instr(${name}, '@') > 0`;
}

export const chainOf = chainIn(auditEntry);

function chainIn({ organizationId, actorId }: Record<"organizationId" | "actorId", AnySQLiteColumn>) {
  // Not `coalesce`: drizzle-kit cuts an index expression at its commas. Cast to text, or no join on an id could use the index.
  return sql<string>`cast(case when ${organizationId} is null then ${actorId} else ${organizationId} end as text)`;
}

export const chainFaults = ["missing", "changed", "unsealed", "outside", "end"] as const;
export type ChainFault = (typeof chainFaults)[number];

export const auditChain = belongingTo(
  sqliteTable(
    "audit_chain",
    {
      id: text("id").primaryKey(),
      organizationId: text("organization_id").references(() => organization.id, { onDelete: "cascade" }),
      entries: integer("entries").notNull(),
      /** The place of the newest sealed entry; `hash` is its link. 0 and empty before the first. */
      sealed: integer("sealed").notNull().default(0),
      hash: text("hash").notNull(),
      copied: integer("copied").notNull().default(0),
      /** The last check: its times, how far it got, the link there, and the fault found. A check ends at the first fault. */
      checkStartedAt: instant("check_started_at"),
      checkEndedAt: instant("check_ended_at"),
      checkPlace: integer("check_place").notNull().default(0),
      checkHash: text("check_hash").notNull().default(""),
      checkFault: text("check_fault", { enum: chainFaults }),
    },
    (table) => [index("audit_chain_organization").on(table.organizationId)],
  ),
  { organization: "id", person: "id" },
);

/** Entries per quarter of an hour since 1970, counted by triggers: in every time zone, days begin at the start of a quarter. */
export const activity = belongingTo(
  sqliteTable(
    "activity",
    {
      organizationId: text("organization_id")
        .notNull()
        .references(() => organization.id, { onDelete: "cascade" }),
      quarter: integer("quarter").notNull(),
      count: integer("count").notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.organizationId, table.quarter] }),
      index("activity_quarter").on(table.quarter),
    ],
  ),
  { organization: "organizationId" },
);

/** Read by the previous version. The next release removes it. */
export const activityDay = belongingTo(
  sqliteTable(
    "activity_day",
    {
      organizationId: text("organization_id")
        .notNull()
        .references(() => organization.id, { onDelete: "cascade" }),
      day: text("day").notNull(),
      count: integer("count").notNull(),
    },
    (table) => [primaryKey({ columns: [table.organizationId, table.day] })],
  ),
  { organization: "organizationId" },
);
