import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { action as edit } from "#app/routes/organizations/webhooks.edit.ts";
import { action as make } from "#app/routes/organizations/webhooks.new.ts";
import { testDatabase } from "#app/test/database.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { SHUT } from "#app/test/shut-addresses.ts";
import { aTeam } from "#app/test/team.ts";
import { tokenFor } from "#app/tokens.server.ts";
import { variablesOf } from "../../workers/environment.ts";
import { receiverRulesOf } from "../../workers/events.ts";
import { sendDueEvents } from "./sending.server.ts";

const db = testDatabase();

/** Outside development, the variable that allows a receiver on this machine has no effect. */
const variables = {
  ...{ APP_ENV: "production", WEBHOOKS_ALLOW_LOOPBACK: "yes", APP_URL: "https://app.house.example.com" },
  S3_ENDPOINT: "https://house.turso.io",
};
const rules = receiverRulesOf({ ...variablesOf(env), ...variables, APP_ENV: "production" });

test("the own origins are the site, its database and its store; loopback is open only in development", () => {
  const more = { DATABASE_URL: "libsql://rows.house.example.org", APP_URL: "https://app.house.example.com" };
  const open = receiverRulesOf({ ...variablesOf(env), ...variables, ...more, APP_ENV: "development" });
  expect(open).toEqual({
    ownOrigins: ["https://app.house.example.com", "https://rows.house.example.org", "https://house.turso.io"],
    allowsLoopback: true,
  });
  expect(rules.allowsLoopback).toBe(false);
  const unsaid = { ...variablesOf(env), WEBHOOKS_ALLOW_LOOPBACK: "no", APP_ENV: "development" as const };
  expect(receiverRulesOf(unsaid).allowsLoopback).toBe(false);
});

test("an address that must not be reached is refused when a webhook is made and when it is changed, and nothing is saved", async () => {
  const saved: string[] = [];
  const foreign = SHUT.filter((url) => !/app\.house/i.test(url));
  for (let from = 0; from < foreign.length; from += 40) {
    const team = await aTeam(db);
    const { cookie } = team.owner;
    const sound = await anEndpoint(db, { organizationId: team.organization.id, url: "https://hooks.example.org/" });
    for (const url of foreign.slice(from, from + 40)) {
      const form = { url, events: "member.removed" };
      // With an https origin the cookies would have other names. `receiver-url.test.ts` tests our own host.
      const rest = { cookie, form, variables: { ...variables, APP_URL: "http://localhost:5173" } };
      const made = await ask(make, { ...team.at("webhooks/new"), ...rest });
      const edited = await ask(edit, { ...team.at(`webhooks/${sound.id}/edit`, { webhook: sound.id }), ...rest });
      for (const { status, body } of [made, edited]) {
        if (status !== 400 || !("url" in Object(Object(body).error))) saved.push(`${status} ${url}`);
      }
    }
    const standing = await db
      .select({ url: webhookEndpoint.url })
      .from(webhookEndpoint)
      .where(eq(webhookEndpoint.organizationId, team.organization.id));
    expect(standing).toEqual([{ url: sound.url }]);
  }
  expect(saved).toEqual([]);
});

test("an address that must not be reached gets no request even if it is in the database", async () => {
  const team = await aTeam(db);
  const organizationId = team.organization.id;
  const at = new Date(Date.now() + 400 * 365 * DAY_MS);
  const kept = SHUT.filter((url) => url.length >= 8);
  const here = aReceiver();
  for (const url of [...kept, here.url]) {
    const endpoint = await anEndpoint(db, { organizationId, url });
    await db.insert(webhookDelivery).values({
      ...{ id: `msg_${crypto.randomUUID()}`, organizationId, endpointId: endpoint.id, event: "webhook.test" },
      nextAttemptAt: at,
    });
  }
  const secretFor = (name: Parameters<typeof tokenFor>[1]) => tokenFor(variablesOf(env).AUTH_SECRET, name);
  await sendDueEvents({ db, secretFor, rules, gone: async () => {}, forMs: 60_000, limit: 1_000, clock: () => at });
  const ended = await db
    .select({ url: webhookEndpoint.url, fault: webhookDelivery.fault, status: webhookDelivery.answerStatus })
    .from(webhookDelivery)
    .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
    .where(eq(webhookDelivery.organizationId, organizationId));
  expect(ended).toHaveLength(kept.length + 1);
  expect(ended.filter(({ fault, status }) => fault !== "address" || status !== null)).toEqual([]);
  expect(await here.received()).toEqual([]);
});

test("no redirect is followed, of any kind and wherever it leads", async () => {
  const team = await aTeam(db);
  const organizationId = team.organization.id;
  const secretFor = (name: Parameters<typeof tokenFor>[1]) => tokenFor(variablesOf(env).AUTH_SECRET, name);
  const at = new Date(Date.now() + 410 * 365 * DAY_MS);
  const inside = aReceiver();
  const targets = [
    inside.url,
    inside.url.replace("127.0.0.1", "localhost"),
    "http://169.254.169.254/latest/meta-data/",
  ];
  const kinds = [301, 302, 303, 307, 308].flatMap((status) => targets.map((Location) => ({ status, Location })));
  for (const { status, Location } of kinds) {
    const receiver = aReceiver();
    await receiver.answers(status, { Location });
    const endpoint = await anEndpoint(db, { organizationId, url: receiver.url });
    await db.insert(webhookDelivery).values({
      ...{ id: `msg_${crypto.randomUUID()}`, organizationId, endpointId: endpoint.id, event: "webhook.test" },
      nextAttemptAt: at,
    });
  }
  const reachable = { ownOrigins: [], allowsLoopback: true };
  await sendDueEvents({
    db,
    secretFor,
    rules: reachable,
    gone: async () => {},
    forMs: 60_000,
    limit: 1_000,
    clock: () => at,
  });
  const ended = await db
    .select({ status: webhookDelivery.answerStatus })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.organizationId, organizationId));
  expect(ended.map(({ status }) => status).sort()).toEqual(kinds.map(({ status }) => status).sort());
  expect(await inside.received()).toEqual([]);
  expect(await (await fetch(`${inject("receiverUrl")}/elsewhere`)).json()).toMatchObject({ received: [] });
});
