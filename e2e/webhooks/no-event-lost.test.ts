import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test, vi } from "vitest";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { namedWrite } from "../../app/db/schema/repeats.ts";
import { webhookDelivery, webhookEndpoint } from "../../app/db/schema/webhooks.ts";
import { aKey, anOrganization, aPerson, aSession } from "../../app/test/builders.ts";
import { aReceiver } from "../../app/test/receivers.ts";
import { tokenFor } from "../../app/tokens.server.ts";
import { webhookEvents } from "../../app/webhooks/events.ts";
import { webhookSecret } from "../../app/webhooks/secrets.server.ts";
import { verifyChains } from "../../scripts/audit/chains.ts";
import { type KillableCopy, startKillableCopy } from "../killable-copy.ts";
import { signedCookie } from "../people.ts";

/** `npm run judge` makes a thousand changes. */
const CHANGES = Number(process.env.JUDGE_CHANGES ?? 60);
const LIMIT_MS = 600_000 + CHANGES * 2_000;

type Caller = { kind: "person" | "key"; rename: (name: string) => Promise<Response> };
type Tenant = Awaited<ReturnType<typeof aTenant>>;

/** An organization whose people and keys change its name, and a webhook with a receiver of its own. */
async function aTenant({ db, url, authSecret }: KillableCopy) {
  const people = await Promise.all([1, 2, 3].map(() => aPerson(db)));
  const { id, slug } = await anOrganization(db, { members: people.map((person) => ({ person, role: "owner" })) });
  const senders = await Promise.all(
    people.map(async (person) => {
      const { token } = await aSession(db, person);
      const headers = { Origin: url, Cookie: signedCookie(token, authSecret) };
      return (path: string, fields: Record<string, string> | [string, string][] = {}) =>
        fetch(`${url}/organizations/${slug}/${path}`, {
          ...{ method: "POST", headers, redirect: "manual" },
          body: new URLSearchParams(fields),
        });
    }),
  );
  const [send] = senders as [(typeof senders)[number]];
  const receiver = aReceiver();
  const events = webhookEvents.map((each): [string, string] => ["events", each]);
  await send("webhooks/new", [["url", receiver.url], ...events]);
  const [endpoint] = await db.select().from(webhookEndpoint).where(eq(webhookEndpoint.organizationId, id));
  if (endpoint === undefined) throw new Error("No webhook was made.");

  const keys = await Promise.all(
    [1, 2].map(() => aKey(db, { organizationId: id, permissions: ["organization:update"] })),
  );
  const callers: Caller[] = [
    ...senders.map((by) => ({ kind: "person" as const, rename: (name: string) => by("settings", { name }) })),
    ...keys.map(({ secret }) => ({
      kind: "key" as const,
      rename: (name: string) =>
        fetch(`${url}/api/v1/organizations/${slug}`, {
          method: "PATCH",
          headers: {
            Authorization: `Bearer ${secret}`,
            "Content-Type": "application/json",
            "Idempotency-Key": name.replaceAll(" ", "-"),
          },
          body: JSON.stringify({ name }),
        }),
    })),
  ];
  return { id, receiver, endpoint, send, callers };
}

/** Does as if a minute had passed: another request can repeat the write of a request that died. */
async function freeWrites({ db }: KillableCopy) {
  await db.update(namedWrite).set({ claimedAt: sql`min(${namedWrite.claimedAt}, ${Date.now() - 61_000})` });
}

/** Does as if two days had passed: all waiting deliveries are due, and no run that died still claims one. */
async function makeDue({ db }: KillableCopy) {
  await db
    .update(webhookDelivery)
    .set({ claimedUntil: sql`min(${webhookDelivery.claimedUntil}, 1)`, nextAttemptAt: new Date(0) })
    .where(eq(webhookDelivery.status, "waiting"));
}

