import { env } from "cloudflare:test";
import { and, eq, sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { removedOrganization } from "#app/db/schema/organizations.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { action as renameOrganization } from "#app/routes/organizations/settings.tsx";
import { action as deleteAccount } from "#app/routes/settings/delete.ts";
import { anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { tokenFor } from "#app/tokens.server.ts";
import { STEP_LIMIT_MS } from "../../e2e/patience.ts";
import { variablesOf } from "../../workers/environment.ts";
import { claimDue, forgetDeliveries, giveUp, nextDue, settle } from "./claims.server.ts";
import { endFailingEndpoints, endGoneEndpoint } from "./ending.server.ts";
import { TEST_EVENT } from "./events.ts";
import { DELIVERIES_KEPT_DAYS, RETRY_PAUSES_SECONDS } from "./limits.ts";
import { webhookSecret } from "./secrets.server.ts";
import { type Sending, sendDueEvents } from "./sending.server.ts";

const db = testDatabase();
const appUrl = "http://localhost:5173";
const secretFor: Sending["secretFor"] = (name) => tokenFor(variablesOf(env).AUTH_SECRET, name);
const rules = { ownOrigins: [appUrl], allowsLoopback: true };

/** A time that no other test's run reaches, so that only this test's deliveries are due then. */
function aTimeOfItsOwn() {
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  const years = 1 + random / 100;
  return new Date(Date.now() + Math.round(years * 365 * 86_400_000));
}

type Running = Partial<Sending> & { at: Date };

function run({ at, ...more }: Running) {
  const began = Date.now();
  const clock = () => new Date(at.getTime() + Date.now() - began);
  const gone = (endpointId: string) => endGoneEndpoint({ db, endpointId, now: clock(), appUrl });
  return sendDueEvents({ db, secretFor, rules, gone, forMs: 20_000, clock, ...more });
}

const deliveriesOf = (endpointId: string) =>
  db
    .select()
    .from(webhookDelivery)
    .where(eq(webhookDelivery.endpointId, endpointId))
    .orderBy(webhookDelivery.createdAt);

const endpointOf = async (id: string) => (await db.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id)))[0];

