import { env } from "cloudflare:test";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { AuditAction } from "#app/audit/actions.ts";
import { activity, auditEntry } from "#app/db/schema/audit.ts";
import { type invitation, member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { dayAfter, dayAt, startOfDay } from "#app/i18n/days.server.ts";
import { TIME_ZONE_COOKIE } from "#app/i18n/time-zone.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { memberFigures } from "#app/organizations/figures.server.ts";
import { ACTIVE_COUNTED } from "#app/organizations/limits.ts";
import { dataOf } from "#app/query-client.ts";
import { loader as data } from "#app/routes/api/v1.ts";
import { loader as page } from "#app/routes/organizations/dashboard.tsx";
import {
  aKey,
  anInvitation,
  anOrganization,
  aPerson,
  aSession,
  type Organization,
  type Person,
} from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aScope } from "#app/test/plans.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { listen } from "#app/test/sent.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { runSchedule } from "../../workers/schedule.ts";
import type { DashboardPage } from "./figures.server.ts";
import { figuresOf } from "./shown.server.ts";

const db = testDatabase();
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

async function dashboardOf(organization: Organization, person: Person, { cookie = "", search = "" } = {}) {
  const answered = await ask(data, {
    url: `/api/v1/pages/organizations/${organization.slug}/dashboard${search}`,
    params: { organization: organization.slug },
    cookie: `${await cookiesOf(await aSession(db, person))}; ${cookie}`,
  });
  return { ...answered, page: answered.body as DashboardPage };
}

async function addEntries(organization: Organization, actor: Person, moments: Date[]) {
  for (const [index, createdAt] of moments.entries()) {
    await db.insert(auditEntry).values({
      id: crypto.randomUUID(),
      organizationId: organization.id,
      actorId: actor.id,
      action: "organization.renamed",
      targetName: `Picture ${index}`,
      createdAt,
    });
  }
}

async function addInvitations(organization: Organization, values: Partial<typeof invitation.$inferInsert>[]) {
  const { id: inviterKeyId } = await aKey(db, { organizationId: organization.id, permissions: ["invitation:create"] });
  const held = { organization, inviterId: null, inviterKeyId, expiresAt: daysAgo(-1) };
  for (const each of values) await anInvitation(db, { ...held, ...each });
}

async function aLivelyOrganization() {
  const ada = await aPerson(db, { name: "Ada Active" });
  const [ben, cyd] = [await aPerson(db), await aPerson(db)];
  const organization = await anOrganization(db, { members: [{ person: ada, role: "member" }] });
  for (const [person, lastActiveAt] of [
    [ben, daysAgo(29)],
    [cyd, daysAgo(31)],
  ] as const) {
    const id = crypto.randomUUID();
    await db
      .insert(member)
      .values({ id, organizationId: organization.id, userId: person.id, role: "member", lastActiveAt });
  }
  await addInvitations(organization, [
    {},
    { inviterKeyId: null },
    ...[{ expiresAt: daysAgo(1) }, { status: "accepted" as const }, { status: "revoked" as const }],
  ]);
  await addEntries(organization, ada, [daysAgo(40), daysAgo(29), daysAgo(3), daysAgo(3), daysAgo(0)]);
  return { ada, ben, organization };
}

test("the figures match the rows and are read in one trip", async () => {
  const { ada, organization } = await aLivelyOrganization();
  const { status, page, services } = await dashboardOf(organization, ada);
  expect(status).toBe(200);
  expect(page.figures).toMatchObject({ members: 3, activeMembers: 1, invitations: 1 });
  expect(services.trace.trips).toBe(1);
  // The visit that was just made counts from now on.
  expect((await dashboardOf(organization, ada)).page.figures.activeMembers).toBe(2);
});

