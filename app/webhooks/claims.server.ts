import { and, eq, gte, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { runBatch } from "#app/db/batch.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { actorKind, auditEntry } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { organization, removedOrganization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { ATTEMPTS, CONNECTIONS_PER_ENDPOINT, DELIVERIES_KEPT_DAYS, RETRY_PAUSES_SECONDS } from "./limits.ts";
import type { Delivery } from "./webhooks.server.ts";

/** Longer than an attempt takes, so that no delivery is sent by two runs at the same time. */
const CLAIM_MS = 30_000;

type Claiming = { db: Database; now: Date; limit: number };

export type Claimed = Awaited<ReturnType<typeof claimDue>>[number];

/** Claims at most `limit` due deliveries, a share for each endpoint. Concurrent runs never claim the same delivery. */
export async function claimDue({ db, now, limit }: Claiming) {
  const claimedBy = crypto.randomUUID();
  const claimedUntil = new Date(now.getTime() + CLAIM_MS);
  const [, rows] = await db.batch([
    db
      .update(webhookDelivery)
      .set({ attempts: sql`${webhookDelivery.attempts} + 1`, claimedBy, claimedUntil, triedAt: now })
      .where(sql`${webhookDelivery.id} in (${dueIds(now, limit)})`),
    db
      .select({
        id: webhookDelivery.id,
        endpointId: webhookDelivery.endpointId,
        entryId: webhookDelivery.entryId,
        event: webhookDelivery.event,
        attempts: webhookDelivery.attempts,
        claimedBy: sql<string>`${webhookDelivery.claimedBy}`,
        createdAt: webhookDelivery.createdAt,
        url: webhookEndpoint.url,
        seesAddresses: webhookEndpoint.seesAddresses,
        secretName: webhookEndpoint.secretName,
        formerSecretName: webhookEndpoint.formerSecretName,
        formerSecretUntil: webhookEndpoint.formerSecretUntil,
        organization: { id: organization.id, name: organization.name, slug: organization.slug },
        actorKind,
        actorId: auditEntry.actorId,
        actorName: sql<string | null>`coalesce(${user.name}, ${apiKey.name})`,
        via: auditEntry.via,
        targetId: auditEntry.targetId,
        targetName: auditEntry.targetName,
        before: auditEntry.before,
        after: auditEntry.after,
      })
      .from(webhookDelivery)
      .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
      .innerJoin(organization, eq(organization.id, webhookDelivery.organizationId))
      .leftJoin(auditEntry, eq(auditEntry.id, webhookDelivery.entryId))
      .leftJoin(user, eq(user.id, auditEntry.actorId))
      .leftJoin(apiKey, eq(apiKey.id, auditEntry.actorId))
      .where(eq(webhookDelivery.claimedBy, claimedBy)),
  ]);
  return rows;
}

/** The oldest of each endpoint come first, so that a long queue of one endpoint does not hold up the others. */
function dueIds(now: Date, limit: number): SQL {
  const flying = sql`(
    select count(*) from webhook_delivery as flying
    where flying.endpoint_id = due.endpoint_id and flying.claimed_until > ${now.getTime()})`;
  return sql`
    select id from (
      select due.id, due.next_attempt_at, due.created_at, ${flying} + row_number() over (
        partition by due.endpoint_id order by due.next_attempt_at, due.created_at, due.id) as place
      from webhook_delivery as due join webhook_endpoint as endpoint on endpoint.id = due.endpoint_id
      where due.status = 'waiting' and due.next_attempt_at <= ${now.getTime()} and due.attempts < ${ATTEMPTS}
        and (due.claimed_until is null or due.claimed_until <= ${now.getTime()}) and endpoint.disabled_at is null
        and not exists (select 1 from ${removedOrganization} where ${removedOrganization.id} = due.organization_id))
    where place <= ${CONNECTIONS_PER_ENDPOINT} order by place, next_attempt_at, created_at limit ${limit}`;
}

export type Attempt = {
  /** Null if there is no response to go by; `fault` says why. */
  status: number | null;
  fault: Exclude<Delivery["fault"], "disabled">;
  ms: number;
  /** From the receiver's Retry-After header: the least time to wait. */
  retryAfterSeconds: number | null;
};

function isDelivered({ status }: Attempt): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** Records how an attempt ended. Writes nothing if the claim expired and another run has claimed the delivery since. */
export async function settle(db: Database, claimed: Claimed, attempt: Attempt, now: Date): Promise<void> {
  const isOurs = and(eq(webhookDelivery.id, claimed.id), eq(webhookDelivery.claimedBy, claimed.claimedBy));
  const ended = {
    ...{ claimedBy: null, claimedUntil: null, triedAt: now },
    ...{ answerStatus: attempt.status, answerMs: attempt.ms, fault: attempt.fault },
  };
  const isOk = isDelivered(attempt);
  const wait = Math.max(RETRY_PAUSES_SECONDS[claimed.attempts - 1] ?? 0, attempt.retryAfterSeconds ?? 0);
  const isLast = claimed.entryId === null || claimed.attempts >= ATTEMPTS;
  const isStopped = sql`exists (
    select 1 from ${webhookEndpoint} where ${webhookEndpoint.id} = ${claimed.endpointId} and ${isNotNull(webhookEndpoint.disabledAt)})`;
  const endpoint = and(
    eq(webhookEndpoint.id, claimed.endpointId),
    isOk ? isNotNull(webhookEndpoint.failingSince) : isNull(webhookEndpoint.failingSince),
    sql`exists (select 1 from ${webhookDelivery} where ${isOurs})`,
  );
  await runBatch(db, [
    // A test says nothing about the sending of events.
    ...(claimed.entryId === null
      ? []
      : [
          db
            .update(webhookEndpoint)
            .set({ failingSince: isOk ? null : now })
            .where(endpoint),
        ]),
    db
      .update(webhookDelivery)
      .set(
        isOk
          ? { ...ended, status: "delivered" }
          : {
              ...ended,
              status: isLast ? "failed" : sql`case when ${isStopped} then 'failed' else 'waiting' end`,
              nextAttemptAt: new Date(now.getTime() + wait * 1000),
            },
      )
      .where(isOurs),
  ]);
}

/** Returns when the next delivery is due, in milliseconds; null if none is waiting. */
export async function nextDue(db: Database): Promise<number | null> {
  const [row] = await db
    .select({ at: sql<number | null>`min(${webhookDelivery.nextAttemptAt})` })
    .from(webhookDelivery)
    .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
    .where(
      and(
        eq(webhookDelivery.status, "waiting"),
        isNull(webhookDelivery.claimedUntil),
        isNull(webhookEndpoint.disabledAt),
      ),
    );
  return row?.at ?? null;
}

/** Fails the deliveries of a run that died, if it was their last attempt or their endpoint was disabled meanwhile. */
export async function giveUp({ db, now }: { db: Database; now: Date }): Promise<void> {
  const isDisabled = sql`exists (
    select 1 from ${webhookEndpoint}
    where ${webhookEndpoint.id} = ${webhookDelivery.endpointId} and ${isNotNull(webhookEndpoint.disabledAt)})`;
  const fault = sql`case when ${isDisabled} then 'disabled' else ${webhookDelivery.fault} end`;
  await db
    .update(webhookDelivery)
    .set({ status: "failed", fault, claimedBy: null, claimedUntil: null })
    .where(
      and(
        // A literal and not a parameter, so that SQLite uses the partial index of waiting deliveries.
        sql`${webhookDelivery.status} = 'waiting'`,
        or(gte(webhookDelivery.attempts, ATTEMPTS), isDisabled),
        or(isNull(webhookDelivery.claimedUntil), lte(webhookDelivery.claimedUntil, now)),
      ),
    );
}

export async function forgetDeliveries({ db, now }: { db: Database; now: Date }): Promise<void> {
  const before = new Date(now.getTime() - DELIVERIES_KEPT_DAYS * DAY_MS);
  await db
    .delete(webhookDelivery)
    .where(and(lt(webhookDelivery.createdAt, before), ne(webhookDelivery.status, "waiting")));
}
