import { and, asc, count, eq, gt, inArray, isNull, ne } from "drizzle-orm";
import { DAY_MS, HOUR_MS } from "#app/durations.server.ts";
import type { Database } from "../../app/db/client.server.ts";
import { auditEntry, chainOf } from "../../app/db/schema/audit.ts";
import { webhookDelivery, webhookEndpoint } from "../../app/db/schema/webhooks.ts";
import { TEST_EVENT } from "../../app/webhooks/events.ts";
import { DELIVERIES_KEPT_DAYS } from "../../app/webhooks/limits.ts";

/** The schedule's clock may be ahead of this machine's. */
const MARGIN_MS = HOUR_MS;

type Told = {
  id: string;
  place: number;
  action: string;
  targetId: string | null;
  after: string | null;
  createdAt: number;
};
type Asking = { isEnabled: boolean; events: string[] };

export function endpointsOf(db: Database, chain: string) {
  return db.select({ id: webhookEndpoint.id }).from(webhookEndpoint).where(eq(webhookEndpoint.organizationId, chain));
}

/** The deliveries of the next entries of a chain, up to `limit` entries; for the batch that reads those entries. */
export function deliveriesAfter(
  db: Database,
  { id: chain, place, limit }: { id: string; place: number; limit: number },
) {
  const these = db
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(and(eq(chainOf, chain), gt(auditEntry.sequence, place)))
    .orderBy(asc(auditEntry.sequence))
    .limit(limit);
  return db
    .select({
      endpointId: webhookDelivery.endpointId,
      entryId: webhookDelivery.entryId,
      event: webhookDelivery.event,
      organizationId: webhookDelivery.organizationId,
    })
    .from(webhookDelivery)
    .where(inArray(webhookDelivery.entryId, these));
}

type Page = {
  entries: readonly Told[];
  endpoints: readonly { id: string }[];
  deliveries: readonly { endpointId: string; entryId: string | null; event: string; organizationId: string }[];
};

/**
 * Follows which events each webhook wants, as the chain itself records it, and compares this with the deliveries: none may be
 * missing as long as deliveries are kept, and none may exist that no webhook wanted.
 */
export function followDeliveries(chain: string, now: Date) {
  const asking = new Map<string, Asking>();
  const keptSince = now.getTime() - DELIVERIES_KEPT_DAYS * DAY_MS + MARGIN_MS;
  let compared = 0;

  function learn({ action, targetId, after }: Told) {
    if (targetId === null) return;
    const known = asking.get(targetId);
    const events = () => (JSON.parse(after ?? "{}") as { events?: string[] }).events ?? [];
    if (action === "webhook.created") asking.set(targetId, { isEnabled: true, events: events() });
    if (action === "webhook.removed") asking.delete(targetId);
    if (known === undefined) return;
    if (action === "webhook.changed") known.events = events();
    if (action === "webhook.enabled") known.isEnabled = true;
    if (action === "webhook.disabled") known.isEnabled = false;
  }

  function follow({ entries, endpoints, deliveries }: Page): string[] {
    const faults: string[] = [];
    const standing = new Set(endpoints.map(({ id }) => id));
    const ofEntry = Map.groupBy(deliveries, ({ entryId }) => entryId);
    for (const entry of entries) {
      learn(entry);
      const told = ofEntry.get(entry.id) ?? [];
      const wanted = [...asking].filter(
        ([id, { isEnabled, events }]) => standing.has(id) && isEnabled && events.includes(entry.action),
      );
      for (const { endpointId, event, organizationId } of told) {
        compared += 1;
        const isWanted = wanted.some(([id]) => id === endpointId) && event === entry.action && organizationId === chain;
        if (!isWanted)
          faults.push(`entry ${entry.place} has a delivery to webhook ${endpointId}, which did not subscribe to it`);
      }
      if (entry.createdAt < keptSince) continue;
      for (const [id] of wanted) {
        if (!told.some(({ endpointId }) => endpointId === id))
          faults.push(`entry ${entry.place} has no delivery to webhook ${id}`);
      }
    }
    return faults;
  }

  /** Returns the faults of endpoints that no entry of the chain has made. Call it at the chain's end. */
  function strays(endpoints: Page["endpoints"]): string[] {
    return endpoints
      .filter(({ id }) => !asking.has(id))
      .map(({ id }) => `webhook ${id} exists, but no entry says that it was created`);
  }

  return { follow, strays, compared: () => compared };
}

/** Reports deliveries that belong to no entry and are not tests. */
export async function looseDeliveries(db: Database): Promise<string[]> {
  const [found] = await db
    .select({ count: count() })
    .from(webhookDelivery)
    .where(and(isNull(webhookDelivery.entryId), ne(webhookDelivery.event, TEST_EVENT)));
  return found?.count ? [`${found.count} deliveries belong to no entry`] : [];
}