test("members who were active are counted to ten thousand and one, and no further", async () => {
  const ada = await aPerson(db);
  const organization = await anOrganization(db, { members: [{ person: ada, role: "owner" }] });
  const others = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ACTIVE_COUNTED + 5})`;
  const other = sql`${`${organization.id}-`} || i`;
  await db.run(sql`
    insert into user (id, name, email, email_verified) ${others} select ${other}, 'Person', ${other} || '@person.test', 1 from n`);
  await db.run(sql`
    insert into member (id, organization_id, user_id, role, last_active_at)
    ${others} select ${other}, ${organization.id}, ${other}, 'member', ${Date.now()} from n`);
  const { figures } = (await dashboardOf(organization, ada)).page;
  expect(figures).toMatchObject({ members: ACTIVE_COUNTED + 6, activeMembers: ACTIVE_COUNTED + 1 });
});

test("the plot has thirty days, oldest first, in UTC while no time zone is known, with zeros on quiet days", async () => {
  const { ada, organization } = await aLivelyOrganization();
  const { page } = await dashboardOf(organization, ada);
  expect(page.days).toHaveLength(30);
  expect(page.days[0]).toEqual({ day: daysAgo(29).toISOString().slice(0, 10), count: 1 });
  expect(page.days[26]).toMatchObject({ count: 2 });
  expect(page.days[29]).toEqual({ day: new Date().toISOString().slice(0, 10), count: 1 });
  expect(page.days.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect(page.plot.bars.match(/M/g), "each day with activity has a bar").toHaveLength(3);
  expect(page.plot.ticks.map(({ value }) => value)).toEqual([0, 1, 2, 3]);
  const heights = page.plot.ticks.map(({ y }) => y);
  const steps = heights.slice(1).map((y, index) => Math.round((heights[index] ?? 0) - y));
  expect(new Set(steps).size, "the labels have equal distances").toBe(1);
});

test("the plot's days begin at midnight in the reader's time zone, even with a quarter-hour offset", async () => {
  const ada = await aPerson(db);
  const organization = await anOrganization(db, { members: [{ person: ada, role: "owner" }] });
  const zone = "Asia/Kathmandu";
  const days = Array.from({ length: 30 }, (_, index) => dayAfter(dayAt(Date.now(), zone), index - 29));
  const midnight = startOfDay(days[20] ?? "", zone);
  await addEntries(organization, ada, [new Date(midnight - 1), new Date(midnight), new Date(midnight + 1)]);
  const inZone = await dashboardOf(organization, ada, { cookie: `${TIME_ZONE_COOKIE}=${zone}` });
  expect(inZone.page.days.map(({ day }) => day)).toEqual(days);
  expect(inZone.page.days.slice(18, 22).map(({ count }) => count)).toEqual([0, 1, 2, 0]);
  await db.update(user).set({ timeZone: "Pacific/Kiritimati" }).where(eq(user.id, ada.id));
  const chosen = await dashboardOf(organization, ada, { cookie: `${TIME_ZONE_COOKIE}=${zone}` });
  expect(chosen.page.days[29]?.day, "the chosen time zone wins").toBe(dayAt(Date.now(), "Pacific/Kiritimati"));
});

test("a program gets days in UTC, whatever the time zone of the person and the browser", async () => {
  const ada = await aPerson(db);
  const organization = await anOrganization(db, { members: [{ person: ada, role: "member" }] });
  await db.update(user).set({ timeZone: "Pacific/Kiritimati" }).where(eq(user.id, ada.id));
  const url = `/api/v1/organizations/${organization.slug}/dashboard`;
  const cookie = `${await cookiesOf(await aSession(db, ada))}; ${TIME_ZONE_COOKIE}=Pacific/Kiritimati`;
  const midnight = startOfDay(dayAt(Date.now(), "UTC"), "UTC");
  await addEntries(organization, ada, [new Date(midnight - 1), new Date(midnight)]);
  const { body } = await ask(data, { url, cookie });
  const { activity: days } = body as { activity: { day: string; count: number }[] };
  const today = new Date(midnight).toISOString().slice(0, 10);
  expect(days.slice(-2)).toEqual([
    { day: dayAfter(today, -1), count: 1 },
    { day: today, count: 1 },
  ]);
});

test("the plot has seven, thirty or ninety days, and no other number", async () => {
  const { ada, organization } = await aLivelyOrganization();
  for (const [search, length, total] of [
    ["?days=7", 7, 3],
    ["", 30, 4],
    ["?days=90", 90, 5],
  ] as const) {
    const { page, services } = await dashboardOf(organization, ada, { search });
    expect([page.days.length, page.days.reduce((sum, { count }) => sum + count, 0)]).toEqual([length, total]);
    expect(services.trace.trips).toBe(1);
  }
  for (const search of ["?days=8", "?days=all", "?days=-7"]) {
    expect((await dashboardOf(organization, ada, { search })).status, search).toBe(400);
  }
});

test("a tile shows how many members joined in the last thirty days and in the thirty days before", async () => {
  const ada = await aPerson(db);
  const [organization, other] = [await anOrganization(db), await anOrganization(db)];
  await db
    .insert(member)
    .values({ id: crypto.randomUUID(), organizationId: organization.id, userId: ada.id, role: "owner" });
  for (const [days, where] of [
    [1, organization],
    [29, organization],
    [31, organization],
    [61, organization],
    [1, other],
  ] as const) {
    const values = { id: crypto.randomUUID(), organizationId: where.id, createdAt: daysAgo(days) };
    await db.insert(auditEntry).values({ ...values, actorId: ada.id, action: "member.joined" });
  }
  const { page } = await dashboardOf(organization, ada);
  expect(page.figures).toMatchObject({ joined: 2, joinedBefore: 1 });
});

test("recent activity shows the last eight entries with their actors, even when an actor is gone", async () => {
  const { ada, organization } = await aLivelyOrganization();
  await addEntries(
    organization,
    { ...ada, id: "gone" },
    Array.from({ length: 6 }, (_, index) => daysAgo(2 - index / 10)),
  );
  const { page } = await dashboardOf(organization, ada);
  expect(page.entries).toHaveLength(8);
  expect(page.entries[0]).toMatchObject({
    actor: { name: "Ada Active" },
    action: "organization.renamed",
    targetName: "Picture 4",
  });
  expect(page.entries.slice(1, 7).map(({ actor }) => actor.name)).toEqual(Array(6).fill(null));
  const moments = page.entries.map(({ at }) => at);
  expect(moments).toEqual([...moments].sort((a, b) => b - a));
});

test("counting open invitations reads only a few rows for each, even beside many revoked ones", async () => {
  const team = await aTeam(db);
  const open = 100;
  for (let at = 0; at < 5 * open; at += 1) {
    const email = at < open ? (await aPerson(db)).email : `${crypto.randomUUID()}@person.test`;
    await anInvitation(db, { organization: team.organization, email, status: at < open ? "pending" : "revoked" });
  }
  using sent = listen();
  const { page } = await dashboardOf(team.organization, team.plain.person);
  expect(page.figures).toMatchObject({ invitations: open });
  const figure = sent.statements.find(({ sql }) => sql.includes('"invitation"') && sql.includes("member_count"));
  expect(figure?.rowsRead).toBeLessThan(5 * open);
});

test("two domains with a figure of one name are an error that names it, so that neither shows the other's number", () => {
  const scope = aScope(db) as unknown as Scope<"dashboard:read">;
  const another = () => ({ joined: sql<number>`7` });
  expect(() => figuresOf(scope, [memberFigures, another])).toThrow("Two domains have a figure “joined”.");
  expect(() => figuresOf(scope, [memberFigures])).not.toThrow();
});

test("a fresh organization has a dashboard of zeros", async () => {
  const ada = await aPerson(db);
  const organization = await anOrganization(db, { members: [{ person: ada, role: "owner" }] });
  const { page } = await dashboardOf(organization, ada);
  expect(page.figures).toMatchObject({ members: 1, invitations: 0 });
  expect(page.entries).toEqual([]);
  expect(page.days.every(({ count }) => count === 0)).toBe(true);
  expect(page.plot.bars).toBe("");
});

test("two tenants with the same rows: neither dashboard counts anything of the other", async () => {
  const [one, other] = [await aLivelyOrganization(), await aLivelyOrganization()];
  await addEntries(other.organization, other.ada, [daysAgo(1)]);
  await addInvitations(other.organization, [{}]);
  const { page } = await dashboardOf(one.organization, one.ada);
  expect(page.figures).toMatchObject({ members: 3, invitations: 1 });
  expect(page.days.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect(page.entries).toHaveLength(5);
  const { page: theirs } = await dashboardOf(other.organization, other.ada);
  expect(theirs.figures).toMatchObject({ members: 3, invitations: 2 });
  expect(theirs.days.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  expect(theirs.entries).toHaveLength(6);
  const stranger = await dashboardOf(one.organization, other.ada);
  expect([stranger.status, stranger.body]).toEqual([404, expect.objectContaining({ error: "not-found" })]);
});

test("the page carries the same data under the key its query asks for", async () => {
  const { ada, organization } = await aLivelyOrganization();
  const { body } = await ask(page, {
    url: `/organizations/${organization.slug}/dashboard`,
    params: { organization: organization.slug },
    cookie: await cookiesOf(await aSession(db, ada)),
  });
  const { query } = body as Awaited<ReturnType<typeof page>>;
  expect(query.key).toEqual([organization.slug, "dashboard", ""]);
  const found = dataOf(query);
  expect(found).toMatchObject({ figures: { invitations: 1 } });
  expect(found).toEqual(JSON.parse(JSON.stringify(found)));
});

test("recent activity shows entries about invitations, roles and removals only to those who may see them", async () => {
  const team = await aTeam(db);
  const entries: AuditAction[] = ["invitation.created", "member.role-changed", "member.removed", "member.joined"];
  for (const action of entries) {
    const values = { id: crypto.randomUUID(), organizationId: team.organization.id, actorId: team.owner.person.id };
    await db.insert(auditEntry).values({ ...values, action, targetName: "secret@person.test" });
  }
  const seen = async ({ person }: Colleague) =>
    (await dashboardOf(team.organization, person)).page.entries.map(({ action }) => action).sort();
  expect(await seen(team.plain)).toEqual(["member.joined"]);
  expect(await seen(team.admin)).toEqual(entries.toSorted());
});

test("the schedule forgets activity after 190 days, and none that a plot still shows", async () => {
  const organization = await anOrganization(db);
  const now = new Date();
  const quarters = [0, 90, 189, 191].map((days) => Math.floor((now.getTime() - days * DAY_MS) / 900_000));
  await db.insert(activity).values(quarters.map((quarter) => ({ organizationId: organization.id, quarter, count: 1 })));
  await runSchedule(env, now);
  const kept = await db
    .select({ quarter: activity.quarter })
    .from(activity)
    .where(eq(activity.organizationId, organization.id))
    .orderBy(activity.quarter);
  expect(kept.map(({ quarter }) => quarter)).toEqual(quarters.slice(0, 3).toReversed());
});
