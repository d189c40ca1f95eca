import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { m } from "#app/i18n/messages.ts";
import { action as replay } from "#app/routes/organizations/webhooks.delivery.ts";
import { action as disable } from "#app/routes/organizations/webhooks.disable.ts";
import { action as edit } from "#app/routes/organizations/webhooks.edit.ts";
import { action as enable } from "#app/routes/organizations/webhooks.enable.ts";
import { action as make } from "#app/routes/organizations/webhooks.new.ts";
import { action as remove } from "#app/routes/organizations/webhooks.remove.ts";
import { action as replayAll } from "#app/routes/organizations/webhooks.replay.ts";
import { action as sendTest } from "#app/routes/organizations/webhooks.send-test.ts";
import { loader as page } from "#app/routes/organizations/webhooks.webhook.tsx";
import { testDatabase } from "#app/test/database.ts";
import { logged, withDatabase } from "#app/test/outages.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

async function aWebhook() {
  const team = await aTeam(db);
  const receiver = aReceiver();
  const organizationId = team.organization.id;
  const { id } = await anEndpoint(db, { organizationId, url: receiver.url });
  const { cookie } = team.owner;
  const at = (path: string, more: Record<string, string> = {}) => ({
    ...team.at(`webhooks/${id}/${path}`, { webhook: id, ...more }),
    cookie,
  });
  const aFailure = async () => {
    const [entryId, now] = [crypto.randomUUID(), new Date()];
    const about = { organizationId, event: "image.renamed" } as const;
    await db.insert(auditEntry).values({ id: entryId, organizationId, actorId: "schedule", action: about.event });
    await db
      .insert(webhookDelivery)
      .values({ ...about, id: `msg_${entryId}`, endpointId: id, entryId, status: "failed", nextAttemptAt: now });
  };
  return {
    team,
    receiver,
    at,
    aFailure,
    deliveries: () => db.select().from(webhookDelivery).where(eq(webhookDelivery.endpointId, id)),
  };
}

test("a form that fails keeps all chosen values, including several checked boxes", async () => {
  const { team } = await aWebhook();
  const form = new FormData();
  for (const [name, value] of [
    ["url", "http://hooks.example.com/"],
    ["events", "member.removed"],
    ["events", "member.left"],
    ["seesAddresses", "yes"],
  ] as const)
    form.append(name, value);
  const answered = await ask(make, { ...team.at("webhooks/new"), cookie: team.owner.cookie, form });
  expect(answered).toMatchObject({
    status: 400,
    body: {
      initialValue: { url: "http://hooks.example.com/", events: "member.removed\nmember.left", seesAddresses: "yes" },
      error: { url: [expect.any(String)] },
    },
  });
  form.set("url", "https://hooks.example.org/");
  const { services } = await ask(make, {
    ...{ ...team.at("webhooks/new"), cookie: team.owner.cookie, form },
    ...withDatabase("refuse"),
  });
  expect(services.trace.unsent, "the values of the form survive the outage").toMatchObject({
    events: ["member.removed", "member.left"],
  });
  expect(logged()).toHaveLength(1);
});

test("a test button sends one event per showing of its page, even if it is pressed twice", async () => {
  const { receiver, at } = await aWebhook();
  const press = (once: string) => ask(sendTest, { ...at("test"), form: { once } });
  const [first, second] = ["a showing of the page.1", "a showing of the page.2"];
  const answers = [await press(first), await press(first), await press(second)];
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await receiver.received()).toHaveLength(2);
});

test("a delivery is resent once per state that a page showed, but every time for a program", async () => {
  const { receiver, at, deliveries } = await aWebhook();
  await ask(sendTest, { ...at("test"), form: { once: "a showing of the page" } });
  const [delivery] = await deliveries();
  const id = delivery?.id ?? "";
  const again = (form: Record<string, string>) =>
    ask(replay, { ...at(`deliveries/${id}`, { delivery: id }), form: { stay: "no", ...form } });
  const tried = String(delivery?.triedAt?.getTime());
  await again({ tried });
  await again({ tried });
  expect(await receiver.received()).toHaveLength(2);
  await again({});
  await again({});
  expect(await receiver.received()).toHaveLength(4);
});

test("a replay of failed deliveries returns an error when nothing has failed", async () => {
  const { receiver, at, aFailure } = await aWebhook();
  const press = () => ask(replayAll, { ...at("replay"), form: { since: "2026-01-01" } });
  const none = await press();
  expect([none.status, none.body]).toEqual([
    409,
    expect.objectContaining({ error: { "": [m.webhooks_replay_none()] } }),
  ]);
  await aFailure();
  expect((await press()).status).toBe(303);
  expect(await receiver.received()).toHaveLength(1);
  expect((await press()).status, "the delivery has arrived by now").toBe(409);
});

