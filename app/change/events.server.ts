import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";

type Written = {
  /** SQL that is true for the entries of the batch. */
  entries: SQL;
  /** The organization whose endpoints get the events. Without it, each entry goes to the endpoints of its own organization. */
  organizationId?: string | SQL;
};

/** Makes a delivery for each entry and each endpoint subscribed to its action. Must be last in the batch with the entries. */
export function deliveryStatement(db: Database, { entries, organizationId }: Written) {
  const isTheirs =
    organizationId === undefined ? sql`` : sql` and webhook_endpoint.organization_id = ${organizationId}`;
  // Due since 1970. With a time from this Worker's clock, a clock that is ahead would delay the event until the schedule runs.
  return db.run(sql`
    insert into ${webhookDelivery} (id, organization_id, endpoint_id, entry_id, event, next_attempt_at, created_at)
    select ${newDeliveryId}, webhook_endpoint.organization_id, webhook_endpoint.id, "audit_entry"."id", "audit_entry"."action", 0,
      "audit_entry"."created_at"
    from ${auditEntry} join ${webhookEndpoint} on webhook_endpoint.organization_id = "audit_entry"."organization_id"
    where (${entries})${isTheirs} and webhook_endpoint.disabled_at is null
      and exists (select 1 from json_each(webhook_endpoint.events) where value = "audit_entry"."action")`);
}

const newDeliveryId = sql`'msg_' || lower(hex(randomblob(16)))`;
