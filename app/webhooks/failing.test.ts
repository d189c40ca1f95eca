import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS, HOUR_MS } from "#app/durations.server.ts";
import { testDatabase } from "#app/test/database.ts";
import { appUrl, deliveriesOf, endpointOf, run, waiting } from "#app/test/deliveries.ts";
import { endFailingEndpoints, endGoneEndpoint } from "./ending.server.ts";
import { TEST_EVENT } from "./events.ts";
import { RETRY_PAUSES_SECONDS } from "./limits.ts";

const db = testDatabase();

for (const [manner, expected] of [
  [500, { answerStatus: 500, fault: null }],
  [404, { answerStatus: 404, fault: null }],
  ["redirect", { answerStatus: 302, fault: null }],
  ["hang", { answerStatus: null, fault: "timeout" }],
  ["drop", { answerStatus: null, fault: "unreachable" }],
] as const) {
  test(`a delivery that fails with ${manner} is retried after a pause, with the same id`, async () => {
    const { receiver, at, endpoint, deliveries } = await waiting();
    await receiver.answers(manner);
    const next = await run({ at, ...(manner === "hang" && { answerWithinMs: 400 }) });
    const [failed] = await deliveries();
    expect(failed).toMatchObject({ status: "waiting", attempts: 1, claimedBy: null, ...expected });
    const pause = (failed?.nextAttemptAt.getTime() ?? 0) - (failed?.triedAt?.getTime() ?? 0);
    expect(pause).toBe(RETRY_PAUSES_SECONDS[0] * 1000);
    expect(next).toBeLessThanOrEqual(failed?.nextAttemptAt.getTime() ?? 0);
    expect((await endpointOf(endpoint.id))?.failingSince).toEqual(failed?.triedAt);
    await receiver.answers(204);
    await run({ at: new Date((failed?.nextAttemptAt.getTime() ?? 0) + 1) });
    expect((await deliveries())[0]).toMatchObject({ status: "delivered", attempts: 2, answerStatus: 204, fault: null });
    expect((await endpointOf(endpoint.id))?.failingSince).toBeNull();
    const ids = (await receiver.received()).map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([failed?.id, failed?.id]);
    const elsewhere = await fetch(new URL("/elsewhere", receiver.url));
    expect(await elsewhere.json(), "no redirect is followed").toMatchObject({ received: [] });
  });
}

test("a delivery succeeds when the receiver hangs after sending its response headers", async () => {
  const { receiver, at, deliveries } = await waiting();
  await receiver.answers("stall");
  await run({ at, forMs: 5_000 });
  const [delivery] = await deliveries();
  expect(delivery).toMatchObject({ status: "delivered", answerStatus: 200 });
  expect(delivery?.answerMs).toBeLessThan(5_000);
});

test("Retry-After is kept, in seconds and as a date, and never for longer than a day", async () => {
  for (const [said, seconds] of [
    ["90", () => 90],
    ["9000000", () => 86_400],
    ["nonsense", () => RETRY_PAUSES_SECONDS[0]],
    ["1", () => RETRY_PAUSES_SECONDS[0]],
  ] as const) {
    const { receiver, at, deliveries } = await waiting();
    await receiver.answers(503, { "Retry-After": said });
    await run({ at });
    const [{ nextAttemptAt, triedAt } = {}] = await deliveries();
    expect((nextAttemptAt?.getTime() ?? 0) - (triedAt?.getTime() ?? 0), said).toBe(seconds() * 1000);
  }
  const { receiver, at, deliveries } = await waiting();
  await receiver.answers(429, { "Retry-After": new Date(at.getTime() + 600_000).toUTCString() });
  await run({ at });
  const [{ nextAttemptAt, triedAt } = {}] = await deliveries();
  const waited = (nextAttemptAt?.getTime() ?? 0) - (triedAt?.getTime() ?? 0);
  expect(waited).toBeGreaterThan(590_000);
  expect(waited).toBeLessThanOrEqual(601_000);
});

test("an event has failed after ten attempts with growing pauses", async () => {
  const { receiver, at, deliveries } = await waiting();
  await receiver.answers(500);
  const pauses: number[] = [];
  for (let due = at; ; ) {
    await run({ at: due });
    const [{ status, nextAttemptAt, triedAt } = {}] = await deliveries();
    if (status === "failed") break;
    pauses.push(((nextAttemptAt?.getTime() ?? 0) - (triedAt?.getTime() ?? 0)) / 1000);
    due = new Date((nextAttemptAt?.getTime() ?? 0) + 1);
  }
  expect(pauses).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  expect(await receiver.received()).toHaveLength(10);
});

test("a receiver that returns 410 gets no more events, and the people who manage webhooks are told", async () => {
  const { team, receiver, at, endpoint, deliveries } = await waiting(4);
  await receiver.answers(410);
  await run({ at });
  expect(await endpointOf(endpoint.id)).toMatchObject({ disabledBecause: "gone" });
  expect((await deliveries()).map(({ status }) => status)).toEqual(["failed", "failed", "failed", "failed"]);
  // Two were being sent at the same time; the deliveries behind them never were.
  const asked = (await receiver.received()).length;
  expect(asked).toBeLessThanOrEqual(2);
  await run({ at: new Date(at.getTime() + DAY_MS) });
  expect(await receiver.received()).toHaveLength(asked);
  const entries = await db
    .select({ actorId: auditEntry.actorId, targetName: auditEntry.targetName, after: auditEntry.after })
    .from(auditEntry)
    .where(and(eq(auditEntry.organizationId, team.organization.id), eq(auditEntry.action, "webhook.disabled")));
  expect(entries).toEqual([
    { actorId: "schedule", targetName: new URL(receiver.url).host, after: { because: "gone" } },
  ]);
  const told = await db
    .select({ userId: notification.userId })
    .from(notification)
    .where(and(eq(notification.organizationId, team.organization.id), eq(notification.type, "webhook-disabled")));
  const managers = [team.owner, team.admin].map(({ person }) => person);
  expect(told.map(({ userId }) => userId).sort()).toEqual(managers.map(({ id }) => id).sort());
  for (const { email } of managers) {
    expect(await db.$count(mail, and(eq(mail.recipient, email), eq(mail.template, "webhook-disabled")))).toBe(1);
  }
});

