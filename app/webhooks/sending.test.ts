import { eq, sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { removedOrganization } from "#app/db/schema/organizations.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { action as renameOrganization } from "#app/routes/organizations/settings.tsx";
import { action as deleteAccount } from "#app/routes/settings/delete.ts";
import { anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { deliveriesOf, run, secretFor, waiting } from "#app/test/deliveries.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { webhookSecret } from "./secrets.server.ts";

const db = testDatabase();

const roleForm = (role: string) => ({ role });

test("a change tells the endpoints that asked for it, right after the answer, and costs no further trip", async () => {
  const team = await aTeam(db);
  const organizationId = team.organization.id;
  const [told, other, off, foreign] = [aReceiver(), aReceiver(), aReceiver(), aReceiver()];
  const endpoint = await anEndpoint(db, { organizationId, url: told.url });
  const silent = [
    await anEndpoint(db, { organizationId, url: other.url, events: ["image.renamed"] }),
    await anEndpoint(db, { organizationId, url: off.url, disabledAt: new Date(), disabledBecause: "person" }),
    await anEndpoint(db, { organizationId: (await anOrganization(db)).id, url: foreign.url }),
  ];
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
  // Also nothing that would be sent once an endpoint is turned on again.
  for (const { id } of silent) expect(await deliveriesOf(id)).toEqual([]);
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
