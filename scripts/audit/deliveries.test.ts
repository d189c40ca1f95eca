import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#app/db/client.server.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { aDatabase, aLog } from "./a-log.ts";
import { verifyChains } from "./chains.ts";

let db: Database;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ db, end } = await aDatabase());
});
afterAll(() => end());

/** A log with a webhook that wants renamed images: two were renamed before it was made, four after; three deliveries exist. */
async function aToldLog() {
  const log = await aLog(db, 2);
  const endpointId = crypto.randomUUID();
  const about = (action: string, events?: string[]) =>
    log.write(0, { action, targetId: endpointId, before: null, after: events === undefined ? null : { events } });
  await db.insert(webhookEndpoint).values({
    ...{ id: endpointId, organizationId: log.id, secretName: "a name", url: "https://hooks.example.com/" },
    events: ["image.renamed"],
  });
  const tell = async (place: number) => {
    const entry = await log.entryAt(place);
    const id = `msg_${crypto.randomUUID()}`;
    await db.insert(webhookDelivery).values({
      ...{ id, organizationId: log.id, endpointId, entryId: entry?.id ?? "", event: entry?.action ?? "" },
      ...{ nextAttemptAt: new Date(), createdAt: entry?.createdAt ?? new Date() },
    });
    return id;
  };
  await about("webhook.created", ["image.renamed"]);
  await log.write(4);
  await about("webhook.changed", ["image.deleted"]);
  await log.write(6);
  await about("webhook.changed", ["image.renamed", "webhook.enabled"]);
  await about("webhook.disabled");
  await log.write(9);
  await about("webhook.enabled");
  await log.write(11);
  const told = [await tell(4), await tell(10), await tell(11)];
  await log.seal();
  return { ...log, endpointId, tell, told };
}

test("a webhook with exactly the deliveries that it subscribed to has no fault, even if its events changed", async () => {
  const { report } = await aToldLog();
  expect(await report()).toMatchObject({ entries: 11, deliveries: 3, faults: [] });
});

test("an entry without its delivery is reported for thirty days, and not after", async () => {
  const { report, told, endpointId } = await aToldLog();
  await db.delete(webhookDelivery).where(eq(webhookDelivery.id, told[2] ?? ""));
  expect((await report())?.faults).toEqual([`entry 11 has no delivery to webhook ${endpointId}`]);
  expect((await report({ now: new Date(Date.now() + 31 * DAY_MS) }))?.faults).toEqual([]);
});

test("an unrequested delivery is found: too early, not subscribed, while disabled, or with the wrong event", async () => {
  for (const place of [2, 6, 9]) {
    const { report, tell, endpointId } = await aToldLog();
    await tell(place);
    expect((await report())?.faults).toEqual([
      `entry ${place} has a delivery to webhook ${endpointId}, which did not subscribe to it`,
    ]);
  }
  const { report, told, endpointId } = await aToldLog();
  await db
    .update(webhookDelivery)
    .set({ event: "image.deleted" })
    .where(eq(webhookDelivery.id, told[0] ?? ""));
  expect((await report())?.faults).toEqual([
    `entry 4 has a delivery to webhook ${endpointId}, which did not subscribe to it`,
  ]);
});

test("a delivery to another organization, a delivery without an entry and a webhook without an entry are found", async () => {
  const [one, other] = [await aToldLog(), await aToldLog()];
  await db
    .update(webhookDelivery)
    .set({ endpointId: other.endpointId })
    .where(eq(webhookDelivery.id, one.told[0] ?? ""));
  expect((await one.report())?.faults).toEqual([
    `entry 4 has a delivery to webhook ${other.endpointId}, which did not subscribe to it`,
    `entry 4 has no delivery to webhook ${one.endpointId}`,
  ]);
  const unknown = crypto.randomUUID();
  await db.insert(webhookEndpoint).values({
    ...{ id: unknown, organizationId: other.id, secretName: "a name", url: "https://hooks.example.com/" },
    events: ["image.renamed"],
  });
  expect((await other.report())?.faults).toEqual([`webhook ${unknown} exists, but no entry says that it was created`]);
  const loose = { organizationId: other.id, endpointId: other.endpointId, nextAttemptAt: new Date() };
  await db.insert(webhookDelivery).values([
    { ...loose, id: "msg_test", event: "webhook.test" },
    { ...loose, id: "msg_loose", event: "image.renamed" },
  ]);
  const all = (await verifyChains(db)).flatMap(({ faults }) => faults);
  expect(all).toContain("1 deliveries belong to no entry");
});

test("a removed webhook takes its deliveries along, and its log is without a fault", async () => {
  const { report, write, seal, endpointId } = await aToldLog();
  await db.delete(webhookEndpoint).where(eq(webhookEndpoint.id, endpointId));
  await write(0, { action: "webhook.removed", targetId: endpointId });
  await seal();
  expect(await report()).toMatchObject({ deliveries: 0, faults: [] });
});