test("a test event that gets a 410 response fails, but does not disable the endpoint", async () => {
  const { receiver, at, endpoint, deliveries } = await waiting(1, { entryId: null, event: TEST_EVENT });
  await receiver.answers(410);
  await run({ at });
  expect(await deliveries()).toMatchObject([{ status: "failed", answerStatus: 410 }]);
  expect(await endpointOf(endpoint.id)).toMatchObject({ disabledAt: null, failingSince: null });
});

test("an endpoint that is enabled again and found gone each time causes one notification a day", async () => {
  const { team, endpoint } = await waiting();
  const isIt = eq(webhookEndpoint.id, endpoint.id);
  const began = Date.now();
  const endAt = async (now: Date) => {
    await db.update(webhookEndpoint).set({ disabledAt: null, disabledBecause: null }).where(isIt);
    await endGoneEndpoint({ db, endpointId: endpoint.id, now, appUrl });
  };
  const counts = async () => {
    const { id: userId, email } = team.owner.person;
    const { id: organizationId } = team.organization;
    const ended = and(eq(auditEntry.organizationId, organizationId), eq(auditEntry.action, "webhook.disabled"));
    return {
      entries: await db.$count(auditEntry, ended),
      news: await db.$count(notification, eq(notification.userId, userId)),
      mails: await db.$count(mail, and(eq(mail.recipient, email), eq(mail.template, "webhook-disabled"))),
    };
  };
  for (let round = 0; round < 12; round += 1) await endAt(new Date(began + round));
  expect(await counts()).toEqual({ entries: 12, news: 1, mails: 1 });
  await endAt(new Date(began + 2 * DAY_MS));
  expect(await counts()).toEqual({ entries: 13, news: 2, mails: 2 });
});

test("people are told of a gone endpoint although one of them disabled it a moment before", async () => {
  const { team, endpoint } = await waiting();
  const { person } = team.admin;
  const organizationId = team.organization.id;
  await db.insert(auditEntry).values({
    ...{ id: crypto.randomUUID(), organizationId, actorId: person.id, actorKind: "person" },
    ...{ action: "webhook.disabled", targetId: endpoint.id },
  });
  await endGoneEndpoint({ db, endpointId: endpoint.id, now: new Date(Date.now() + 1000), appUrl });
  expect(await db.$count(notification, eq(notification.userId, person.id))).toBe(1);
});

test("an endpoint that fails for five days is disabled once, and one that does not fail stays enabled", async () => {
  const { team, receiver, at, endpoint } = await waiting();
  const { endpoint: well } = await waiting();
  await receiver.answers(500);
  await run({ at });
  const since = (await endpointOf(endpoint.id))?.failingSince ?? new Date(0);
  const later = (days: number) => new Date(since.getTime() + days * DAY_MS);
  await endFailingEndpoints({ db, now: later(4.9), appUrl });
  expect((await endpointOf(endpoint.id))?.disabledAt).toBeNull();
  await Promise.all([1, 2].map(() => endFailingEndpoints({ db, now: later(5), appUrl })));
  expect(await endpointOf(endpoint.id)).toMatchObject({ disabledBecause: "failing", disabledAt: later(5) });
  expect((await endpointOf(well.id))?.disabledAt).toBeNull();
  const mails = and(eq(mail.recipient, team.owner.person.email), eq(mail.template, "webhook-disabled"));
  expect(await db.$count(mail, mails)).toBe(1);
});

test("a receiver that answers between its failures stays enabled, because its five days begin anew", async () => {
  const { receiver, at, endpoint } = await waiting(3, { nextAttemptAt: new Date(8.64e15) });
  const send = async (now: Date, manner: 500 | 204) => {
    const [next] = await deliveriesOf(endpoint.id);
    const isThis = eq(webhookDelivery.id, next?.id ?? "");
    await db.update(webhookDelivery).set({ nextAttemptAt: now }).where(isThis);
    await receiver.answers(manner);
    await run({ at: now });
    await db.delete(webhookDelivery).where(isThis);
    return (await endpointOf(endpoint.id))?.failingSince?.getTime() ?? null;
  };
  const hours = (count: number) => new Date(at.getTime() + count * HOUR_MS);
  const first = await send(at, 500);
  expect(first).not.toBeNull();
  expect(await send(hours(1), 204)).toBeNull();
  const second = (await send(hours(2), 500)) ?? 0;
  expect(second).toBeGreaterThan(first ?? 0);
  await endFailingEndpoints({ db, now: new Date((first ?? 0) + 5 * DAY_MS), appUrl });
  expect((await endpointOf(endpoint.id))?.disabledAt).toBeNull();
  await endFailingEndpoints({ db, now: new Date(second + 5 * DAY_MS), appUrl });
  expect(await endpointOf(endpoint.id)).toMatchObject({ disabledBecause: "failing" });
});
