import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { member } from "#app/db/schema/organizations.ts";
import { webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { loader as entryPage } from "#app/routes/organizations/audit.entry.tsx";
import { loader as exported } from "#app/routes/organizations/audit.export.ts";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { testDatabase } from "#app/test/database.ts";
import { furnish } from "#app/test/furnish.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import type { EntryDetails } from "./entry.server.ts";
import { ENTRIES_PER_CHUNK, USER_AGENT_KEPT } from "./limits.ts";

const db = testDatabase();

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0";

type Team = Awaited<ReturnType<typeof aTeam>>;

async function detailsOf(team: Team, entry: string, cookie = team.owner.cookie) {
  const answered = await ask(entryPage, { ...team.at(`audit/${entry}`, { entry }), cookie });
  return { ...answered, entry: answered.body as EntryDetails };
}

async function aChangedRole(team: Team, userAgent = FIREFOX) {
  const headers = { "User-Agent": userAgent, "CF-Connecting-IP": "203.0.113.7" };
  const at = team.at(`members/${team.plain.member}/role`, { member: team.plain.member });
  const { services } = await ask(changeRole, { ...at, cookie: team.owner.cookie, form: { role: "admin" }, headers });
  const [made] = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, team.organization.id));
  return { id: made?.id ?? "", requestId: services.trace.requestId };
}

test("an entry tells who, what, from where and in which request, in one trip", async () => {
  const team = await aTeam(db);
  const { id, requestId } = await aChangedRole(team);
  const { entry, services } = await detailsOf(team, id);
  expect(services.trace.trips).toBe(1);
  expect(entry).toMatchObject({
    actor: { id: team.owner.person.id, name: team.owner.person.name },
    ...{ action: "member.role-changed", before: { role: "member" }, after: { role: "admin" } },
    ...{ device: "Firefox on Linux", userAgent: FIREFOX, ipAddress: "203.0.113.7", requestId },
    ...{ place: 1, entries: 1, seal: expect.stringMatching(/^[\da-f]{64}$/) },
    thing: team.at(`members/${team.plain.member}`).url,
  });
});

test("an entry keeps the start of a long user agent, even if the cut is inside a character", async () => {
  const team = await aTeam(db);
  const { id } = await aChangedRole(team, `${"x".repeat(USER_AGENT_KEPT - 1)}😀`);
  const { entry } = await detailsOf(team, id);
  expect(entry.userAgent).toBe(`${"x".repeat(USER_AGENT_KEPT - 1)}\ufffd`);
});

test("an entry links to its target while that exists, and never to a target outside the organization", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const things = await furnish(db, { organizationId: team.organization.id, userId: team.owner.person.id });
  const theirs = await furnish(db, { organizationId: other.organization.id, userId: other.owner.person.id });
  const linkOf = async (targetId: string | null | undefined) => {
    const id = crypto.randomUUID();
    const { id: organizationId } = team.organization;
    await db.insert(auditEntry).values({ id, organizationId, actorId: "a", action: "webhook.changed", targetId });
    return (await detailsOf(team, id)).entry.thing;
  };
  expect(await linkOf(things.webhook)).toBe(team.at(`webhooks/${things.webhook}`).url);
  for (const target of [theirs.webhook, other.plain.person.id, crypto.randomUUID(), null])
    expect(await linkOf(target)).toBeNull();
  await db.delete(webhookEndpoint).where(eq(webhookEndpoint.id, things.webhook ?? ""));
  expect(await linkOf(things.webhook)).toBeNull();
  await db.delete(member).where(eq(member.id, team.plain.member));
  expect(await linkOf(team.plain.person.id)).toBeNull();
});

test("an entry of another organization, or of a person's own log, is not found", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const { id } = await aChangedRole(other);
  expect((await detailsOf(team, id)).status).toBe(404);
  const [own] = await db.select().from(auditEntry).where(eq(auditEntry.actorId, team.owner.person.id)).limit(1);
  expect(own?.organizationId).toBeNull();
  expect((await detailsOf(team, own?.id ?? "")).status).toBe(404);
  expect((await detailsOf(team, "none")).status).toBe(404);
  expect((await detailsOf(other, id, other.admin.cookie)).status).toBe(403);
});

test("the JSON export is one array of the entries that match the filter, in the format of the API", async () => {
  const team = await aTeam(db);
  const { id } = team.organization;
  const rows = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ENTRIES_PER_CHUNK * 2})
    insert into audit_entry (id, organization_id, actor_id, action, target_name, created_at)
    select lower(hex(randomblob(16))), '${id}', 'somebody', 'invitation.created', 'Größe "' || i || '"', i / 7 from n`;
  await db.run(rows);
  await db.insert(auditEntry).values({ id: "x", organizationId: id, actorId: "a", action: "invitation.revoked" });
  const read = async (search: string) => {
    const at = team.at("audit/export");
    const { headers, body } = await ask(exported, { ...at, url: `${at.url}?${search}`, cookie: team.owner.cookie });
    return { headers, entries: body as { action: string }[] };
  };
  const { headers, entries } = await read("format=json");
  expect(headers.get("Content-Disposition")).toMatch(/^attachment; filename="example-.*-audit-\d{4}-\d\d-\d\d\.json"$/);
  expect(entries).toHaveLength(ENTRIES_PER_CHUNK * 2 + 1);
  const { entries: few } = await read("format=json&action=invitation.revoked");
  expect(few).toEqual([
    expect.objectContaining({ id: "x", action: "invitation.revoked", sequence: expect.any(Number) }),
  ]);
  expect((await read("format=json&to=1960-01-01")).entries).toEqual([]);
  const { status } = await ask(exported, {
    ...team.at("audit/export"),
    url: `${team.at("audit/export").url}?format=xml`,
    cookie: team.owner.cookie,
  });
  expect(status).toBe(400);
});
