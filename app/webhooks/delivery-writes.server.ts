import { and, eq, gte, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { idOnce } from "#app/fields/once.server.ts";
import { startOfDay } from "#app/i18n/days.server.ts";
import { zoneOfDays } from "#app/i18n/time-zone.ts";
import { TEST_EVENT } from "./events.ts";
import { REPLAYED_AT_ONCE } from "./limits.ts";
import type { OneDelivery, TestWebhook, WebhookId } from "./schemas.ts";
import { type Changed, known, type Managing, type One } from "./webhook-writes.server.ts";

type Sent = { ok: true; isMade: boolean } | Exclude<Changed, { ok: true }> | { ok: false; reason: "disabled" };

/** The same form sent twice sends one test. */
export function sendTest(grant: Managing, { webhook: id, once }: Omit<TestWebhook, "organization">): Promise<Sent> {
  const { actor, newId } = grant;
  const test = `msg_${idOnce({ once, equal: [id], actor, newId })}`;
  return sendNow(grant, id, {
    unlogged: "A test says nothing about the organization, and the list of deliveries shows it.",
    where: sql`not exists (select 1 from ${webhookDelivery} where ${eq(webhookDelivery.id, test)})`,
    makes: (entry) => {
      const { now } = grant;
      return {
        test: entry.insert(webhookDelivery, {
          ...{ id: test, endpointId: id, event: TEST_EVENT, nextAttemptAt: now, createdAt: now },
        }),
      };
    },
  });
}

export function replayDelivery(
  grant: Managing,
  { webhook: id, delivery, tried }: Omit<OneDelivery, "organization">,
): Promise<Sent> {
  const isAsShown = tried === undefined ? undefined : sql`coalesce(${webhookDelivery.triedAt}, 0) = ${tried}`;
  const isIt = and(eq(webhookDelivery.id, delivery), eq(webhookDelivery.endpointId, id));
  return replay(grant, id, and(isIt, isAsShown), sql`exists (select 1 from ${webhookDelivery} where ${isIt})`);
}

/**
 * Sends failed deliveries again, the oldest first, at most `REPLAYED_AT_ONCE`, so that the rest can be sent next. Tests are left
 * out. `since` is a day in the reader's time zone. If none failed, a person gets an error, and a program a success.
 */
export async function replayFailed(
  grant: Managing,
  { webhook: id, since }: One & { since: string },
): Promise<Sent | { ok: false; reason: "none" }> {
  const start = new Date(startOfDay(since, zoneOfDays(grant.timeZones)));
  const failed = and(
    eq(webhookDelivery.endpointId, id),
    eq(webhookDelivery.status, "failed"),
    isNotNull(webhookDelivery.entryId),
    gte(webhookDelivery.createdAt, start),
  );
  const oldest = grant
    .select({ id: webhookDelivery.id })
    .from(webhookDelivery)
    .where(failed)
    .orderBy(webhookDelivery.createdAt, webhookDelivery.id)
    .limit(REPLAYED_AT_ONCE);
  const sent = await replay(grant, id, inArray(webhookDelivery.id, oldest));
  return sent.ok && !sent.isMade && grant.actor.kind === "person" ? { ok: false, reason: "none" } : sent;
}

function replay(grant: Managing, id: WebhookId, which: SQL | undefined, isThere?: SQL): Promise<Sent> {
  return sendNow(grant, id, {
    ...(isThere && { isThere }),
    unlogged: "The same event was sent before, and the list of deliveries shows it.",
    makes: (entry) => ({
      again: entry.update(
        webhookDelivery,
        { status: "waiting", attempts: 0, nextAttemptAt: grant.now },
        ne(webhookDelivery.status, "waiting"),
        eq(webhookDelivery.endpointId, id),
        which,
      ),
    }),
  });
}

type Sending = Pick<Extract<Parameters<typeof change>[1], { unlogged: string }>, "unlogged" | "makes"> & {
  where?: SQL;
  /** If it is false, the result is "not-found", as for a webhook that does not exist. */
  isThere?: SQL;
};

async function sendNow(grant: Managing, id: WebhookId, { where, isThere, ...sending }: Sending): Promise<Sent> {
  const { facts, isMade } = await change(grant, {
    ...sending,
    from: webhookEndpoint,
    where: [eq(webhookEndpoint.id, id), isNull(webhookEndpoint.disabledAt), where],
    facts: known(grant, id, isThere),
  });
  const [endpoint] = facts.known;
  if (endpoint === undefined) return { ok: false, reason: "not-found" };
  if (endpoint.disabledAt !== null) return { ok: false, reason: "disabled" };
  grant.sendEvents();
  return { ok: true, isMade };
}
