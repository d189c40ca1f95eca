import { DAY_MS } from "#app/durations.server.ts";
import type { auditEntry } from "../../app/db/schema/audit.ts";
import type { webhookDelivery, webhookEndpoint } from "../../app/db/schema/webhooks.ts";
import { webhookEvents } from "../../app/webhooks/events.ts";
import { ATTEMPTS, RETRY_PAUSES_SECONDS } from "../../app/webhooks/limits.ts";
import { type DemoLife, demoId } from "./rows.ts";

const NAME = "Local receiver";

const DEMO_WEBHOOK_OF = "acme";
export const DEMO_RECEIVER_PORT = 4100;
/** The name from which the secret of the demo's webhook is derived. */
export const DEMO_SECRET_NAME = demoId(DEMO_WEBHOOK_OF, "webhook-secret");

type EntryRow = typeof auditEntry.$inferInsert;

/** The webhook that an organization has had for two weeks, and the log's entry about it. Null for all others. */
export function demoWebhook(slug: string, { organizationId, owner, now, entry }: DemoLife) {
  if (slug !== DEMO_WEBHOOK_OF) return null;
  const createdAt = new Date(now - 14 * DAY_MS);
  const endpoint: typeof webhookEndpoint.$inferInsert = {
    ...{ id: demoId(slug, "webhook"), organizationId, createdBy: owner.id, secretName: DEMO_SECRET_NAME },
    ...{ url: `http://127.0.0.1:${DEMO_RECEIVER_PORT}/`, description: NAME, events: webhookEvents },
    ...{ createdAt, updatedAt: createdAt },
  };
  const target = { id: endpoint.id, name: NAME };
  const after = { url: new URL(endpoint.url).origin, events: webhookEvents, seesAddresses: false };
  return { endpoint, now, entry: entry(createdAt, owner.id, "webhook.created", target, { after }) };
}

type DemoWebhook = NonNullable<ReturnType<typeof demoWebhook>>;

/** A delivery for each of these entries, which are in order, from the one that made the webhook on. */
export function demoDeliveries({ endpoint, entry, now }: DemoWebhook, entries: readonly EntryRow[]) {
  return entries
    .slice(entries.indexOf(entry))
    .filter(({ action }) => endpoint.events.includes(action))
    .map((each, index): typeof webhookDelivery.$inferInsert => ({
      ...{ id: `msg_${demoId(endpoint.id, each.id)}`, organizationId: endpoint.organizationId },
      ...{ endpointId: endpoint.id, entryId: each.id, event: each.action, createdAt: each.createdAt },
      ...fateOf(Number(each.createdAt), now),
      answerMs: 20 + ((index * 37) % 60),
    }));
}

/** The receiver was down for some days, longer than retries of the first missed events went on. */
function fateOf(createdAt: number, now: number) {
  const isDown = (time: number) => time > now - 10 * DAY_MS && time < now - 6 * DAY_MS;
  let time = createdAt;
  let attempts = 1;
  for (; attempts < ATTEMPTS && isDown(time); attempts += 1) time += (RETRY_PAUSES_SECONDS[attempts - 1] ?? 0) * 1_000;
  const triedAt = new Date(time);
  return isDown(time)
    ? { status: "failed" as const, attempts, answerStatus: 503, triedAt, nextAttemptAt: triedAt }
    : { status: "delivered" as const, attempts, answerStatus: 204, triedAt, nextAttemptAt: triedAt };
}
