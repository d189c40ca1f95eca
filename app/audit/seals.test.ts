import { env } from "cloudflare:test";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditChain, auditEntry } from "#app/db/schema/audit.ts";
import { action as accept } from "#app/routes/invitations/accept.tsx";
import { loader as exported } from "#app/routes/organizations/audit.export.ts";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { anInvitation, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf, visit } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { runSchedule } from "../../workers/schedule.ts";
import { CHAIN_ENDS_PREFIX } from "./chain-ends.server.ts";
import { sealEntriesSince } from "./seals.server.ts";

const db = testDatabase();

const SEAL = /^[\da-f]{64}$/;

const linksOf = async (column: typeof auditEntry.organizationId | typeof auditEntry.actorId, id: string) =>
  (await db.select({ hash: auditEntry.hash }).from(auditEntry).where(eq(column, id)).orderBy(auditEntry.sequence)).map(
    ({ hash }) => hash,
  );

test("an entry is sealed after the response to its request, which waits for no further trip", async () => {
  const team = await aTeam(db);
  const form = { role: "admin" };
  const at = team.at(`members/${team.plain.member}/role`, { member: team.plain.member });
  const answered = await ask(changeRole, { ...at, cookie: team.owner.cookie, form });
  expect([answered.status, answered.services.trace.trips]).toEqual([303, 2]);
  expect(await linksOf(auditEntry.organizationId, team.organization.id)).toEqual([expect.stringMatching(SEAL)]);
});

test("an entry is sealed as well when the request was made outside its organization", async () => {
  const team = await aTeam(db);
  const newcomer = await aPerson(db);
  const { token } = await anInvitation(db, { organization: team.organization, email: newcomer.email });
  const cookie = await cookiesOf(await aSession(db, newcomer));
  const answered = await ask(accept, { url: `/accept-invite?id=${token}`, cookie, form: { id: token } });
  expect(answered.status).toBe(303);
  expect(await linksOf(auditEntry.organizationId, team.organization.id)).toEqual([expect.stringMatching(SEAL)]);
});

test("the entry of a sign-in, which a trigger writes, is sealed", async () => {
  const person = await aPerson(db);
  const { services, settle } = await visit({ url: "/login" });
  const proof = { method: "link", factors: 1, holds: sql`true` } as const;
  expect(await services.signIns().open(person.id, proof)).toBe(true);
  await settle();
  expect(await linksOf(auditEntry.actorId, person.id)).toEqual([expect.stringMatching(SEAL)]);
});

test("the CSV has the seal of each entry", async () => {
  const team = await aTeam(db);
  const at = team.at(`members/${team.plain.member}/role`, { member: team.plain.member });
  await ask(changeRole, { ...at, cookie: team.owner.cookie, form: { role: "admin" } });
  const { body } = await ask(exported, { ...team.at("audit/export"), cookie: team.owner.cookie });
  const [, line = ""] = (await (body as Response).text()).split("\r\n");
  const [hash] = await linksOf(auditEntry.organizationId, team.organization.id);
  expect(line.endsWith(`,1,${hash}`)).toBe(true);
});

// Tests share the database, and each has its own bucket. Another test's schedule can run first, so these poll.
test("the schedule seals entries that no request has sealed", async () => {
  const person = await aPerson(db);
  await aSession(db, person);
  await aSession(db, person);
  expect(await linksOf(auditEntry.actorId, person.id)).toEqual([null, null]);
  await expect
    .poll(async () => {
      await runSchedule(env);
      return linksOf(auditEntry.actorId, person.id);
    })
    .toEqual([expect.stringMatching(SEAL), expect.stringMatching(SEAL)]);
});

test("the schedule copies the ends of chains to the storage, under the day", async () => {
  const person = await aPerson(db);
  const prefix = `${CHAIN_ENDS_PREFIX}/${new Date().toISOString().slice(0, 10)}/`;
  const copies = async () => {
    const { objects } = await env.FILES.list({ prefix });
    return Promise.all(objects.map(async ({ key }) => (await env.FILES.get(key))?.text()));
  };
  await expect
    .poll(async () => {
      const since = new Date();
      await aSession(db, person, { createdAt: since });
      await sealEntriesSince(db, since);
      await env.FILES.delete((await env.FILES.list({ prefix })).objects.map(({ key }) => key));
      await runSchedule(env);
      const [end] = await db.select().from(auditChain).where(eq(auditChain.id, person.id));
      const copy = JSON.stringify({ chain: person.id, place: end?.sealed, hash: end?.hash });
      return (await copies()).join().includes(copy);
    })
    .toBe(true);
});
