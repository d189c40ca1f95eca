import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { auditEntry } from "#app/db/schema/audit.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { testDatabase } from "#app/test/database.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import { aTeam } from "#app/test/team.ts";
import { tokenFor } from "#app/tokens.server.ts";
import { endGoneEndpoint } from "#app/webhooks/ending.server.ts";
import { type Sending, sendDueEvents } from "#app/webhooks/sending.server.ts";
import { variablesOf } from "../../workers/environment.ts";

const db = testDatabase();
export const appUrl = "http://localhost:5173";
export const secretFor: Sending["secretFor"] = (name) => tokenFor(variablesOf(env).AUTH_SECRET, name);
const rules = { ownOrigins: [appUrl], allowsLoopback: true };

/** A time that no other test's run reaches, so that only this test's deliveries are due then. */
export function aTimeOfItsOwn() {
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  const years = 1 + random / 100;
  return new Date(Date.now() + Math.round(years * 365 * DAY_MS));
}

type Running = Partial<Sending> & { at: Date };

export function run({ at, ...more }: Running) {
  const began = Date.now();
  const clock = () => new Date(at.getTime() + Date.now() - began);
  const gone = (endpointId: string) => endGoneEndpoint({ db, endpointId, now: clock(), appUrl });
  return sendDueEvents({ db, secretFor, rules, gone, forMs: 20_000, clock, ...more });
}

export const deliveriesOf = (endpointId: string) =>
  db
    .select()
    .from(webhookDelivery)
    .where(eq(webhookDelivery.endpointId, endpointId))
    .orderBy(webhookDelivery.createdAt);

export const endpointOf = async (id: string) =>
  (await db.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id)))[0];

export async function waiting(count = 1, values: Partial<typeof webhookDelivery.$inferInsert> = {}) {
  const team = await aTeam(db);
  const organizationId = team.organization.id;
  const receiver = aReceiver();
  const at = aTimeOfItsOwn();
  const endpoint = await anEndpoint(db, { organizationId, url: receiver.url });
  for (let each = 0; each < count; each += 1) {
    const entryId = crypto.randomUUID();
    await db.insert(auditEntry).values({
      ...{ id: entryId, organizationId, actorId: team.owner.person.id, action: "image.renamed" },
      ...{ targetId: `image-${each}`, targetName: "Lake", before: { name: "Sea" }, after: { name: "Lake" } },
    });
    await db.insert(webhookDelivery).values({
      ...{ id: `msg_${crypto.randomUUID()}`, organizationId, endpointId: endpoint.id, entryId },
      ...{ event: "image.renamed", nextAttemptAt: at, ...values },
    });
  }
  return { team, receiver, at, endpoint, deliveries: () => deliveriesOf(endpoint.id) };
}
