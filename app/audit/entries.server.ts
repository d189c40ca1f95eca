import { sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";

export type AuditAction =
  | "organization.created"
  | "member.joined"
  | "image.created"
  | "image.renamed"
  | "image.deleted";

/** The part of a grant that an entry is made of: who, where from, when. */
type Actor = {
  readonly db: Database;
  readonly userId: string;
  readonly ipAddress: string;
  readonly now: Date;
  readonly organizationId?: string;
  newId(): string;
};

type Entry = {
  action: AuditAction;
  /** What it was done to, by the name it has at that moment. */
  target?: { id: string; name: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** For an organization other than the grant's own, such as one that comes into being in this batch. */
  organizationId?: string;
};

/**
 * Writes down the change that the statement right before it in the batch has made. Writes nothing when that statement
 * changed no row, so a refused change leaves no entry.
 */
export function auditStatement(grant: Actor, { action, target, before, after, organizationId }: Entry) {
  const entry = grant.db
    .select({
      id: sql<string>`${grant.newId()}`.as("id"),
      organizationId: sql<string | null>`${organizationId ?? grant.organizationId ?? null}`.as("organization_id"),
      actorId: sql<string>`${grant.userId}`.as("actor_id"),
      action: sql<string>`${action}`.as("action"),
      targetId: sql<string | null>`${target?.id ?? null}`.as("target_id"),
      targetName: sql<string | null>`${target?.name ?? null}`.as("target_name"),
      before: json(before).as("before"),
      after: json(after).as("after"),
      ipAddress: sql<string>`${grant.ipAddress}`.as("ip_address"),
      createdAt: sql<Date>`${grant.now.getTime()}`.as("created_at"),
    })
    .from(sql`(select 1)`)
    .where(sql`changes() > 0`);
  return grant.db.insert(auditEntry).select(entry);
}

function json(value: Record<string, unknown> | undefined) {
  return sql<Record<string, unknown> | null>`${value === undefined ? null : JSON.stringify(value)}`;
}
