import { and, eq, isNotNull, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { differs } from "#app/change/differs.server.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { HOUR_MS } from "#app/durations.server.ts";
import { idOnce } from "#app/fields/once.server.ts";
import type { Fresh, Grant } from "#app/operation/grant.server.ts";
import { isNoKeyWithout } from "#app/tenancy/key-rules.ts";
import { isWaitingFor } from "./ending.server.ts";
import { endpointName } from "./endpoint-name.server.ts";
import { ENDPOINTS_PER_ORGANIZATION, FORMER_SECRET_HOURS } from "./limits.ts";
import { whyUnreachable } from "./receiver-url.ts";
import type { EditWebhook, MakeWebhook, RotateSecret, WebhookId } from "./schemas.ts";
import { webhookSecret } from "./secrets.server.ts";

export type Managing = Grant<"webhook:manage">;
export type One = { webhook: WebhookId };
type Shown = { webhook: string; secret: string };
type Secret = { ok: true } & Shown;
export type Changed = { ok: true } | { ok: false; reason: "not-found" };

/** The secret is shown only here. The same form sent twice makes one endpoint and returns the same secret until it is renewed. */
export async function createEndpoint(
  grant: Fresh<Managing>,
  {
    url,
    description,
    events,
    seesAddresses,
    once,
  }: Pick<MakeWebhook, "url" | "description" | "events" | "seesAddresses" | "once">,
): Promise<Secret | { ok: false; reason: "unreachable" | "full" | "shown" }> {
  const { organizationId, actor, newId, now, receiverRules } = grant;
  if (whyUnreachable(url, receiverRules) !== null) return { ok: false, reason: "unreachable" };
  const id = idOnce({
    once,
    equal: [organizationId, url, description, String(seesAddresses), ...events],
    actor,
    newId,
  });
  const secretName = newId();
  const others = sql`(select count(*) from ${webhookEndpoint} where ${grant.rows(webhookEndpoint)})`;
  const { facts } = await change(grant, {
    action: "webhook.created",
    from: organization,
    target: { id, name: description === "" ? new URL(url).host : description },
    after: { url: new URL(url).origin, events, seesAddresses },
    where: sql`${others} < ${ENDPOINTS_PER_ORGANIZATION}
      and not exists (select 1 from ${webhookEndpoint} where ${eq(webhookEndpoint.id, id)})`,
    makes: (entry) => ({
      endpoint: entry.insert(webhookEndpoint, {
        ...{ id, url, description, events, seesAddresses, secretName },
        ...{ createdBy: grant.userId, createdAt: now, updatedAt: now },
      }),
    }),
    facts: {
      kept: grant
        .select({ secretName: webhookEndpoint.secretName, former: webhookEndpoint.formerSecretName })
        .from(webhookEndpoint)
        .where(eq(webhookEndpoint.id, id)),
    },
  });
  const [kept] = facts.kept;
  if (kept === undefined) return { ok: false, reason: "full" };
  // The secret has been renewed since, perhaps by someone else.
  if (kept.former !== null) return { ok: false, reason: "shown" };
  return { ok: true, ...shown(grant, id, kept.secretName) };
}

/** The log keeps only the origin of a URL, because the rest can be a secret of the receiver. */
const origin = sql`substr(${webhookEndpoint.url}, 1, 7 + instr(substr(${webhookEndpoint.url}, 9), '/'))`;

/** What the log records of an endpoint that is made, changed or removed. */
const asItStands = {
  url: origin,
  events: sql`json(${webhookEndpoint.events})`,
  seesAddresses: sql`json(case when ${webhookEndpoint.seesAddresses} then 'true' else 'false' end)`,
};

export async function editEndpoint(
  grant: Managing,
  { webhook: id, url, description, events, seesAddresses }: Omit<EditWebhook, "organization">,
): Promise<Changed | { ok: false; reason: "unreachable" | "addresses" }> {
  if (whyUnreachable(url, grant.receiverRules) !== null) return { ok: false, reason: "unreachable" };
  const { isMade, facts } = await change(grant, {
    action: "webhook.changed",
    ...named,
    before: asItStands,
    after: { url: new URL(url).origin, events, seesAddresses },
    where: [
      eq(webhookEndpoint.id, id),
      seesAddresses ? mayReadMembers(grant) : undefined,
      differs(webhookEndpoint, { url, description, events, seesAddresses }),
    ],
    makes: (entry) => ({
      endpoint: entry.update(
        webhookEndpoint,
        { url, description, events, seesAddresses, updatedAt: grant.now },
        eq(webhookEndpoint.id, id),
      ),
    }),
    facts: {
      ...known(grant, id),
      reading: grant.select({ id: organization.id }).from(organization).where(mayReadMembers(grant)),
    },
  });
  if (!isMade && seesAddresses && facts.known.length > 0 && facts.reading.length === 0)
    return { ok: false, reason: "addresses" };
  return found(facts);
}

/** Every role that manages webhooks can read members; a key can have one permission without the other. */
function mayReadMembers({ actor }: Managing): SQL {
  return isNoKeyWithout("member:read", actor);
}

/**
 * Makes a new secret; the former one signs beside it for a day. It cannot be renewed again until then, or receivers would be left
 * with one that signs nothing. The same form sent twice shows the same secret, and never brings back a former one.
 */
export async function renewSecret(
  grant: Fresh<Managing>,
  { webhook: id, once }: Omit<RotateSecret, "organization">,
): Promise<Secret | { ok: false; reason: "not-found" | "rotated" | "shown" }> {
  const { actor, newId, now } = grant;
  const secretName = idOnce({ once, equal: ["secret", id], actor, newId });
  const { secretName: present, formerSecretName: former, formerSecretUntil: until } = webhookEndpoint;
  const { isMade, facts } = await change(grant, {
    action: "webhook.secret-rotated",
    ...named,
    where: [
      eq(webhookEndpoint.id, id),
      or(isNull(until), lte(until, now)),
      ne(present, secretName),
      sql`${former} is not ${secretName}`,
    ],
    makes: (entry) => ({
      endpoint: entry.update(
        webhookEndpoint,
        {
          secretName,
          formerSecretName: sql`${present}`,
          formerSecretUntil: new Date(now.getTime() + FORMER_SECRET_HOURS * HOUR_MS),
          updatedAt: now,
        },
        eq(webhookEndpoint.id, id),
      ),
    }),
    facts: { found: grant.select({ present, former }).from(webhookEndpoint).where(eq(webhookEndpoint.id, id)) },
  });
  const [found] = facts.found;
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (isMade || found.present === secretName) return { ok: true, ...shown(grant, id, secretName) };
  return { ok: false, reason: found.former === secretName ? "shown" : "rotated" };
}

export async function enableEndpoint(grant: Managing, { webhook: id }: One): Promise<Changed> {
  const { facts } = await change(grant, {
    action: "webhook.enabled",
    ...named,
    where: [eq(webhookEndpoint.id, id), isNotNull(webhookEndpoint.disabledAt)],
    makes: (entry) => ({
      endpoint: entry.update(
        webhookEndpoint,
        { disabledAt: null, disabledBecause: null, failingSince: null, updatedAt: grant.now },
        eq(webhookEndpoint.id, id),
      ),
    }),
    facts: known(grant, id),
  });
  return found(facts);
}

/** Waiting deliveries are no longer sent. They can be sent again once the endpoint is enabled. */
export async function disableEndpoint(grant: Managing, { webhook: id }: One): Promise<Changed> {
  const { now } = grant;
  const { facts } = await change(grant, {
    action: "webhook.disabled",
    ...named,
    where: [eq(webhookEndpoint.id, id), isNull(webhookEndpoint.disabledAt)],
    makes: (entry) => ({
      endpoint: entry.update(
        webhookEndpoint,
        { disabledAt: now, disabledBecause: "person", failingSince: null, updatedAt: now },
        eq(webhookEndpoint.id, id),
      ),
      waiting: entry.update(webhookDelivery, { status: "failed", fault: "disabled" }, isWaitingFor(id, now)),
    }),
    facts: known(grant, id),
  });
  return found(facts);
}

export async function removeEndpoint(grant: Managing, { webhook: id }: One): Promise<Changed> {
  const { isMade } = await change(grant, {
    action: "webhook.removed",
    ...named,
    before: asItStands,
    where: eq(webhookEndpoint.id, id),
    makes: (entry) => ({ endpoint: entry.remove(webhookEndpoint, eq(webhookEndpoint.id, id)) }),
  });
  return isMade ? { ok: true } : { ok: false, reason: "not-found" };
}

function shown({ tokenFor }: Managing, webhook: string, secretName: string): Shown {
  return { webhook, secret: webhookSecret(tokenFor, secretName) };
}

const named = { from: webhookEndpoint, target: { id: webhookEndpoint.id, name: endpointName } };

export function known(grant: Managing, id: WebhookId, isThere?: SQL) {
  return {
    known: grant
      .select({ disabledAt: webhookEndpoint.disabledAt })
      .from(webhookEndpoint)
      .where(and(eq(webhookEndpoint.id, id), isThere)),
  };
}

function found({ known }: { known: unknown[] }): Changed {
  return known.length === 1 ? { ok: true } : { ok: false, reason: "not-found" };
}
