import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { webhookDelivery } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { cursorAfter } from "#app/operation/pages.server.ts";
import { action as replay } from "#app/routes/organizations/webhooks.replay.ts";
import { loader as page } from "#app/routes/organizations/webhooks.webhook.tsx";
import type { Permission } from "#app/tenancy/permissions.ts";
import { aKey } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { DELIVERIES_COUNTED, DELIVERIES_PER_PAGE, REPLAYED_AT_ONCE, REPLAYS_PER_HOUR } from "./limits.ts";
import type { WebhookVisit } from "./webhooks.server.ts";

const db = testDatabase();

async function aWebhook(more: Permission[] = ["member:read"]) {
  const made = await aKeyedTeam(db, ["webhook:read", "webhook:manage", ...more]);
  const { id: organizationId } = made.team.organization;
  const receiver = aReceiver();
  const { id } = await anEndpoint(db, { organizationId, url: receiver.url });
  const aDelivery = async (endpointId = id, createdAt = new Date()) => {
    const [delivery, entryId] = [`msg_${crypto.randomUUID()}`, crypto.randomUUID()];
    const failed = { status: "failed", attempts: 9, nextAttemptAt: createdAt, createdAt } as const;
    await db.insert(auditEntry).values({ id: entryId, organizationId, actorId: "schedule", action: "image.renamed" });
    await db
      .insert(webhookDelivery)
      .values({ id: delivery, organizationId, endpointId, entryId, event: "image.renamed", ...failed });
    return delivery;
  };
  const stateOf = async (delivery: string) =>
    (await db.select().from(webhookDelivery).where(eq(webhookDelivery.id, delivery)))[0]?.attempts;
  const write = async (path: string, method: string, json?: unknown) =>
    (await made.call(path, { method, ...(json !== undefined && { json }) })).status;
  return { ...made, organizationId, receiver, id, at: `/webhooks/${id}`, aDelivery, stateOf, write };
}

test("a program pages through the deliveries of one webhook, newest first", async () => {
  const { call, at, organizationId, receiver, aDelivery } = await aWebhook();
  const { id: other } = await anEndpoint(db, { organizationId, url: receiver.url });
  const now = Date.now();
  const ids: string[] = [];
  for (let place = 0; place < 5; place += 1) ids.unshift(await aDelivery(undefined, new Date(now - 10_000 + place)));
  const others = await aDelivery(other);
  await aDelivery(other);
  const read = async (search: string) => {
    const { body } = await call(`${at}/deliveries?${search}`);
    const { data, next } = body as { data: { id: string }[]; next: string | null };
    return { ids: data.map(({ id }) => id), next };
  };
  const first = await read("limit=2");
  expect(first.ids).toEqual(ids.slice(0, 2));
  await aDelivery();
  const rest = await read(`limit=10&cursor=${first.next}`);
  expect(rest).toEqual({ ids: ids.slice(2), next: null });
  expect([...first.ids, ...rest.ids]).not.toContain(others);
  const { body: foreign } = await call(`/webhooks/${other}/deliveries?limit=1&cursor=${first.next}`);
  expect(foreign, "it is another webhook's cursor").toMatchObject({ status: 400, errors: [{ pointer: "/cursor" }] });
});

test("the pages of a webhook end at a thousand deliveries, and programs can read further", async () => {
  const { call, at, organizationId, id, team } = await aWebhook();
  await db.run(sql`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${DELIVERIES_COUNTED + 1})
    insert into webhook_delivery (id, organization_id, endpoint_id, event, status, next_attempt_at, created_at)
    select 'msg_' || ${id} || i, ${organizationId}, ${id}, 'webhook.test', 'failed', i, i from n`);
  const lastPage = DELIVERIES_COUNTED / DELIVERIES_PER_PAGE;
  const visited = team.at(`webhooks/${id}?page=${lastPage}`, { webhook: id });
  const { body } = await ask(page, { ...visited, cookie: team.owner.cookie });
  const { deliveries, pages } = body as WebhookVisit;
  expect({ pages, shown: deliveries.length }).toEqual({
    pages: lastPage,
    shown: DELIVERIES_PER_PAGE,
  });
  const cursor = cursorAfter(["deliveries", team.organization.slug, id], { at: 2, id: `msg_${id}2` });
  const { body: rest } = await call(`${at}/deliveries?cursor=${cursor}`);
  expect(rest).toMatchObject({ data: [{ id: `msg_${id}1` }], next: null });
});

