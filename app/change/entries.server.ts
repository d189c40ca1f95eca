import { eq, is, isSQLWrapper, SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { AuditAction } from "#app/audit/actions.ts";
import type { Database } from "#app/db/client.server.ts";
import { jsonObject } from "#app/db/json-object.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import type { Actor } from "#app/operation/actor.ts";

export type Acting = {
  readonly db: Database;
  readonly actor: Actor;
  readonly via: string | null;
  readonly ipAddress: string | null;
  /** Null, like `requestId`, if there was no request. */
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly now: Date;
  readonly organizationId?: string;
  newId(): string;
};

export type Entry = {
  action: AuditAction;
  target?: { id: string | SQLWrapper; name: string | SQLWrapper | null };
  before?: Record<string, unknown> | SQL;
  after?: Record<string, unknown> | SQL;
  /** The person, if the grant knows none yet. */
  by?: string | SQL;
  organizationId?: string | SQL | null;
  from?: SQL;
};

/** With conditions in `from`, the entry is written before the change, and later statements depend on `isWritten`. */
export function audit(acting: Acting, entry: Entry) {
  const id = acting.newId();
  return {
    entry: insert(acting, id, entry),
    isIt: eq(auditEntry.id, id),
    isWritten: sql`exists (select 1 from ${auditEntry} where ${auditEntry.id} = ${id})`,
    targetId: sql<string>`(select ${auditEntry.targetId} from ${auditEntry} where ${auditEntry.id} = ${id})`,
  };
}

/** Writes one entry for each row of `from`. `isOne` is true for these entries only, by the start of their ids. */
export function auditEach(acting: Acting, entry: Entry & { from: SQL }) {
  const start = acting.newId().replaceAll("-", "").slice(0, 16);
  return {
    entries: insert(acting, sql`${start} || lower(hex(randomblob(8)))`, entry),
    isOne: sql`${auditEntry.id} between ${start} and ${`${start}g`}`,
  };
}

function insert(acting: Acting, id: string | SQL, { action, target, before, after, by, organizationId, from }: Entry) {
  const { db, actor, via, ipAddress, userAgent, requestId, now } = acting;
  return db.run(sql`
    insert into ${auditEntry}
      (id, organization_id, actor_kind, actor_id, via, action, target_id, target_name, before, after, ip_address, user_agent, request_id,
        created_at)
    select ${id}, ${organizationId === undefined ? (acting.organizationId ?? null) : organizationId},
      ${actor.kind}, ${by ?? actor.id}, ${via}, ${action},
      ${target?.id ?? null}, ${target?.name ?? null}, ${json(before)}, ${json(after)}, ${ipAddress},
      ${userAgent}, ${requestId}, ${now.getTime()}
    ${from ?? sql`where changes() > 0`}`);
}

function json(value: Record<string, unknown> | SQL | undefined) {
  if (value === undefined) return null;
  if (is(value, SQL)) return value;
  return Object.values(value).some(isSQLWrapper) ? jsonObject(value) : JSON.stringify(value);
}
