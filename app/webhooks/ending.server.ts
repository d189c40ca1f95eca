import { and, eq, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { asSystem } from "#app/change/system.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { rolesWith } from "#app/tenancy/permissions.ts";
import { endpointName } from "./endpoint-name.server.ts";
import { FAILING_DAYS } from "./limits.ts";

type Ending = { db: Database; now: Date; appUrl: string };

/** Disables an endpoint whose receiver has said that it is gone for good (410). */
export async function endGoneEndpoint({ endpointId, ...ending }: Ending & { endpointId: string }): Promise<void> {
  await endEach(ending, { because: "gone", which: eq(webhookEndpoint.id, endpointId) });
}

/** Disables the endpoints that have failed for `FAILING_DAYS`, without one success in between. */
export async function endFailingEndpoints(ending: Ending): Promise<void> {
  const before = new Date(ending.now.getTime() - FAILING_DAYS * DAY_MS);
  await endEach(ending, { because: "failing", which: lte(webhookEndpoint.failingSince, before) });
}

const ENDPOINTS_PER_RUN = 20;
type Which = { because: "gone" | "failing"; which: SQL };

async function endEach({ db, now, appUrl }: Ending, { because, which }: Which): Promise<void> {
  const isEnding = and(which, isNull(webhookEndpoint.disabledAt));
  const endpoints = await db
    .select({
      id: webhookEndpoint.id,
      name: endpointName,
      organization: { id: organization.id, name: organization.name, slug: organization.slug },
    })
    .from(webhookEndpoint)
    .innerJoin(organization, eq(organization.id, webhookEndpoint.organizationId))
    .where(isEnding)
    .limit(ENDPOINTS_PER_RUN);
  for (const { id, name, organization: tenant } of endpoints) {
    const to = sql`
      select user_id from ${member} where ${eq(member.organizationId, tenant.id)}
        and ${inArray(member.role, rolesWith("webhook:manage"))} and not ${wasTold(id, now)}`;
    const { isMade } = await change(asSystem({ db, now, organizationId: tenant.id }), {
      action: "webhook.disabled",
      from: webhookEndpoint,
      target: { id: webhookEndpoint.id, name: endpointName },
      after: { because },
      where: [isEnding, eq(webhookEndpoint.id, id)],
      makes: (entry) => ({
        endpoint: entry.update(
          webhookEndpoint,
          { disabledAt: now, disabledBecause: because, failingSince: null, updatedAt: now },
          eq(webhookEndpoint.id, id),
        ),
        waiting: entry.update(webhookDelivery, { status: "failed", fault: "disabled" }, isWaitingFor(id, now)),
        news: entry.news({ type: "webhook-disabled", to, organization: tenant }),
        mails: entry.mailEach({
          to,
          template: "webhook-disabled",
          data: {
            ...{ organization: tenant.name, webhook: name, days: because === "failing" ? FAILING_DAYS : null },
            url: `${appUrl}/organizations/${tenant.slug}/webhooks/${id}`,
          },
        }),
      }),
    });
    if (isMade) console.warn(JSON.stringify({ level: "warn", webhook: id, disabled: because }));
  }
}

/** Whether the product disabled it already within a day: enabling it again and again must not notify people each time. */
function wasTold(endpointId: string, now: Date): SQL {
  return sql`exists (
    select 1 from ${auditEntry} where ${auditEntry.targetId} = ${endpointId} and ${auditEntry.action} = 'webhook.disabled'
      and ${auditEntry.actorKind} = 'system'
      and ${auditEntry.createdAt} >= ${now.getTime() - DAY_MS} and ${auditEntry.createdAt} < ${now.getTime()})`;
}

/** Deliveries that wait for an endpoint and are not being sent. */
export function isWaitingFor(endpointId: string, now: Date) {
  return and(
    eq(webhookDelivery.endpointId, endpointId),
    eq(webhookDelivery.status, "waiting"),
    or(isNull(webhookDelivery.claimedUntil), lte(webhookDelivery.claimedUntil, now)),
  ) as SQL;
}
