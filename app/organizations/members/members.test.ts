import { and, desc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { loader as members } from "#app/routes/api/v1.ts";
import { loader as dashboard } from "#app/routes/organizations/dashboard.tsx";
import { action as leave } from "#app/routes/organizations/leave.ts";
import { action as remove } from "#app/routes/organizations/members.remove.ts";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { loader as membersPage } from "#app/routes/organizations/members.tsx";
import { action as handOver } from "#app/routes/organizations/settings.hand-over.ts";
import { anOrganization, aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import type { MembersPage } from "./members.server.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

function give(team: Team, { to, role, as }: { to: Colleague; role: string; as: Colleague }) {
  return ask(changeRole, {
    ...team.at(`members/${to.member}/role`, { member: to.member }),
    cookie: as.cookie,
    form: { role },
  });
}

function dismiss(team: Team, { whom, as }: { whom: Colleague; as: Colleague }) {
  return ask(remove, {
    ...team.at(`members/${whom.member}/remove`, { member: whom.member }),
    cookie: as.cookie,
    form: {},
  });
}

function quit(team: Team, { as }: { as: Colleague }) {
  return ask(leave, { ...team.at("leave"), cookie: as.cookie, form: {} });
}

function handTo(team: Team, { to, as }: { to: Colleague; as: Colleague }) {
  return ask(handOver, { ...team.at("settings/hand-over"), cookie: as.cookie, form: { member: to.member } });
}

async function listed(team: Team, search = "") {
  const at = team.at("members");
  const { body } = await ask(members, { ...at, url: `/api/v1/pages${at.url}${search}`, cookie: team.owner.cookie });
  return (body as { members: MembersPage }).members;
}

const messageOf = ({ body }: { body: unknown }) => {
  const { error } = body as { error: Record<string, string[]> };
  return Object.values(error)[0]?.[0];
};

async function toldTo({ person }: Colleague) {
  return db
    .select({ type: notification.type, role: notification.role, organizationId: notification.organizationId })
    .from(notification)
    .where(eq(notification.userId, person.id));
}

async function writtenDown({ organization: { id } }: Team) {
  return db.select().from(auditEntry).where(eq(auditEntry.organizationId, id)).orderBy(desc(auditEntry.sequence));
}

test("an owner can give any role in two trips, with a notification, a mail and an entry", async () => {
  const team = await aTeam(db, { name: "Roles Ltd" });
  const { plain, owner } = team;
  for (const [before, role] of [
    ["member", "admin"],
    ["admin", "owner"],
    ["owner", "member"],
  ] as const) {
    const { status, services } = await give(team, { to: plain, role, as: owner });
    expect([status, services.trace.trips]).toEqual([303, 2]);
    expect(await team.roleOf(plain)).toBe(role);
    const [entry] = await writtenDown(team);
    expect(entry).toMatchObject({
      actorId: owner.person.id,
      action: "member.role-changed",
      targetId: plain.person.id,
      targetName: plain.person.name,
      before: { role: before },
      after: { role },
    });
  }
  expect((await toldTo(plain)).map(({ type, role }) => [type, role])).toEqual([
    ["role-changed", "admin"],
    ["role-changed", "owner"],
    ["role-changed", "member"],
  ]);
  expect(await db.$count(mail, and(eq(mail.recipient, plain.person.email), eq(mail.template, "role-changed")))).toBe(3);
  expect(await toldTo(owner)).toEqual([]);
});

test("giving a member the role they already have changes nothing and notifies nobody", async () => {
  const team = await aTeam(db);
  expect((await give(team, { to: team.plain, role: "member", as: team.owner })).status).toBe(303);
  expect(await writtenDown(team)).toEqual([]);
  expect(await toldTo(team.plain)).toEqual([]);
});

test("an admin can neither change an owner's role nor make anyone an owner", async () => {
  const team = await aTeam(db);
  const { admin, owner, plain } = team;
  for (const attempt of [
    { to: owner, role: "member" },
    { to: owner, role: "admin" },
    { to: plain, role: "owner" },
    { to: admin, role: "owner" },
  ]) {
    const answered = await give(team, { ...attempt, as: admin });
    expect([answered.status, messageOf(answered)]).toEqual([403, expect.stringMatching(/only owners|own role/i)]);
  }
  expect([await team.roleOf(owner), await team.roleOf(plain), await team.roleOf(admin)]).toEqual([
    "owner",
    "member",
    "admin",
  ]);
  expect(await writtenDown(team)).toEqual([]);
  expect((await give(team, { to: plain, role: "admin", as: admin })).status).toBe(303);
});

test("nobody changes their own role, except an owner who steps down while another remains", async () => {
  const team = await aTeam(db);
  const { owner, admin } = team;
  expect((await give(team, { to: admin, role: "member", as: admin })).status).toBe(403);
  const last = await give(team, { to: owner, role: "admin", as: owner });
  expect([last.status, messageOf(last)]).toEqual([409, expect.stringContaining("only owner")]);
  await team.join("owner");
  expect((await give(team, { to: owner, role: "admin", as: owner })).status).toBe(303);
  expect(await team.roleOf(owner)).toBe("admin");
  expect(await toldTo(owner)).toEqual([]);
});

test("a role is one of the three: a list of roles, another word and none at all are refused", async () => {
  const team = await aTeam(db);
  for (const role of ["admin,owner", "root", "", "OWNER"]) {
    expect((await give(team, { to: team.plain, role, as: team.owner })).status, role).toBe(400);
  }
  const twice = new URLSearchParams([
    ["role", "member"],
    ["role", "owner"],
  ]);
  const at = team.at(`members/${team.plain.member}/role`, { member: team.plain.member });
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const repeated = async (args: Parameters<typeof changeRole>[0]) =>
    changeRole({ ...args, request: new Request(args.request, { method: "POST", body: twice, headers }) });
  expect((await ask(repeated, { ...at, cookie: team.owner.cookie, form: {} })).status).toBe(400);
  expect(await team.roleOf(team.plain)).toBe("member");
  await expect(db.run(sql`update member set role = 'admin,owner' where id = ${team.plain.member}`)).rejects.toThrow();
});

test("a member cannot be changed through the URLs of another organization", async () => {
  const [mine, theirs] = [await aTeam(db), await aTeam(db)];
  const { owner } = mine;
  expect((await give(mine, { to: theirs.plain, role: "admin", as: owner })).status).toBe(404);
  expect((await dismiss(mine, { whom: theirs.plain, as: owner })).status).toBe(404);
  expect((await handTo(mine, { to: theirs.plain, as: owner })).status).toBe(404);
  expect((await give(theirs, { to: theirs.plain, role: "admin", as: owner })).status).toBe(404);
  expect(await theirs.roleOf(theirs.plain)).toBe("member");
  const names = (await listed(mine)).members.map(({ id }) => id);
  expect(names).not.toContain(theirs.plain.member);
  expect(names).toHaveLength(3);
});

test("of two owners who demote each other at once, in both directions ten times, one remains", async () => {
  const team = await aTeam(db);
  const other = await team.join("owner");
  const attempts = Array.from({ length: 20 }, (_, index) =>
    index % 2 === 0
      ? give(team, { to: other, role: "member", as: team.owner })
      : give(team, { to: team.owner, role: "member", as: other }),
  );
  const statuses = (await Promise.all(attempts)).map(({ status }) => status);
  expect(await team.owners()).toBe(1);
  // The first owner's repeated requests succeed, since the change is done. The other has lost the right, or the page.
  expect(statuses.filter((status) => status === 303).length).toBeGreaterThan(0);
  expect(statuses.filter((status) => ![303, 403, 409].includes(status))).toEqual([]);
  expect((await writtenDown(team)).length).toBe(1);
});

test("of twenty owners who all step down or leave at once, one remains", async () => {
  const team = await aTeam(db);
  const owners = [team.owner, ...(await Promise.all(Array.from({ length: 19 }, () => team.join("owner"))))];
  const attempts = owners.map((owner, index) =>
    index % 2 === 0 ? quit(team, { as: owner }) : give(team, { to: owner, role: "member", as: owner }),
  );
  const statuses = (await Promise.all(attempts)).map(({ status }) => status);
  expect(await team.owners()).toBe(1);
  expect(statuses.filter((status) => status === 303)).toHaveLength(19);
  expect(statuses.filter((status) => status === 409)).toHaveLength(1);
});

test("when two owners remove each other at the same time, one of them remains", async () => {
  const team = await aTeam(db);
  const other = await team.join("owner");
  await Promise.all([dismiss(team, { whom: other, as: team.owner }), dismiss(team, { whom: team.owner, as: other })]);
  expect(await team.owners()).toBe(1);
});

test("nobody can own more than five organizations, whether by a role change or by a handover", async () => {
  const rich = await aPerson(db);
  for (let owned = 0; owned < 4; owned += 1) {
    await anOrganization(db, { members: [{ person: rich, role: "owner" }] });
  }
  const teams = await Promise.all(Array.from({ length: 20 }, () => aTeam(db)));
  const answered = await Promise.all(
    teams.map(async (team, index) => {
      const to = await team.join("member", rich);
      return index % 2 === 0 ? give(team, { to, role: "owner", as: team.owner }) : handTo(team, { to, as: team.owner });
    }),
  );
  expect(answered.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answered.filter(({ status }) => status === 409)).toHaveLength(19);
  expect(await db.$count(member, and(eq(member.userId, rich.id), eq(member.role, "owner")))).toBe(5);
});

test("a removed member gets 404 at the very next request, and a notification and a mail", async () => {
  const team = await aTeam(db, { name: "Leavers" });
  const { plain, owner } = team;
  const home = { ...team.at("dashboard"), cookie: plain.cookie };
  expect((await ask(dashboard, home)).status).toBe(200);
  const removed = await dismiss(team, { whom: plain, as: owner });
  expect([removed.status, removed.services.trace.trips]).toEqual([303, 2]);
  expect((await ask(dashboard, home)).status).toBe(404);
  expect(await toldTo(plain)).toMatchObject([{ type: "member-removed" }]);
  expect(await db.$count(mail, eq(mail.recipient, plain.person.email))).toBe(1);
  const [entry] = await writtenDown(team);
  expect(entry).toMatchObject({ action: "member.removed", targetName: plain.person.name, before: { role: "member" } });
  expect((await dismiss(team, { whom: plain, as: owner })).status).toBe(404);
});

test("an owner does not remove themselves, and an admin removes nobody", async () => {
  const team = await aTeam(db);
  expect((await dismiss(team, { whom: team.owner, as: team.owner })).status).toBe(403);
  expect((await dismiss(team, { whom: team.plain, as: team.admin })).status).toBe(403);
  expect(await team.roleOf(team.plain)).toBe("member");
});

test("a member can leave an organization, but its only owner cannot", async () => {
  const team = await aTeam(db);
  expect((await quit(team, { as: team.plain })).status).toBe(303);
  expect(await team.roleOf(team.plain)).toBeNull();
  const refused = await quit(team, { as: team.owner });
  expect([refused.status, messageOf(refused)]).toEqual([409, expect.stringContaining("only owner")]);
  const [entry] = await writtenDown(team);
  expect(entry).toMatchObject({ action: "member.left", actorId: team.plain.person.id });
});

test("handing over an organization makes the other person an owner and the former owner an admin", async () => {
  const team = await aTeam(db);
  const { status, services } = await handTo(team, { to: team.plain, as: team.owner });
  expect([status, services.trace.trips]).toEqual([303, 2]);
  expect([await team.roleOf(team.plain), await team.roleOf(team.owner)]).toEqual(["owner", "admin"]);
  expect(await toldTo(team.plain)).toMatchObject([{ type: "ownership-transferred" }]);
  const [entry] = await writtenDown(team);
  expect(entry).toMatchObject({ action: "organization.handed-over", targetId: team.plain.person.id });
  expect((await handTo(team, { to: team.admin, as: team.owner })).status, "an admin cannot transfer it").toBe(403);
});

test("one ownership handed to twenty people at once goes to one of them", async () => {
  const team = await aTeam(db);
  const others = await Promise.all(Array.from({ length: 20 }, () => team.join("member")));
  const answered = await Promise.all(others.map((to) => handTo(team, { to, as: team.owner })));
  expect(answered.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(await team.owners()).toBe(1);
});

test("members are listed by role, owners first, in pages of 25, and a page takes one trip", async () => {
  const team = await aTeam(db);
  for (let index = 0; index < 24; index += 1) await team.join("member");
  const first = await listed(team);
  expect([first.total, first.pages, first.members.length]).toEqual([27, 2, 25]);
  expect(first.members.slice(0, 3).map(({ role }) => role)).toEqual(["owner", "admin", "member"]);
  expect(first.members.filter(({ isSelf }) => isSelf)).toMatchObject([{ email: team.owner.person.email }]);
  const second = await listed(team, "?page=2");
  expect(second.members).toHaveLength(2);
  const ids = [...first.members, ...second.members].map(({ id }) => id);
  expect(new Set(ids).size).toBe(27);
  const far = await ask(membersPage, {
    ...team.at("members"),
    url: `${team.at("members").url}?page=9`,
    cookie: team.owner.cookie,
  });
  expect((far.body as Response).headers.get("Location")).toBe(`${team.at("members").url}?page=2`);
  expect(far.services.trace.trips).toBe(1);
});

test("a search finds part of a name or an address, in any alphabet and case, and takes no wildcards", async () => {
  const team = await aTeam(db);
  const named = async (name: string) => team.join("member", await aPerson(db, { name }));
  await named("Élodie Brûlé");
  await named("Иван Петров");
  await named("100% Sure");
  const found = async (search: string) =>
    (await listed(team, `?search=${encodeURIComponent(search)}`)).members.map(({ name }) => name);
  expect(await found("élodie")).toEqual(["Élodie Brûlé"]);
  expect(await found("иван")).toEqual(["Иван Петров"]);
  expect(await found("ПЕТРОВ")).toEqual(["Иван Петров"]);
  expect(await found("0% s")).toEqual(["100% Sure"]);
  expect(await found("_")).toEqual([]);
  expect(await found("x".repeat(60_000)), "the search is longer than any name").toEqual([]);
  expect(await found(team.plain.person.email.slice(0, 12))).toEqual([team.plain.person.name]);
});

test("the stored number of members is updated when a member leaves or an account is deleted", async () => {
  const team = await aTeam(db);
  await quit(team, { as: team.plain });
  await db.delete(user).where(eq(user.id, team.admin.person.id));
  const [row] = await db.select().from(organization).where(eq(organization.id, team.organization.id));
  expect(row?.memberCount).toBe(1);
});

test("an owner who steps down to member is redirected to the dashboard, which they may still open", async () => {
  const team = await aTeam(db);
  await team.join("owner");
  const { owner } = team;
  const at = team.at(`members/${owner.member}/role`, { member: owner.member });
  const stepped = await ask(changeRole, { ...at, cookie: owner.cookie, form: { role: "member", stay: "yes" } });
  const home = `/organizations/${team.organization.slug}/dashboard`;
  expect([stepped.status, (stepped.body as Response).headers.get("Location")]).toEqual([303, home]);
});