test(`no event is lost or invented: ${CHANGES} changes, receivers that fail and hang, a killed database, two schedules at once`, {
  timeout: LIMIT_MS,
}, async () => {
  await using copy = await startKillableCopy({ more: { API_WRITES_PER_MINUTE: "100000" } });
  const { db, authSecret, runSchedule, killDatabase } = copy;
  const tenants = await Promise.all([1, 2, 3, 4].map(() => aTenant(copy)));
  const [sound, failing, hanging, stopped] = tenants as [Tenant, Tenant, Tenant, Tenant];
  const schedules = () => Promise.all([runSchedule(), runSchedule()]);

  // Only callers in the middle of a change meet the killed database; all others wait until it is back.
  let back: Promise<void> = Promise.resolve();
  const insist = async (send: () => Promise<Response>, status: number) => {
    for (;;) {
      await back;
      const answer = await send().catch(() => null);
      if (answer?.status === status) return;
      expect([null, 409, 503]).toContain(answer?.status ?? null);
      if (answer?.status === 409) await freeWrites(copy);
    }
  };
  const moments: [share: number, happens: () => Promise<unknown>][] = [
    [0.2, () => Promise.all([failing.receiver.answers(500), hanging.receiver.answers("hang")])],
    [0.4, () => (back = killDatabase())],
    [0.6, schedules],
    [0.7, () => Promise.all([failing, hanging].map(({ receiver }) => receiver.answers(204)))],
    [0.8, () => insist(() => stopped.send(`webhooks/${stopped.endpoint.id}/disable`), 303)],
  ];
  const happening: Promise<unknown>[] = [];
  let done = 0;
  const call = async ({ rename, kind }: Caller, name: string) => {
    // A request that an outage cut off is sent again: a key's change is made once, a person's may be made twice.
    await insist(() => rename(name), kind === "key" ? 204 : 303);
    done += 1;
    const [share = 1, happens] = moments[0] ?? [];
    if (happens === undefined || done < CHANGES * share) return;
    moments.shift();
    happening.push(happens());
  };
  const work = tenants.flatMap((tenant) =>
    tenant.callers.map((caller) => ({ ...caller, of: tenant.id, names: [] as string[] })),
  );
  for (let change = 0; change < CHANGES; change += 1) work[change % work.length]?.names.push(`Name ${randomUUID()}`);
  await Promise.all(
    work.map(async (caller) => {
      for (const name of caller.names) await call(caller, name);
    }),
  );
  expect(moments).toEqual([]);
  await Promise.all(happening);

  const isAllSent = async () => {
    await makeDue(copy);
    await schedules();
    return db.$count(webhookDelivery, eq(webhookDelivery.status, "waiting"));
  };
  await expect.poll(isAllSent, { timeout: LIMIT_MS, interval: 20 }).toBe(0);

  expect((await verifyChains(db)).flatMap(({ faults }) => faults)).toEqual([]);
  for (const { id, endpoint } of tenants) {
    const renamed = and(eq(auditEntry.organizationId, id), eq(auditEntry.action, "organization.renamed"));
    const entries = await db.select().from(auditEntry).where(renamed);
    const made = Map.groupBy(entries, ({ after }) => (after as { name: string }).name);
    for (const { kind, names } of work.filter((caller) => caller.of === id)) {
      const times = names.map((name) => made.get(name)?.length ?? 0);
      expect(times.filter((each) => (kind === "key" ? each !== 1 : each === 0))).toEqual([]);
    }
    if (endpoint === stopped.endpoint) continue;
    const told = and(eq(webhookDelivery.endpointId, endpoint.id), eq(webhookDelivery.event, "organization.renamed"));
    const deliveries = await db.select().from(webhookDelivery).where(told);
    expect(deliveries.map(({ entryId }) => entryId).sort()).toEqual(entries.map(({ id }) => id).sort());
    expect(deliveries.filter(({ status }) => status !== "delivered")).toEqual([]);
  }

  const calm = (await stopped.receiver.received()).length;
  await call(stopped.callers[0] as Caller, "Name after all");
  await schedules();
  expect((await stopped.receiver.received()).length, "after it was disabled").toBe(calm);

  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  for (const { receiver, endpoint } of tenants) {
    const verifier = new Webhook(webhookSecret((name) => tokenFor(authSecret, name), endpoint.secretName));
    const deliveries = await db.select().from(webhookDelivery).where(eq(webhookDelivery.endpointId, endpoint.id));
    const told = new Map(deliveries.map(({ id, entryId }) => [id, entryId]));
    const arrived = new Set<string>();
    for (const { headers, body, at, isTaken } of await receiver.received()) {
      vi.setSystemTime(at);
      const { id: entryId } = verifier.verify(body, headers) as { id: string };
      const id = headers["webhook-id"] ?? "";
      expect(told.get(id), "what arrives is a delivery of this webhook").toBe(entryId);
      if (isTaken) arrived.add(id);
    }
    expect(deliveries.filter(({ id, fault }) => !arrived.has(id) && fault !== "disabled")).toEqual([]);
  }
  // The killed database is the only fault that the Worker may log.
  const faults = copy.log().filter((line) => line.includes('"level":"error"') && !line.includes('"outage":"database"'));
  expect(faults).toEqual([]);
  expect(sound.endpoint.disabledAt).toBeNull();
});
