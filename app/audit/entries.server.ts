import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import type { AuditAction } from "./actions.ts";

/** The part of a grant that an entry is made of: who, where from, when. */
type Actor = {
  readonly db: Database;
  readonly userId: string | SQL;
  readonly ipAddress: string;
  readonly now: Date;
  readonly organizationId?: string;
  newId(): string;
};

export type Entry = {
  action: AuditAction;
  /** What it is done to, by the name it has at that moment. */
  target?: { id: string | SQLWrapper; name: string | SQLWrapper | null };
  /** A record whose values may be SQL, or SQL for its JSON. */
  before?: Record<string, unknown> | SQL;
  after?: Record<string, unknown> | SQL;
  /** Whose doing it is, where that is not the person of the grant. */
  by?: string | SQL;
  /** For an organization other than the grant's own; null for what concerns the person alone. */
  organizationId?: string | SQL | null;
  /** The end of the `select` that writes the entry: `from … where …`. Left out: after a statement that has changed a row. */
  from?: SQL;
};

/**
 * Writes down a change in the batch that makes it. With conditions in `from`, the entry comes before the change and decides
 * it: what follows in the batch hangs on `isWritten`. So nothing changes without an entry, and a refusal leaves none.
 */
export function audited(actor: Actor, entry: Entry) {
  const id = actor.newId();
  return {
    entry: insert(actor, id, entry),
    isWritten: sql`exists (select 1 from ${auditEntry} where ${auditEntry.id} = ${id})`,
    /** What the entry is about, null when it is not written: for what follows in the batch. */
    targetId: sql<string>`(select ${auditEntry.targetId} from ${auditEntry} where ${auditEntry.id} = ${id})`,
  };
}

/** An entry for each row of `from`, for one change that is made to several things. */
export function auditedEach(actor: Actor, entry: Entry & { from: SQL }) {
  return insert(actor, sql`lower(hex(randomblob(16)))`, entry);
}

function insert(actor: Actor, id: string | SQL, { action, target, before, after, by, organizationId, from }: Entry) {
  return actor.db.run(sql`
    insert into ${auditEntry}
      (id, organization_id, actor_id, action, target_id, target_name, before, after, ip_address, created_at)
    select ${id}, ${organizationId === undefined ? (actor.organizationId ?? null) : organizationId}, ${by ?? actor.userId}, ${action},
      ${target?.id ?? null}, ${target?.name ?? null}, ${json(before)}, ${json(after)}, ${actor.ipAddress}, ${actor.now.getTime()}
    ${from ?? sql`where changes() > 0`}`);
}

function json(value: Record<string, unknown> | SQL | undefined) {
  if (value === undefined) return null;
  if (isSql(value)) return value;
  const pairs = Object.entries(value);
  if (!pairs.some(([, each]) => isSql(each))) return JSON.stringify(value);
  return sql`json_object(${sql.join(
    pairs.map(([name, each]) => sql`${name}, ${each}`),
    sql`, `,
  )})`;
}

function isSql(value: unknown): value is SQL {
  return typeof value === "object" && value !== null && "getSQL" in value;
}
