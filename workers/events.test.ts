import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { webhookDelivery } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { logged, withFiles } from "#app/test/outages.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import type { Env } from "./environment.ts";
import { sendEvents, wakeUp } from "./events.ts";
import { runSchedule } from "./schedule.ts";

const db = testDatabase();
const { EVENTS: _, ...withoutQueue } = env as Env;

/** A due event, and a receiver that responds with `status`. */
async function due(status: number) {
  const organizationId = (await anOrganization(db)).id;
  const receiver = aReceiver();
  await receiver.answers(status);
  const { id: endpointId } = await anEndpoint(db, { organizationId, url: receiver.url });
  const id = `msg_${crypto.randomUUID()}`;
  await db.insert(webhookDelivery).values({
    ...{ id, organizationId, endpointId, event: "webhook.test", nextAttemptAt: new Date(0) },
  });
  const row = async () => (await db.select().from(webhookDelivery).where(eq(webhookDelivery.id, id)))[0];
  return { receiver, row };
}

/** Makes a delivery, which is a test so far, one of an event. A test is sent only once, an event is sent again. */
async function isAnEvent(id: string) {
  const [entry] = await db
    .insert(auditEntry)
    .values({ id: crypto.randomUUID(), actorId: "somebody", action: "member.left", targetId: "somebody" })
    .returning();
  await db
    .update(webhookDelivery)
    .set({ event: "member.left", entryId: entry?.id ?? null })
    .where(eq(webhookDelivery.id, id));
}

async function noneWaits() {
  await db.delete(webhookDelivery).where(eq(webhookDelivery.status, "waiting"));
}

async function isDueIn(row: { id: string } | undefined, ms: number) {
  await db
    .update(webhookDelivery)
    .set({ nextAttemptAt: new Date(Date.now() + ms) })
    .where(eq(webhookDelivery.id, row?.id ?? ""));
}

/** A queue that passes each message's options to `send`, which can throw. */
function aQueue(send: (options: { delaySeconds: number }) => void): Queue {
  return {
    async send(_body: unknown, options: { delaySeconds: number }) {
      send(options);
    },
  } as unknown as Queue;
}

test("deliveries that are due are sent even without a queue", async () => {
  const { receiver, row } = await due(204);
  await isDueIn(await (await due(204)).row(), 60_000);
  await sendEvents({ env: withoutQueue, db, forMs: 20_000 });
  expect(await receiver.received()).toHaveLength(1);
  expect(await row()).toMatchObject({ status: "delivered" });
});

test("the queue's alarm is set for the next delivery, at most twelve hours ahead, and sends deliveries that are due", async () => {
  const asked: number[] = [];
  const EVENTS = aQueue(({ delaySeconds }) => asked.push(delaySeconds));
  await noneWaits();
  const later = await due(204);
  await isDueIn(await later.row(), 20 * DAY_MS);
  await due(204);
  await sendEvents({ env: { ...withoutQueue, EVENTS }, db, forMs: 20_000 });
  expect(asked).toEqual([43_200]);
  await isDueIn(await later.row(), 600_000);
  await due(204);
  await sendEvents({ env: { ...withoutQueue, EVENTS }, db, forMs: 20_000 });
  expect(asked).toHaveLength(2);
  expect(asked[1]).toBeGreaterThan(500);
  expect(asked[1]).toBeLessThanOrEqual(600);
  const { receiver } = await due(204);
  await wakeUp({ ...withoutQueue, EVENTS });
  expect(await receiver.received()).toHaveLength(1);
});

test("a broken queue loses nothing: what is sent is stored as delivered, and what failed or is due later waits", async () => {
  const { receiver, row } = await due(204);
  const failed = await due(500);
  await isAnEvent((await failed.row())?.id ?? "");
  const EVENTS = aQueue(() => {
    throw new Error("The queue is out of order.");
  });
  const waits = await due(204);
  const other = await waits.row();
  await db
    .update(webhookDelivery)
    .set({ nextAttemptAt: new Date(Date.now() + 60_000) })
    .where(eq(webhookDelivery.id, other?.id ?? ""));
  await expect(sendEvents({ env: { ...withoutQueue, EVENTS }, db, forMs: 20_000 })).rejects.toThrow("out of order");
  expect(await receiver.received()).toHaveLength(1);
  expect(await row()).toMatchObject({ status: "delivered", claimedBy: null });
  expect(await waits.row()).toMatchObject({ status: "waiting", attempts: 0 });
  const again = await failed.row();
  expect(again).toMatchObject({ status: "waiting", attempts: 1, claimedBy: null });
  expect(again?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now());
});

test("the queue is asked for nothing while no delivery waits", async () => {
  const asked: number[] = [];
  const EVENTS = aQueue(({ delaySeconds }) => asked.push(delaySeconds));
  await noneWaits();
  const { receiver } = await due(204);
  await sendEvents({ env: { ...withoutQueue, EVENTS }, db, forMs: 20_000 });
  expect(await receiver.received()).toHaveLength(1);
  expect(asked).toEqual([]);
});

test("a fault while events are sent is logged, so that the queue does not deliver its message again", async () => {
  await due(204);
  await isDueIn(await (await due(204)).row(), 60_000);
  const EVENTS = aQueue(() => {
    throw new Error("The queue is out of order.");
  });
  await wakeUp({ ...withoutQueue, EVENTS });
  expect(logged()).toMatchObject([{ job: "send events" }]);
});

test("a job of the schedule that fails, here the sweep of files, is logged, and those after it still run", async () => {
  const { receiver } = await due(204);
  await runSchedule({ ...(env as Env), ...withFiles("refuse").variables });
  expect(logged().map(({ job }) => job)).toContain("sweep");
  expect(await receiver.received()).toHaveLength(1);
});
