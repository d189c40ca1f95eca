import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { rememberedDevice } from "#app/db/schema/factors.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { member } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { loader as dashboard } from "#app/routes/organizations/dashboard.tsx";
import { action as remove } from "#app/routes/organizations/members.remove.ts";
import { loader as question, action as signOut } from "#app/routes/organizations/members.sign-out.ts";
import { loader as security } from "#app/routes/settings/security.tsx";
import { aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { mailsTo } from "#app/test/mails.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;
type Whom = { whom: Pick<Colleague, "member">; as: Colleague };

const pageOf = (team: Team, { member: id }: Pick<Colleague, "member">) =>
  team.at(`members/${id}/sign-out`, { member: id });

function end(team: Team, { whom, as }: Whom) {
  return ask(signOut, { ...pageOf(team, whom), cookie: as.cookie, form: {} });
}

const sessionsOf = ({ person }: Colleague) => db.$count(session, eq(session.userId, person.id));

async function traces(team: Team, { person }: Colleague) {
  return {
    entries: await db.$count(auditEntry, eq(auditEntry.organizationId, team.organization.id)),
    told: await db.$count(notification, eq(notification.userId, person.id)),
    mails: await db.$count(mail, eq(mail.recipient, person.email)),
  };
}

const NOTHING = { entries: 0, told: 0, mails: 0 };

test("an owner ends all sessions of a member in two trips; a notification names the owner, and a mail is sent", async () => {
  const team = await aTeam(db, { name: "Lost Phones Ltd" });
  const elsewhere = await aTeam(db);
  const { owner, plain } = team;
  await elsewhere.join("admin", plain.person);
  const phone = await cookiesOf(await aSession(db, plain.person));
  expect((await ask(question, { ...pageOf(team, plain), cookie: owner.cookie })).status).toBe(200);
  const { status, headers, services } = await end(team, { whom: plain, as: owner });
  expect([status, services.trace.trips]).toEqual([303, 2]);
  expect(headers.get("Location")).toBe(team.at(`members/${plain.member}`).url);
  for (const cookie of [plain.cookie, phone]) {
    expect((await ask(dashboard, { ...team.at("dashboard"), cookie })).headers.get("Location")).toMatch(/^\/login/);
    expect((await ask(security, { url: "/settings/security", cookie })).headers.get("Location")).toMatch(/^\/login/);
  }
  expect([await sessionsOf(plain), await sessionsOf(owner), await sessionsOf(team.admin)]).toEqual([0, 1, 1]);
  expect(await team.roleOf(plain)).toBe("member");
  expect(await traces(team, plain)).toEqual({ entries: 1, told: 1, mails: 1 });
  const [entry] = await db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, team.organization.id))
    .orderBy(desc(auditEntry.sequence));
  expect(entry).toMatchObject({
    action: "member.sessions-ended",
    actorId: owner.person.id,
    targetId: plain.person.id,
    targetName: plain.person.name,
  });
  const told = await db.select().from(notification).where(eq(notification.userId, plain.person.id));
  const { id: organizationId } = team.organization;
  expect(told).toMatchObject([{ type: "sessions-ended", actorId: owner.person.id, organizationId }]);
  const [sent] = await mailsTo(db, plain.person.email);
  expect(sent?.subject).toBe("An owner of Lost Phones Ltd signed you out");
  expect(sent?.text).toContain("/login");
});

test("signing out a member without a live session or remembered device notifies nobody and writes no entry", async () => {
  const team = await aTeam(db);
  const { owner, plain } = team;
  expect((await end(team, { whom: plain, as: owner })).status).toBe(303);
  expect(await traces(team, plain)).toEqual({ entries: 1, told: 1, mails: 1 });
  const remembered = { id: crypto.randomUUID(), userId: plain.person.id, authenticatorId: "app" };
  const device = { ...remembered, tokenHash: remembered.id, deviceHash: "phone" };
  const past = new Date(Date.now() - 1);
  await db.insert(rememberedDevice).values({ ...device, expiresAt: past });
  await aSession(db, plain.person, { expiresAt: past });
  expect((await end(team, { whom: plain, as: owner })).status).toBe(303);
  expect(await traces(team, plain), "both have expired").toEqual({ entries: 1, told: 1, mails: 1 });
  await db
    .update(rememberedDevice)
    .set({ expiresAt: new Date(Date.now() + 60_000) })
    .where(eq(rememberedDevice.id, remembered.id));
  expect((await end(team, { whom: plain, as: owner })).status).toBe(303);
  expect(await traces(team, plain), "a device was remembered").toEqual({ entries: 2, told: 2, mails: 2 });
});