test("a program reads back what it changes about a webhook, and whether it is enabled", async () => {
  const { call, at, write, receiver } = await aWebhook();
  const settings = { url: `${receiver.url}/other`, description: "Stock", events: ["member.left"], seesAddresses: true };
  const read = async () => (await call(at)).body;
  expect(await write(at, "PUT", settings)).toBe(204);
  expect(await read()).toMatchObject({ ...settings, name: "Stock", disabledBecause: null });
  expect(await write(at, "PUT", { url: receiver.url, events: ["member.removed"] })).toBe(204);
  const replaced = { description: "", events: ["member.removed"], seesAddresses: false };
  expect(await read(), "PUT replaces the whole webhook").toMatchObject(replaced);
  expect(await write(`${at}/disable`, "POST")).toBe(204);
  expect(await read()).toMatchObject({ disabledBecause: "person" });
  expect((await call(`${at}/test`, { method: "POST" })).body).toMatchObject({ status: 409, code: "disabled" });
  expect(await write(`${at}/enable`, "POST")).toBe(204);
  expect(await read()).toMatchObject({ disabledBecause: null });
  expect(await write(at, "DELETE")).toBe(204);
  expect((await call(at)).status).toBe(404);
  expect((await call("/webhooks")).body).toEqual({ data: [], next: null });
});

test("a URL that is too long once its letters are encoded is refused at its field, and one that just fits is kept", async () => {
  const { call, at, write } = await aWebhook();
  const events = ["member.left"];
  const root = "https://example.com/";
  const fits = root + "ä".repeat(Math.floor((2_048 - root.length) / 6));
  expect(await write(at, "PUT", { url: fits, events })).toBe(204);
  expect((await call(at)).body).toMatchObject({ url: new URL(fits).href });
  const { status, body } = await call(at, { method: "PUT", json: { url: `${fits}ä`, events } });
  expect([status, body]).toMatchObject([400, { errors: [{ pointer: "/url" }] }]);
});

test("a key that cannot read members cannot give a webhook their addresses; the log has the URL's origin", async () => {
  const { call, at, write, receiver, organizationId } = await aWebhook([]);
  const events = ["member.left"];
  const sent = await call(at, { method: "PUT", json: { url: receiver.url, events, seesAddresses: true } });
  expect(sent).toMatchObject({ status: 403, body: { status: 403, code: "addresses" } });
  expect((await call(at)).body).toMatchObject({ seesAddresses: false });
  expect(await write(at, "PUT", { url: "https://hooks.example.com:8443/a-secret?of=theirs", events })).toBe(204);
  const [entry] = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, organizationId));
  const url = new URL(receiver.url).origin;
  expect(entry).toMatchObject({
    before: { url, seesAddresses: false },
    after: { url: "https://hooks.example.com:8443", events, seesAddresses: false },
  });
});

test("a delivery is resent only through its own webhook, and a bulk replay resends failures since a day", async () => {
  const { call, at, write, organizationId, receiver, aDelivery, stateOf } = await aWebhook();
  const { id: other } = await anEndpoint(db, { organizationId, url: receiver.url });
  const [own, others, old] = [await aDelivery(), await aDelivery(other), await aDelivery(undefined, new Date(0))];
  for (const id of [others, `msg_${crypto.randomUUID()}`])
    expect(await write(`${at}/deliveries/${id}/replay`, "POST"), "it is not this webhook's").toBe(404);
  const missing = await call(`${at}/deliveries/${others}/replay`, { method: "POST" });
  expect(missing.body).toMatchObject({ detail: "This delivery no longer exists." });
  expect(await stateOf(others)).toBe(9);
  expect(await write(`${at}/deliveries/${own}/replay`, "POST")).toBe(204);
  expect(await stateOf(own)).toBeLessThan(9);
  const again = await aDelivery();
  const since = new Date().toISOString().slice(0, 10);
  expect(await write(`${at}/replay`, "POST", { since })).toBe(204);
  expect(await stateOf(again)).toBeLessThan(9);
  expect([await stateOf(old), await stateOf(others)]).toEqual([9, 9]);
});

