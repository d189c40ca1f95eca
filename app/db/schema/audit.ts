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
      /** Null: from before keys, when people did all. With a kind, the link holds it and `via`. */
      actorKind: text("actor_kind", { enum: actorKinds }),
      /** What somebody acted through, such as an agent's client, by the name it gave. */
      via: text("via"),
      action: text("action").notNull(),
      targetId: text("target_id"),
      targetName: text("target_name"),
      before: text("before", { mode: "json" }).$type<Record<string, unknown>>(),
      after: text("after", { mode: "json" }).$type<Record<string, unknown>>(),
      ipAddress: text("ip_address"),
      /** Goes with the address: one digest holds both. Null: from before it was kept. */
      userAgent: text("user_agent"),
      requestId: text("request_id"),
      createdAt: createdAt(),
      /** Set by a trigger: the place in the chain, from 1. */
      sequence: integer("sequence"),
      /** The seal, set after the answer (`audit/seals.server.ts`): the link to the entry before. Null until then. */
      hash: text("hash"),
      /** The link holds digests of what names a person. Without its salt a digest tells nothing, so a name can go. */
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

/** Found by the name of what they are about; by others, `audit/entry-search.server.ts`. */
export const entries: Searched = {
  kind: "entry",
  table: auditEntry,
  id: auditEntry.id,
  texts: [auditEntry.targetName],
  minimum: 0,
};

export const actorKind = sql<ActorKind>`coalesce(${auditEntry.actorKind}, 'person')`;

/** True of names that are the address of a person. */
export function isAddress(name: AnySQLiteColumn): SQL {
  return sql`instr(${name}, '@') > 0`;
}

export const chainOf = chainIn(auditEntry);

function chainIn({ organizationId, actorId }: Record<"organizationId" | "actorId", AnySQLiteColumn>) {
  // Not `coalesce`: drizzle-kit cuts the expression of an index at its commas. A text, or no join on an id would find by it.
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
      /** The place of the newest sealed entry, and its link; 0 and empty before the first. */
      sealed: integer("sealed").notNull().default(0),
      hash: text("hash").notNull(),
      copied: integer("copied").notNull().default(0),
      /** The last time that somebody had it checked: how far, the link there, and what was found. It ends at the first fault. */
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

/** Entries in each quarter of an hour since 1970, by trigger: the days of every time zone begin with one. */
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

/** What the version before reads. It goes with the next release. */
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
