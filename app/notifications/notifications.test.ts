import { env } from "cloudflare:test";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { notificationStatement } from "#app/change/news.server.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { member, organization, removedOrganization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { loader as bell } from "#app/routes/api/v1.ts";
import { loader as page } from "#app/routes/notifications/list.tsx";
import { action as read } from "#app/routes/notifications/read.ts";
import { action as readAll } from "#app/routes/notifications/read-all.ts";
import { anInvitation, anOrganization, aPerson, aSession, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { runSchedule } from "../../workers/schedule.ts";
import { KEPT_PER_PERSON } from "./limits.ts";
import type { Bell, NotificationsPage } from "./notifications.server.ts";
import { forgetOldNotifications } from "./retention.server.ts";
import { targetOf, wordsOf } from "./told.ts";

const db = testDatabase();

const anId = () => crypto.randomUUID().replaceAll("-", "");

async function aReader() {
  const person = await aPerson(db);
  return { person, cookie: await cookiesOf(await aSession(db, person)) };
}

async function tell({ id: userId }: Person, values: Partial<typeof notification.$inferInsert> = {}) {
  const id = anId();
  await db.insert(notification).values({ id, userId, type: "role-changed", organizationName: "Acme", ...values });
  return id;
}

const bellOf = async (cookie: string) => (await ask(bell, { url: "/api/v1/pages/notifications", cookie })).body as Bell;

test("the bell tells how many are unread and shows the newest eight, in one trip", async () => {
  const { person, cookie } = await aReader();
  for (let index = 0; index < 10; index += 1) {
    await tell(person, { createdAt: new Date(Date.now() - index * 1000), readAt: index < 4 ? null : new Date() });
  }
  const answered = await ask(bell, { url: "/api/v1/pages/notifications", cookie });
  expect(answered.services.trace.trips).toBe(1);
  const { unread, newest } = answered.body as Bell;
  expect([unread, newest.length]).toEqual([4, 8]);
  const moments = newest.map(({ at }) => at);
  expect(moments).toEqual(moments.toSorted((one, other) => other - one));
});

test("nobody can see or mark another person's notifications", async () => {
  const [mine, theirs] = [await aReader(), await aReader()];
  const id = await tell(theirs.person);
  expect((await bellOf(mine.cookie)).newest).toEqual([]);
  const marked = await ask(read, {
    url: `/notifications/${id}/read`,
    params: { notification: id },
    cookie: mine.cookie,
    form: {},
  });
  expect(marked.status).toBe(303);
  await ask(readAll, { url: "/notifications/read", cookie: mine.cookie, form: {} });
  expect((await bellOf(theirs.cookie)).unread).toBe(1);
});

test("a person can mark one notification as read, and then all, which keeps when the first was read", async () => {
  const { person, cookie } = await aReader();
  const id = await tell(person);
  await tell(person);
  await tell(person);
  const one = await ask(read, { url: `/notifications/${id}/read`, params: { notification: id }, cookie, form: {} });
  expect([one.status, one.services.trace.trips, (await bellOf(cookie)).unread]).toEqual([303, 2, 2]);
  const long = new Date(Date.now() - DAY_MS);
  await db.update(notification).set({ readAt: long }).where(eq(notification.id, id));
  await ask(readAll, { url: "/notifications/read", cookie, form: {} });
  expect((await bellOf(cookie)).unread).toBe(0);
  const first = await db.select().from(notification).where(eq(notification.id, id));
  expect(first, "it is kept for ninety days from the first time").toMatchObject([{ readAt: long }]);
});

test("the history has pages of twenty, and a page too far leads to the last one", async () => {
  const { person, cookie } = await aReader();
  for (let index = 0; index < 21; index += 1) await tell(person);
  const second = (await ask(page, { url: "/notifications?page=2", cookie })).body as NotificationsPage;
  expect([second.pages, second.notifications.length]).toEqual([2, 1]);
  const far = await ask(page, { url: "/notifications?page=7", cookie });
  expect((far.body as Response).headers.get("Location")).toBe("/notifications?page=2");
});

test("the unread filter shows only a person's own unread notifications, in pages of their own", async () => {
  const { person, cookie } = await aReader();
  await tell((await aReader()).person);
  for (let index = 0; index < 25; index += 1) {
    await tell(person, {
      readAt: index % 5 === 0 ? new Date() : null,
      createdAt: new Date(Date.UTC(2026, 0, 1 + index)),
    });
  }
  await tell(person, { readAt: new Date() });
  const shown = async (search: string) => {
    const { body, services } = await ask(page, { url: `/notifications${search}`, cookie });
    expect(services.trace.trips).toBe(1);
    return body as NotificationsPage;
  };
  const all = await shown("");
  expect([all.show, all.pages, all.notifications.length, all.unread]).toEqual(["all", 2, 20, 20]);
  const unread = await shown("?show=unread");
  expect([unread.show, unread.pages, unread.notifications.length]).toEqual(["unread", 1, 20]);
  expect(unread.notifications.filter(({ isRead }) => isRead)).toEqual([]);
  const times = unread.notifications.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  const far = await ask(page, { url: "/notifications?show=unread&page=7", cookie });
  expect((far.body as Response).headers.get("Location")).toBe("/notifications?show=unread");
  expect((await ask(page, { url: "/notifications?show=read", cookie })).status).toBe(400);
});

test("an invitation can be answered from the bell while it is open and the address verified, and not after", async () => {
  const { person, cookie } = await aReader();
  const team = await anOrganization(db, { name: "Open House" });
  const open = await anInvitation(db, { organization: team, email: person.email });
  const revoked = await anInvitation(db, { organization: await anOrganization(db), status: "revoked" });
  for (const { id, organizationId } of [open, revoked]) {
    await tell(person, { type: "invitation-received", organizationId, invitationId: id, role: "admin" });
  }
  const { newest } = await bellOf(cookie);
  const answerable = newest.map(({ role, invitation }) => [role, invitation?.open?.id ?? null]);
  expect(answerable, "it shows the role that the invitation gives now").toContainEqual(["member", open.id]);
  expect(answerable).toContainEqual(["admin", null]);
  await db.update(user).set({ emailVerified: false }).where(eq(user.id, person.id));
  const unproved = (await bellOf(cookie)).newest;
  expect(unproved.map(({ invitation }) => invitation?.open)).toEqual([null, null]);
});

test("a notification outlives its organization and the person who caused it, without their name", async () => {
  const { person, cookie } = await aReader();
  const actor = await aPerson(db, { name: "Gone Soon" });
  const made = await anOrganization(db, { name: "Gone, too" });
  await tell(person, { organizationId: made.id, organizationName: made.name, actorId: actor.id });
  expect((await bellOf(cookie)).newest[0]).toMatchObject({ actorName: "Gone Soon" });
  await db.delete(user).where(eq(user.id, actor.id));
  await db.delete(organization).where(eq(organization.id, made.id));
  expect((await bellOf(cookie)).newest[0]).toMatchObject({
    actorName: null,
    organization: { name: "Gone, too", slug: null },
  });
});

test("a person who has left an organization does not see its current name and slug", async () => {
  const { person, cookie } = await aReader();
  const made = await anOrganization(db, { name: "Now", members: [{ person, role: "member" }] });
  await tell(person, { organizationId: made.id, organizationName: "Then" });
  expect((await bellOf(cookie)).newest[0]?.organization).toEqual({ name: "Now", slug: made.slug });
  await db.delete(member).where(eq(member.userId, person.id));
  expect((await bellOf(cookie)).newest[0]?.organization).toEqual({ name: "Then", slug: null });
});

test("only a member sees the target of a notification, and it is erased with the organization", async () => {
  const { person, cookie } = await aReader();
  const owner = await aPerson(db);
  const made = await anOrganization(db, {
    members: [
      { person, role: "member" },
      { person: owner, role: "owner" },
    ],
  });
  await notificationStatement(
    { db, userId: owner.id, now: new Date() },
    {
      type: "role-changed",
      to: sql`select ${person.id} as user_id`,
      organization: made,
      target: { id: "1", name: "A secret plan" },
      when: sql`true`,
    },
  );
  const about = async () => (await bellOf(cookie)).newest[0]?.about;
  expect(await about()).toEqual({ id: "1", name: "A secret plan" });
  await db.delete(member).where(eq(member.userId, person.id));
  expect(await about()).toBeNull();
  await db.insert(removedOrganization).values({ id: made.id, removedAt: new Date(0) });
  await runSchedule(env);
  const [kept] = await db.select().from(notification).where(eq(notification.userId, person.id));
  expect([kept?.organizationId, kept?.targetName]).toEqual([null, null]);
});

test("a notification of a removed domain still names its organization and links to its dashboard", async () => {
  const { person, cookie } = await aReader();
  const { id: organizationId, slug } = await anOrganization(db, { name: "Acme", members: [{ person, role: "owner" }] });
  await tell(person, { type: "plan-names-you", organizationId, targetId: "1", targetName: "A plan" });
  const [told] = (await bellOf(cookie)).newest;
  if (told === undefined) throw new Error("There is no notification.");
  expect([wordsOf(told), targetOf(told)]).toEqual(["There’s news in Acme", `/organizations/${slug}/dashboard`]);
});

test("nobody is told of what they did themselves", async () => {
  const [actor, other] = [await aPerson(db), await aPerson(db)];
  await notificationStatement(
    { db, userId: actor.id, now: new Date() },
    {
      type: "member-joined",
      to: sql`select id as user_id from user where id in (${actor.id}, ${other.id})`,
      organization: { id: null, name: "Acme" },
      when: sql`true`,
    },
  );
  const told = async ({ id }: Person) => db.$count(notification, eq(notification.userId, id));
  expect([await told(actor), await told(other)]).toEqual([0, 1]);
});

test("read notifications are deleted after ninety days, and a person keeps the newest five hundred, read or not", async () => {
  const { person } = await aReader();
  const own = eq(notification.userId, person.id);
  const old = await tell(person, { readAt: new Date(Date.now() - 91 * DAY_MS), createdAt: new Date(1) });
  const readLately = await tell(person, { readAt: new Date(Date.now() - 89 * DAY_MS) });
  for (let batch = 0; batch < 6; batch += 1) {
    await db.insert(notification).values(
      Array.from({ length: 100 }, (_, index) => ({
        id: anId(),
        userId: person.id,
        type: "role-changed" as const,
        organizationName: "Acme",
        createdAt: new Date(1000 + batch * 100 + index),
        ...(index % 2 === 1 && { readAt: new Date() }),
      })),
    );
  }
  await forgetOldNotifications({ db, now: new Date() });
  expect(await db.$count(notification, own)).toBe(KEPT_PER_PERSON);
  expect(await db.$count(notification, eq(notification.id, old))).toBe(0);
  expect(await db.$count(notification, eq(notification.id, readLately))).toBe(1);
  const oldest = await db
    .select({ at: notification.createdAt, readAt: notification.readAt })
    .from(notification)
    .where(own)
    .orderBy(notification.createdAt)
    .limit(2);
  // The one that was read lately is the five hundredth.
  expect(oldest.map(({ at, readAt }) => [at.getTime(), readAt !== null])).toEqual([
    [1101, true],
    [1102, false],
  ]);
});

test("marking one or all as read redirects back to the same page of the list", async () => {
  const { person, cookie } = await aReader();
  const id = await tell(person);
  for (const [to, path] of [
    [read, `/notifications/${id}/read`],
    [readAll, "/notifications/read"],
  ] as const) {
    const asked = { url: `${path}?show=unread&page=2&organization=x`, params: { notification: id }, cookie, form: {} };
    const { status, headers } = await ask(to, asked);
    expect([status, headers.get("Location")], path).toEqual([303, "/notifications?show=unread&page=2"]);
  }
});