test("a delivery that still waits is not sent earlier by a replay, and keeps its attempts", async () => {
  const { at, write, receiver, aDelivery, stateOf } = await aWebhook();
  const waits = await aDelivery();
  await db
    .update(webhookDelivery)
    .set({ status: "waiting", nextAttemptAt: new Date(Date.now() + DAY_MS) })
    .where(eq(webhookDelivery.id, waits));
  expect(await write(`${at}/deliveries/${waits}/replay`, "POST")).toBe(204);
  expect(await stateOf(waits)).toBe(9);
  expect(await receiver.received()).toEqual([]);
});

test("a bulk replay resends the oldest thousand failed deliveries since a day, and no test events", async () => {
  const { at, write, organizationId, id } = await aWebhook();
  const day = new Date(Date.now() - 3 * DAY_MS);
  day.setUTCHours(0, 0, 0, 0);
  const start = day.getTime();
  const make = (from: number, to: number, entry: "with an entry" | "as tests") =>
    db.batch([
      db.run(sql`
      with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to})
      insert into audit_entry (id, organization_id, actor_id, action, created_at)
      select ${id} || i, ${organizationId}, 'schedule', 'image.renamed', ${start} + i from n`),
      db.run(sql`
      with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to})
      insert into webhook_delivery (id, organization_id, endpoint_id, entry_id, event, status, next_attempt_at, created_at)
      select 'msg_' || ${id} || i, ${organizationId}, ${id}, ${entry === "as tests" ? sql`null` : sql`${id} || i`},
        'image.renamed', 'failed', ${start}, ${start} + i from n`),
    ]);
  await make(1, 5, "as tests");
  await make(6, 6 + REPLAYED_AT_ONCE + 1, "with an entry");
  expect(await write(`${at}/replay`, "POST", { since: day.toISOString().slice(0, 10) })).toBe(204);
  const left = await db
    .select({ at: sql<number>`${webhookDelivery.createdAt} - ${start}` })
    .from(webhookDelivery)
    .where(and(eq(webhookDelivery.endpointId, id), eq(webhookDelivery.status, "failed")))
    .orderBy(webhookDelivery.createdAt);
  expect(left.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5, 6 + REPLAYED_AT_ONCE, 7 + REPLAYED_AT_ONCE]);
  // Runs of other tests would send the deliveries that still wait.
  await db.delete(webhookDelivery).where(eq(webhookDelivery.endpointId, id));
});

test("an organization can bulk replay thirty times an hour, for all its webhooks, keys and people together", async () => {
  const { at, team, call, organizationId, receiver } = await aWebhook();
  const { id: other } = await anEndpoint(db, { organizationId, url: receiver.url });
  const { secret } = await aKey(db, { organizationId, permissions: ["webhook:read", "webhook:manage"] });
  const keys = [{}, { Authorization: `Bearer ${secret}` }];
  const since = new Date().toISOString().slice(0, 10);
  const asked = { ...team.at(`webhooks/${other}/replay`, { webhook: other }), cookie: team.owner.cookie };
  const press = async () => (await ask(replay, { ...asked, form: { since } })).status;
  expect(await press(), "nothing has failed, but it counts").toBe(409);
  const answers = await Promise.all(
    Array.from({ length: REPLAYS_PER_HOUR + 3 }, (_, index) =>
      call(`${index % 2 ? at : `/webhooks/${other}`}/replay`, {
        ...{ method: "POST", json: { since } },
        headers: keys[Math.floor(index / 2) % 2] ?? {},
      }),
    ),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array(REPLAYS_PER_HOUR - 1).fill(204), 429, 429, 429, 429]);
  expect(await press()).toBe(429);
});