async function waiting(count = 1, values: Partial<typeof webhookDelivery.$inferInsert> = {}) {
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

const roleForm = (role: string) => ({ role });

test("a change tells the endpoints that asked for it, right after the answer, and costs no further trip", async () => {
  const team = await aTeam(db);
  const organizationId = team.organization.id;
  const [told, other, off, foreign] = [aReceiver(), aReceiver(), aReceiver(), aReceiver()];
  const endpoint = await anEndpoint(db, { organizationId, url: told.url });
  await anEndpoint(db, { organizationId, url: other.url, events: ["image.renamed"] });
  await anEndpoint(db, { organizationId, url: off.url, disabledAt: new Date(), disabledBecause: "person" });
  await anEndpoint(db, { organizationId: (await anOrganization(db)).id, url: foreign.url });
  const at = team.at(`members/${team.plain.member}/role`, { member: team.plain.member });
  const answered = await ask(changeRole, { ...at, cookie: team.owner.cookie, form: roleForm("admin") });
  expect([answered.status, answered.services.trace.trips]).toEqual([303, 2]);

  const [event, ...more] = await told.received();
  expect(more).toEqual([]);
  const [delivery] = await deliveriesOf(endpoint.id);
  expect(delivery).toMatchObject({ status: "delivered", attempts: 1, answerStatus: 200, claimedBy: null });
  expect(event?.headers["webhook-id"]).toBe(delivery?.id);
  const secret = webhookSecret(secretFor, endpoint.secretName);
  expect(new Webhook(secret).verify(event?.body ?? "", event?.headers ?? {})).toEqual({
    type: "member.role-changed",
    id: delivery?.entryId,
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    organization: { id: organizationId, name: team.organization.name, slug: team.organization.slug },
    actor: { kind: "person", id: team.owner.person.id, name: team.owner.person.name, via: null },
    target: { id: team.plain.person.id, name: team.plain.person.name },
    data: { before: { role: "member" }, after: { role: "admin" } },
  });
  for (const receiver of [other, off, foreign]) expect(await receiver.received()).toEqual([]);
});

test("a change to the same role sends no event", async () => {
  const team = await aTeam(db);
  const receiver = aReceiver();
  const endpoint = await anEndpoint(db, { organizationId: team.organization.id, url: receiver.url });
  const at = team.at(`members/${team.plain.member}/role`, { member: team.plain.member });
  const answered = await ask(changeRole, { ...at, cookie: team.owner.cookie, form: roleForm("member") });
  expect(answered.status).toBe(303);
  expect(await deliveriesOf(endpoint.id)).toEqual([]);
});

test("a change in the logs of several organizations is sent to the endpoints of each", async () => {
  const [one, two] = [await aTeam(db), await aTeam(db)];
  await two.join("member", one.plain.person);
  const endpoints = await Promise.all(
    [one, two].map(({ organization: { id: organizationId } }) =>
      anEndpoint(db, { organizationId, url: aReceiver().url }),
    ),
  );
  const { email } = one.plain.person;
  await ask(deleteAccount, { url: "/settings/account/delete", cookie: one.plain.cookie, form: { email } });
  for (const { id, organizationId } of endpoints) {
    const told = await deliveriesOf(id);
    expect(told.map(({ event }) => event)).toEqual(["member.left"]);
    const [entry] = await db
      .select()
      .from(auditEntry)
      .where(eq(auditEntry.id, told[0]?.entryId ?? ""));
    expect(entry).toMatchObject({ organizationId, action: "member.left", actorId: one.plain.person.id });
  }
});

test("after a rotation both secrets sign until the old one expires, and then only the new one", async () => {
  const team = await aTeam(db);
  const receiver = aReceiver();
  const formerSecretName = crypto.randomUUID();
  const endpoint = await anEndpoint(db, {
    ...{ organizationId: team.organization.id, url: receiver.url, formerSecretName },
    formerSecretUntil: new Date(Date.now() + 60_000),
  });
  const at = team.at(`members/${team.plain.member}/role`, { member: team.plain.member });
  await ask(changeRole, { ...at, cookie: team.owner.cookie, form: roleForm("admin") });
  await db
    .update(webhookEndpoint)
    .set({ formerSecretUntil: new Date(Date.now() - 1) })
    .where(eq(webhookEndpoint.id, endpoint.id));
  await ask(changeRole, { ...at, cookie: team.owner.cookie, form: roleForm("member") });
  const signers = (await receiver.received()).map(({ headers, body }) =>
    [endpoint.secretName, formerSecretName, "another"].map((name) => {
      try {
        return new Webhook(webhookSecret(secretFor, name)).verify(body, headers) !== null;
      } catch {
        return false;
      }
    }),
  );
  expect(signers).toEqual([
    [true, true, false],
    [true, false, false],
  ]);
});

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
  await run({ at: new Date(at.getTime() + 86_400_000) });
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
  await endAt(new Date(began + 2 * 86_400_000));
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
  const later = (days: number) => new Date(since.getTime() + days * 86_400_000);
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
  const hours = (count: number) => new Date(at.getTime() + count * 3_600_000);
  const first = await send(at, 500);
  expect(first).not.toBeNull();
  expect(await send(hours(1), 204)).toBeNull();
  const second = (await send(hours(2), 500)) ?? 0;
  expect(second).toBeGreaterThan(first ?? 0);
  await endFailingEndpoints({ db, now: new Date((first ?? 0) + 5 * 86_400_000), appUrl });
  expect((await endpointOf(endpoint.id))?.disabledAt).toBeNull();
  await endFailingEndpoints({ db, now: new Date(second + 5 * 86_400_000), appUrl });
  expect(await endpointOf(endpoint.id)).toMatchObject({ disabledBecause: "failing" });
});

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
  const old = new Date(now.getTime() - DELIVERIES_KEPT_DAYS * 86_400_000 - 1);
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

test("events that wait when their organization is deleted are not sent, even before its rows are gone", async () => {
  const { team, receiver, at, deliveries } = await waiting();
  const { id } = team.organization;
  await db.insert(removedOrganization).values({ id, removedAt: at });
  await run({ at });
  expect(await receiver.received()).toEqual([]);
  expect((await deliveries())[0]).toMatchObject({ status: "waiting", attempts: 0 });
  // Other tests run the schedule, which would go on with this deletion.
  await db.delete(removedOrganization).where(eq(removedOrganization.id, id));
});

test("an address that is no longer allowed gets no request", async () => {
  const { receiver, at, deliveries } = await waiting();
  await run({ at, rules: { ownOrigins: [], allowsLoopback: false } });
  expect(await receiver.received()).toEqual([]);
  expect((await deliveries())[0]).toMatchObject({ status: "waiting", fault: "address", answerStatus: null });
});

test("email addresses are told to endpoints that may know them, and to no others", async () => {
  const team = await aTeam(db, { name: "hello@organization.example" });
  const organizationId = team.organization.id;
  const [blind, seeing] = [aReceiver(), aReceiver()];
  await anEndpoint(db, { organizationId, url: blind.url });
  await anEndpoint(db, { organizationId, url: seeing.url, seesAddresses: true });
  const form = { name: "Write to ada@organization.example" };
  await ask(renameOrganization, { ...team.at("settings"), cookie: team.owner.cookie, form });
  const [withheld, told] = await Promise.all(
    [blind, seeing].map(async (receiver) => JSON.parse((await receiver.received())[0]?.body ?? "{}")),
  );
  expect(withheld).toMatchObject({ organization: { name: null }, data: { after: { name: null } } });
  expect(told).toMatchObject({ data: { before: { name: "hello@organization.example" }, after: form } });
  expect(await db.$count(webhookDelivery, sql`${webhookDelivery.organizationId} = ${organizationId}`)).toBe(2);
});
