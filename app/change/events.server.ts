import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";

type Written = {
  /** SQL that is true for the entries of the batch. */
  entries: SQL;
  /** Whose endpoints are told; left out: those of whichever organization each entry is of. */
  organizationId?: string | SQL;
};

/** A delivery for each entry and each endpoint that asked for its action. Stands last in the batch that writes the entries. */
export function deliveryStatement(db: Database, { entries, organizationId }: Written) {
  const isTheirs =
    organizationId === undefined ? sql`` : sql` and webhook_endpoint.organization_id = ${organizationId}`;
  // Due since 1970: were it this Worker's clock, one that is ahead would leave the event to the schedule.
  return db.run(sql`
    insert into ${webhookDelivery} (id, organization_id, endpoint_id, entry_id, event, next_attempt_at, created_at)
    select ${newDeliveryId}, webhook_endpoint.organization_id, webhook_endpoint.id, "audit_entry"."id", "audit_entry"."action", 0,
      "audit_entry"."created_at"
    from ${auditEntry} join ${webhookEndpoint} on webhook_endpoint.organization_id = "audit_entry"."organization_id"
    where (${entries})${isTheirs} and webhook_endpoint.disabled_at is null
      and exists (select 1 from json_each(webhook_endpoint.events) where value = "audit_entry"."action")`);
}

const newDeliveryId = sql`'msg_' || lower(hex(randomblob(16)))`;