test("enabling or disabling a webhook twice writes one entry and keeps why it was disabled", async () => {
  const { team, at } = await aWebhook();
  const isOurs = eq(webhookEndpoint.organizationId, team.organization.id);
  const entries = async () => {
    const own = eq(auditEntry.organizationId, team.organization.id);
    return (await db.select().from(auditEntry).where(own).orderBy(auditEntry.sequence)).map(({ action }) => action);
  };
  for (const press of [disable, disable]) await ask(press, { ...at("disable"), form: {} });
  expect(await entries()).toEqual(["webhook.disabled"]);
  await db.update(webhookEndpoint).set({ disabledBecause: "gone" }).where(isOurs);
  await ask(disable, { ...at("disable"), form: {} });
  expect(await db.select().from(webhookEndpoint).where(isOurs)).toMatchObject([{ disabledBecause: "gone" }]);
  for (const press of [enable, enable]) await ask(press, { ...at("enable"), form: {} });
  expect(await entries()).toEqual(["webhook.disabled", "webhook.enabled"]);
});

test("a disabled webhook gets no test and no replay, and nothing is left to be sent once it is enabled", async () => {
  const { receiver, at, aFailure, deliveries } = await aWebhook();
  await aFailure();
  const [failed] = await deliveries();
  const id = failed?.id ?? "";
  await ask(disable, { ...at("disable"), form: {} });
  const answers = [
    await ask(sendTest, { ...at("test"), form: { once: "a showing of the page" } }),
    await ask(replay, { ...at(`deliveries/${id}`, { delivery: id }), form: { stay: "no" } }),
    await ask(replayAll, { ...at("replay"), form: { since: "2026-01-01" } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([409, 409, 409]);
  expect(await deliveries()).toMatchObject([{ id, status: "failed" }]);
  expect(await receiver.received()).toEqual([]);
});

test("creating, changing and removing a webhook each log its origin, its events and its access to addresses", async () => {
  const team = await aTeam(db);
  const { cookie } = team.owner;
  const at = (path: string) => ({ ...team.at(`webhooks/${path}`, { webhook: path.split("/")[0] ?? "" }), cookie });
  const first = { url: "https://hooks.example.com/a-secret?of=theirs", events: "member.left", seesAddresses: "yes" };
  const { webhook } = (await ask(make, { ...at("new"), form: first })).body as { webhook: string };
  const second = { url: "http://127.0.0.1:9/another", events: "member.joined" };
  await ask(edit, { ...at(`${webhook}/edit`), form: second });
  await ask(remove, { ...at(`${webhook}/remove`), form: {} });
  const isHere = eq(auditEntry.organizationId, team.organization.id);
  const { action, before, after } = auditEntry;
  const entries = await db.select({ action, before, after }).from(auditEntry).where(isHere);
  const made = { url: "https://hooks.example.com", events: ["member.left"], seesAddresses: true };
  const changed = { url: "http://127.0.0.1:9", events: ["member.joined"], seesAddresses: false };
  expect(Object.fromEntries(entries.map(({ action, ...facts }) => [action, facts]))).toEqual({
    "webhook.created": { before: null, after: made },
    "webhook.changed": { before: made, after: changed },
    "webhook.removed": { before: changed, after: null },
  });
});

test("webhook actions redirect back to the same page of deliveries, and a page too far to the last one", async () => {
  const { team, at, deliveries, aFailure } = await aWebhook();
  await ask(sendTest, { ...at("test"), form: {} });
  const [delivery] = await deliveries();
  const id = delivery?.id ?? "";
  await aFailure();
  const here = at("").url.slice(0, -1);
  const settings = { url: "http://127.0.0.1:9/another", events: "member.left" };
  for (const [to, asked, form] of [
    [replay, at(`deliveries/${id}`, { delivery: id }), {}],
    [replayAll, at("replay"), { since: "2026-01-01" }],
    [edit, at("edit"), settings],
    [disable, at("disable"), {}],
    [enable, at("enable"), {}],
  ] as const) {
    const { status, headers } = await ask(to, { ...asked, url: `${asked.url}?status=failed&page=2&since=x`, form });
    expect([status, headers.get("Location")], asked.url).toEqual([303, `${here}?status=failed&page=2`]);
  }
  const far = await ask(page, { ...at(""), url: `${here}?status=delivered&page=2`, cookie: team.owner.cookie });
  expect([far.status, far.headers.get("Location")]).toEqual([302, `${here}?status=delivered`]);
});

test("errors in the URL and in the events are reported together", async () => {
  const { team } = await aWebhook();
  const form = { url: "https://10.0.0.1/", description: "", once: "a showing of the page" };
  const answered = await ask(make, { ...team.at("webhooks/new"), cookie: team.owner.cookie, form });
  expect(answered).toMatchObject({
    status: 400,
    body: { error: { url: [expect.any(String)], events: [expect.any(String)] } },
  });
});
