import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { testDatabase } from "#app/test/database.ts";
import { aTimeOfItsOwn, endpointOf, run, waiting } from "#app/test/deliveries.ts";
import { STEP_LIMIT_MS } from "../../e2e/patience.ts";
import { claimDue, forgetDeliveries, giveUp, nextDue, settle } from "./claims.server.ts";
import { DELIVERIES_KEPT_DAYS } from "./limits.ts";

const db = testDatabase();

test("four parallel runs send each event once, at most two at a time per receiver; a slow one blocks no other", async () => {
  const [slow, quick] = [await waiting(4), await waiting(12)];
  await slow.receiver.answers("hang");
  await quick.receiver.answers("work");
  const at = new Date(Math.max(slow.at.getTime(), quick.at.getTime()) + 1);
  const runs = Promise.all([1, 2, 3, 4].map(() => run({ at, answerWithinMs: STEP_LIMIT_MS })));
  await expect.poll(async () => (await quick.receiver.received()).length).toBe(12);
  expect(
    (await slow.deliveries()).filter(({ status }) => status !== "waiting"),
    "the slow receiver has not responded yet",
  ).toEqual([]);
  // Looked at before any of its requests ends: the sender knows of an end before the receiver does.
  expect((await slow.receiver.state()).mostOpen).toBeLessThanOrEqual(2);
  await slow.receiver.answers(204);
  await runs;
  const { received, mostOpen } = await quick.receiver.state();
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(12);
  expect(received).toHaveLength(12);
  expect(mostOpen).toBeLessThanOrEqual(2);
});

test("an event claimed by a run that died is sent by the next run after the claim expires", async () => {
  const at = aTimeOfItsOwn();
  const claimedUntil = new Date(at.getTime() + 30_000);
  const { receiver, deliveries } = await waiting(1, {
    nextAttemptAt: at,
    attempts: 1,
    claimedBy: crypto.randomUUID(),
    claimedUntil,
  });
  await run({ at });
  expect(await receiver.received()).toEqual([]);
  await run({ at: claimedUntil });
  expect((await deliveries())[0]).toMatchObject({ status: "delivered", attempts: 2 });
});

test("a run that ends after its claim expired writes nothing about the delivery that another run has claimed", async () => {
  const { at, endpoint, deliveries } = await waiting();
  const claim = async (now: Date) => {
    const claimed = await claimDue({ db, now, limit: 100 });
    const own = claimed.find(({ endpointId }) => endpointId === endpoint.id);
    if (own === undefined) throw new Error("The delivery was not claimed.");
    return own;
  };
  const late = await claim(at);
  const next = await claim(new Date(at.getTime() + 30_000));
  const attempt = { fault: null, ms: 1, retryAfterSeconds: null };
  await settle(db, late, { ...attempt, status: 500 }, at);
  expect(await deliveries()).toMatchObject([{ status: "waiting", claimedBy: next.claimedBy, answerStatus: null }]);
  expect(await endpointOf(endpoint.id)).toMatchObject({ failingSince: null });
  await settle(db, next, { ...attempt, status: 204 }, at);
  expect(await deliveries()).toMatchObject([{ status: "delivered", claimedBy: null }]);
});

test("a run whose time is up begins no attempt", async () => {
  const { receiver, at, deliveries } = await waiting();
  await run({ at, forMs: 0 });
  expect(await receiver.received()).toEqual([]);
  expect(await deliveries()).toMatchObject([{ status: "waiting", attempts: 0 }]);
});

test("the next alarm is not for a delivery that has ended, that is being sent or whose endpoint is disabled", async () => {
  await waiting(1, { nextAttemptAt: new Date(-1), status: "delivered" });
  await waiting(1, { nextAttemptAt: new Date(-2), claimedUntil: new Date(8.64e15) });
  const { endpoint } = await waiting(1, { nextAttemptAt: new Date(-3) });
  expect(await nextDue(db)).toBe(-3);
  const off = { disabledAt: new Date(), disabledBecause: "person" } as const;
  await db.update(webhookEndpoint).set(off).where(eq(webhookEndpoint.id, endpoint.id));
  expect((await nextDue(db)) ?? 0).toBeGreaterThanOrEqual(0);
});

test("a delivery is deleted after thirty days, unless it still waits", async () => {
  const now = new Date();
  const old = new Date(now.getTime() - DELIVERIES_KEPT_DAYS * DAY_MS - 1);
  const ended = await waiting(1, { status: "failed", createdAt: old });
  const waits = await waiting(1, { createdAt: old });
  const young = await waiting(1, { status: "failed", createdAt: new Date(old.getTime() + 2) });
  await forgetDeliveries({ db, now });
  const left = await Promise.all([ended, waits, young].map(({ deliveries }) => deliveries()));
  expect(left.map(({ length }) => length)).toEqual([0, 1, 1]);
});

test("an event claimed by a run that died fails if its endpoint was disabled in the meantime", async () => {
  const at = aTimeOfItsOwn();
  const claim = { attempts: 1, claimedBy: crypto.randomUUID(), claimedUntil: at };
  const { endpoint, deliveries } = await waiting(1, { ...claim, nextAttemptAt: at });
  await db
    .update(webhookEndpoint)
    .set({ disabledAt: at, disabledBecause: "person" })
    .where(eq(webhookEndpoint.id, endpoint.id));
  const { deliveries: others } = await waiting(1, { ...claim, nextAttemptAt: at });
  await giveUp({ db, now: new Date(at.getTime() - 1) });
  expect((await deliveries())[0]).toMatchObject({ status: "waiting" });
  await giveUp({ db, now: at });
  expect((await deliveries())[0]).toMatchObject({ status: "failed", fault: "disabled", claimedBy: null });
  expect((await others())[0]).toMatchObject({ status: "waiting" });
});