test("an admin, a member, and an owner of another organization end nobody's sessions", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const { plain } = team;
  for (const [as, status] of [
    [team.admin, 403],
    [plain, 403],
    [other.owner, 404],
  ] as const) {
    expect((await end(team, { whom: plain, as })).status).toBe(status);
    expect((await ask(question, { ...pageOf(team, plain), cookie: as.cookie })).status).toBe(status);
  }
  // At the URL of their own organization.
  expect((await end(other, { whom: plain, as: other.owner })).status).toBe(404);
  expect((await ask(question, { ...pageOf(other, plain), cookie: other.owner.cookie })).status).toBe(404);
  expect(await sessionsOf(plain)).toBe(1);
  expect([await traces(team, plain), await traces(other, plain)]).toEqual([NOTHING, NOTHING]);
});

test("an owner ends neither their own sessions there nor another owner's", async () => {
  const team = await aTeam(db);
  const second = await team.join("owner");
  expect((await end(team, { whom: team.owner, as: team.owner })).status).toBe(409);
  const refused = await end(team, { whom: second, as: team.owner });
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([403, expect.stringContaining("Only an owner")]);
  expect([await sessionsOf(team.owner), await sessionsOf(second)]).toEqual([1, 1]);
  expect(await traces(team, second)).toEqual(NOTHING);
});

test("an owner without a fresh proof cannot end a member's sessions", async () => {
  const team = await aTeam(db);
  await db
    .update(session)
    .set({ provenAt: new Date(Date.now() - 11 * 60_000) })
    .where(eq(session.userId, team.owner.person.id));
  expect((await end(team, { whom: team.plain, as: team.owner })).status).toBe(403);
  expect(await sessionsOf(team.plain)).toBe(1);
});

test("a person who is removed or made an owner meanwhile stays signed in", async () => {
  const team = await aTeam(db);
  const { owner, plain } = team;
  const second = await team.join("member");
  await ask(remove, { ...team.at("x", { member: plain.member }), cookie: owner.cookie, form: {} });
  expect((await end(team, { whom: plain, as: owner })).status).toBe(404);
  await db.update(member).set({ role: "owner" }).where(eq(member.id, second.member));
  expect((await end(team, { whom: second, as: owner })).status).toBe(403);
  expect([await sessionsOf(plain), await sessionsOf(second)]).toEqual([1, 1]);

  // In parallel with a removal, the sessions end only if that request comes first. Only then is the person told.
  const leaving = await Promise.all(Array.from({ length: 6 }, () => team.join("member")));
  for (const whom of leaving) {
    const [ended] = await Promise.all([
      end(team, { whom, as: owner }),
      ask(remove, { ...team.at("x", { member: whom.member }), cookie: owner.cookie, form: {} }),
    ]);
    expect(await sessionsOf(whom)).toBe(ended.status === 303 ? 0 : 1);
    const isTold = await db.$count(mail, eq(mail.recipient, whom.person.email));
    expect(isTold).toBe(ended.status === 303 ? 2 : 1);
  }
});

test("owners can end a member's sessions three times a day, and other owners' attempts do not count", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const { plain } = team;
  const second = await team.join("owner");
  // Requests by an owner of another organization who names this membership do not count here.
  for (let times = 0; times < 4; times += 1) await end(other, { whom: plain, as: other.owner });
  for (const as of [team.owner, second, team.owner]) expect((await end(team, { whom: plain, as })).status).toBe(303);
  const { status, body } = await end(team, { whom: plain, as: second });
  expect(status).toBe(429);
  expect(JSON.stringify(body)).toContain("24 hours");
  expect((await end(team, { whom: team.admin, as: second })).status).toBe(303);
});
