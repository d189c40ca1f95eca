import { env } from "cloudflare:test";
import { and, eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { action as makeWebhook } from "#app/routes/organizations/webhooks.new.ts";
import { action as rotateSecret } from "#app/routes/organizations/webhooks.rotate.ts";
import { action as sendTest } from "#app/routes/organizations/webhooks.send-test.ts";
import { testDatabase } from "#app/test/database.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import { type Answered, ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { tokenFor } from "#app/tokens.server.ts";
import { variablesOf } from "../../workers/environment.ts";
import { type SecretFor, webhookSecret } from "./secrets.server.ts";

const db = testDatabase();
const secretFor: SecretFor = (name) => tokenFor(variablesOf(env).AUTH_SECRET, name);

const secretIn = ({ body }: Answered) => (body as { secret?: string }).secret;
const statusesOf = (answers: Answered[]) => answers.map(({ status }) => status);

async function aWebhook() {
  const team = await aTeam(db);
  const receiver = aReceiver();
  const { id, secretName } = await anEndpoint(db, { organizationId: team.organization.id, url: receiver.url });
  const press = (
    action: typeof sendTest,
    path: string,
    { as = team.owner, once }: { as?: typeof team.owner; once?: string },
  ) =>
    ask(action, {
      ...team.at(`webhooks/${id}/${path}`, { webhook: id }),
      cookie: as.cookie,
      form: once ? { once } : {},
    });
  return {
    team,
    first: webhookSecret(secretFor, secretName),
    rotate: (by: Parameters<typeof press>[2] = {}) => press(rotateSecret, "rotate", by),
    /** Which of the secrets sign the events that are sent now. */
    signers: async (secrets: (string | undefined)[]) => {
      await press(sendTest, "test", {});
      const sent = (await receiver.received()).at(-1);
      return secrets.map((secret = "") => {
        try {
          return new Webhook(secret).verify(sent?.body ?? "", sent?.headers ?? {}) !== null;
        } catch {
          return false;
        }
      });
    },
    aDayLater: () =>
      db
        .update(webhookEndpoint)
        .set({ formerSecretUntil: new Date(Date.now() - 1) })
        .where(eq(webhookEndpoint.id, id)),
    endpoint: async () => (await db.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id)))[0],
    rotations: () => {
      const isHere = eq(auditEntry.organizationId, team.organization.id);
      return db.$count(auditEntry, and(isHere, eq(auditEntry.action, "webhook.secret-rotated")));
    },
  };
}

test("a renewal form that is sent again shows the same secret, and the old secret still signs too", async () => {
  const { first, rotate, signers, rotations } = await aWebhook();
  const once = crypto.randomUUID();
  const answers = await Promise.all(Array.from({ length: 4 }, () => rotate({ once })));
  answers.push(await rotate({ once }));
  expect(statusesOf(answers)).toEqual([200, 200, 200, 200, 200]);
  const [second, ...more] = new Set(answers.map(secretIn));
  expect(more).toEqual([]);
  expect([await signers([first, second]), await rotations()]).toEqual([[true, true], 1]);
});

test("the old secret signs for exactly a day after a renewal", async () => {
  const { rotate, endpoint } = await aWebhook();
  const before = await endpoint();
  const began = Date.now();
  expect((await rotate()).status).toBe(200);
  const after = await endpoint();
  expect(after?.formerSecretName).toBe(before?.secretName);
  const renewedAt = (after?.formerSecretUntil?.getTime() ?? 0) - DAY_MS;
  expect(renewedAt).toBeGreaterThanOrEqual(began);
  expect(renewedAt).toBeLessThanOrEqual(Date.now());
});

test("a secret cannot be renewed again while the old one still signs, by anyone or in parallel", async () => {
  const { team, first, rotate, signers, aDayLater, rotations } = await aWebhook();
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => rotate({ as: index % 2 ? team.admin : team.owner })),
  );
  expect(statusesOf(answers).sort()).toEqual([200, ...Array(7).fill(409)]);
  const second = answers.map(secretIn).find((secret) => secret !== undefined);
  const refused = await rotate();
  expect([refused.status, refused.body]).toEqual([
    409,
    expect.objectContaining({ error: { "": [expect.stringContaining("less than 24 hours ago")] } }),
  ]);
  expect([await signers([first, second]), await rotations()]).toEqual([[true, true], 1]);
  await aDayLater();
  const third = secretIn(await rotate());
  expect([await signers([first, second, third]), await rotations()]).toEqual([[false, true, true], 2]);
});

test("an old renewal form that is sent again neither renews the secret nor shows a replaced one", async () => {
  const { rotate, signers, aDayLater, rotations } = await aWebhook();
  const once = crypto.randomUUID();
  const second = secretIn(await rotate({ once }));
  await aDayLater();
  expect([secretIn(await rotate({ once })), await rotations()]).toEqual([second, 1]);
  const third = secretIn(await rotate());
  await aDayLater();
  const again = await rotate({ once });
  expect([again.status, secretIn(again), await rotations()]).toEqual([409, undefined, 2]);
  expect(await signers([second, third])).toEqual([false, true]);
});

test("a creation form sent again shows the webhook's secret until it is renewed, and never the new one", async () => {
  const team = await aTeam(db);
  const wish = { url: "https://hooks.example.com/x", events: "member.joined", once: crypto.randomUUID() };
  const make = (form: Record<string, string> = wish) =>
    ask(makeWebhook, { ...team.at("webhooks/new"), cookie: team.admin.cookie, form });
  const answers = await Promise.all([make(), make(), make()]);
  expect([statusesOf(answers), new Set(answers.map(secretIn)).size]).toEqual([[200, 200, 200], 1]);
  const { webhook } = answers[0]?.body as { webhook: string };
  const changed = await make({ ...wish, events: "member.left" });
  expect([changed.status, secretIn(changed) === secretIn(answers[0] as Answered)], "the form has other values").toEqual(
    [200, false],
  );
  const at = team.at(`webhooks/${webhook}/rotate`, { webhook });
  expect((await ask(rotateSecret, { ...at, cookie: team.owner.cookie, form: {} })).status).toBe(200);
  const again = await make();
  expect([again.status, secretIn(again)]).toEqual([409, undefined]);
  const isHere = eq(webhookEndpoint.organizationId, team.organization.id);
  expect(await db.$count(webhookEndpoint, isHere)).toBe(2);
});
