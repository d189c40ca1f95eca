import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { organization } from "#app/db/schema/organizations.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { dayAfter, dayAt } from "#app/i18n/days.server.ts";
import { zoneOfDays } from "#app/i18n/time-zone.ts";
import { whetherFull } from "#app/operation/fullness.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type OnePage, type Paged, pageOf } from "#app/operation/pages.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { endpointName } from "./endpoint-name.server.ts";
import { DELIVERIES_COUNTED, DELIVERIES_PER_PAGE, ENDPOINTS_PER_ORGANIZATION } from "./limits.ts";
import type { WebhookId, WebhookVisit as WebhookVisitInput } from "./schemas.ts";

type EndpointRow = typeof webhookEndpoint.$inferSelect;
type DeliveryRow = typeof webhookDelivery.$inferSelect;

/** `disabledBecause` is null if it is enabled. Times are in milliseconds. */
export type Webhook = {
  id: string;
  name: string;
  url: string;
  description: string;
  events: string[];
  seesAddresses: boolean;
  disabledBecause: EndpointRow["disabledBecause"];
  failingSince: number | null;
  createdAt: number;
};

export type Delivery = {
  id: string;
  event: string;
  status: DeliveryRow["status"];
  attempts: number;
  answerStatus: number | null;
  answerMs: number | null;
  fault: DeliveryRow["fault"];
  createdAt: number;
  triedAt: number | null;
  nextAttemptAt: number;
};

const fields = {
  id: webhookEndpoint.id,
  name: endpointName,
  url: webhookEndpoint.url,
  description: webhookEndpoint.description,
  events: webhookEndpoint.events,
  seesAddresses: webhookEndpoint.seesAddresses,
  disabledBecause: webhookEndpoint.disabledBecause,
  failingSince: sql<number | null>`${webhookEndpoint.failingSince}`,
  createdAt: sql<number>`${webhookEndpoint.createdAt}`,
};

export function webhooksPage(scope: Scope<"webhook:read">): Plan<{ webhooks: Webhook[] }> {
  const webhooks = scope.select(fields).from(webhookEndpoint).orderBy(webhookEndpoint.createdAt, webhookEndpoint.id);
  return plan({ webhooks }, (found) => found);
}

export function webhooksFull(scope: Scope<"webhook:manage">): Plan<{ isFull: boolean }> {
  const count = scope.count(webhookEndpoint, { upTo: ENDPOINTS_PER_ORGANIZATION });
  return whetherFull(scope, count, ENDPOINTS_PER_ORGANIZATION);
}

type One = { webhook: WebhookId };

export function webhookDetails(
  scope: Scope<"webhook:read" | "webhook:manage">,
  { webhook: id }: One,
): Plan<{ webhook: Webhook } | null> {
  const rows = scope.select(fields).from(webhookEndpoint).where(eq(webhookEndpoint.id, id));
  return plan({ rows }, ({ rows: [webhook] }) => (webhook === undefined ? null : { webhook }));
}

export type WebhookVisit = {
  webhook: Webhook;
  deliveries: Delivery[];
  filter: Delivery["status"] | null;
  page: number;
  pages: number;
  now: number;
  yesterday: string;
};

export function webhookPage(
  scope: Scope<"webhook:read">,
  { webhook: id, page, status }: Omit<WebhookVisitInput, "organization">,
): Plan<WebhookVisit | null> {
  const rows = scope.select(fields).from(webhookEndpoint).where(eq(webhookEndpoint.id, id));
  const isOfIt = and(
    eq(webhookDelivery.endpointId, id),
    status === undefined ? undefined : eq(webhookDelivery.status, status),
  );
  const deliveries = newestDeliveries(scope, isOfIt)
    .limit(DELIVERIES_PER_PAGE)
    .offset((page - 1) * DELIVERIES_PER_PAGE);
  const count = scope.count(webhookDelivery, { where: isOfIt, upTo: DELIVERIES_COUNTED });
  const totals = scope.select({ count }).from(organization);
  return plan({ rows, deliveries, totals }, ({ rows: [webhook], deliveries, totals: [total] }) => {
    if (webhook === undefined) return null;
    const pages = Math.max(1, Math.ceil((total?.count ?? 0) / DELIVERIES_PER_PAGE));
    const now = scope.now.getTime();
    const yesterday = dayAfter(dayAt(now, zoneOfDays(scope.timeZones)), -1);
    return { webhook, deliveries, filter: status ?? null, page, pages, now, yesterday };
  });
}

/** Null if there is no such webhook. */
export function deliveriesAfter(
  scope: Scope<"webhook:read">,
  { organization: slug, webhook: id, limit, after }: One & OnePage,
): Plan<Paged<Delivery> | null> {
  const isLater = sql`(${webhookDelivery.createdAt}, ${webhookDelivery.id}) < (${after?.at}, ${after?.id})`;
  const isOfIt = eq(webhookDelivery.endpointId, id);
  const rows = newestDeliveries(scope, after === null ? isOfIt : and(isOfIt, isLater)).limit(limit + 1);
  const known = scope.select({ id: webhookEndpoint.id }).from(webhookEndpoint).where(eq(webhookEndpoint.id, id));
  return plan({ rows, known }, ({ rows, known }) => {
    if (known.length === 0) return null;
    return pageOf(rows, {
      limit,
      list: ["deliveries", slug, id],
      place: ({ createdAt, id }) => ({ at: createdAt, id }),
      shows: (row) => row,
    });
  });
}

function newestDeliveries(scope: Scope<"webhook:read">, which: SQL | undefined) {
  return scope
    .select({
      id: webhookDelivery.id,
      event: webhookDelivery.event,
      status: webhookDelivery.status,
      attempts: webhookDelivery.attempts,
      answerStatus: webhookDelivery.answerStatus,
      answerMs: webhookDelivery.answerMs,
      fault: webhookDelivery.fault,
      createdAt: sql<number>`${webhookDelivery.createdAt}`,
      triedAt: sql<number | null>`${webhookDelivery.triedAt}`,
      nextAttemptAt: sql<number>`${webhookDelivery.nextAttemptAt}`,
    })
    .from(webhookDelivery)
    .where(which)
    .orderBy(desc(webhookDelivery.createdAt), desc(webhookDelivery.id));
}
