import { and, eq, inArray } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { member } from "#app/db/schema/organizations.ts";
import { loader as dashboard } from "#app/routes/organizations/dashboard.tsx";
import { loader as askToRemove, action as remove } from "#app/routes/organizations/members.remove-several.ts";
import { action as give } from "#app/routes/organizations/members.roles.ts";
import { aKey, aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { rowsOf } from "#app/test/tables.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { CONFIRMED } from "#app/ui/line/confirmed.ts";
import type { FormAgain } from "#app/ui/use-form.ts";
import { MEMBERS_PER_PAGE } from "../limits.ts";
import { giveRoles } from "./operations.server.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;
type Whom = readonly (Pick<Colleague, "member"> | string)[];

function formOf(whom: Whom, more: Record<string, string> = {}) {
  const form = new FormData();
  for (const each of whom) form.append("member", typeof each === "string" ? each : each.member);
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  return form;
}

type Sending = { as?: Colleague; to?: string; isConfirmed?: boolean } & Record<string, unknown>;

async function send(
  team: Team,
  action: typeof give | typeof remove,
  whom: Whom,
  { as, isConfirmed = true, ...more }: Sending,
) {
  const fields = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, String(value)]));
  const { status, body, services, headers } = await ask(action, {
    ...team.at(action === give ? "members/roles" : "members/remove"),
    cookie: (as ?? team.owner).cookie,
    form: formOf(whom, { ...fields, ...(isConfirmed && { [CONFIRMED]: "yes" }) }),
  });
  const { error, done } = (body ?? {}) as FormAgain;
  const { trips } = services.trace;
  return { status, trips, said: Object.values(error ?? {}).flat(), field: Object.keys(error ?? {})[0], done, headers };
}

const giveTo = (team: Team, whom: Whom, more: Sending = {}) => send(team, give, whom, { to: "admin", ...more });
const dismiss = (team: Team, whom: Whom, more: Sending = {}) => send(team, remove, whom, more);

const several = (team: Team, count: number, role: "member" | "admin" | "owner" = "member") =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => team.join(role, await aPerson(db, { name: `Person ${index}` }))),
  );

const rolesOf = (team: Team, whom: readonly Colleague[]) => Promise.all(whom.map(team.roleOf));

async function entriesOf({ organization: { id } }: Team, action: "member.role-changed" | "member.removed") {
  const { actorId, targetId, targetName, before, after } = auditEntry;
  return db
    .select({ actorId, targetId, targetName, before, after })
    .from(auditEntry)
    .where(and(eq(auditEntry.organizationId, id), eq(auditEntry.action, action)));
}

async function toldOf({ person }: Colleague) {
  const news = await db
    .select({ type: notification.type, role: notification.role, actorId: notification.actorId })
    .from(notification)
    .where(eq(notification.userId, person.id));
  const mails = await db.select({ template: mail.template }).from(mail).where(eq(mail.recipient, person.email));
  return { news, mails: mails.map(({ template }) => template) };
}

const UNTOLD = { news: [], mails: [] };

test("several members get a role in two trips, each with their own entry, notification and mail", async () => {
  const team = await aTeam(db, { name: "Roles Ltd" });
  const people = await several(team, 3);
  const { status, trips, headers } = await giveTo(team, people, { search: "per", page: "2", role: "member" });
  expect([status, trips]).toEqual([303, 2]);
  expect(headers.get("Location")).toBe(`${team.at("members").url}?search=per&role=member&page=2`);
  expect(await rolesOf(team, people)).toEqual(["admin", "admin", "admin"]);
  expect(await team.roleOf(team.plain)).toBe("member");
  const actorId = team.owner.person.id;
  const entries = await entriesOf(team, "member.role-changed");
  expect(entries.map(({ targetId }) => targetId).sort()).toEqual(people.map(({ person }) => person.id).sort());
  for (const { targetName, ...entry } of entries) {
    expect(targetName).toMatch(/^Person \d$/);
    expect(entry).toMatchObject({ actorId, before: { role: "member" }, after: { role: "admin" } });
  }
  for (const person of people) {
    const news = [{ type: "role-changed", role: "admin", actorId }];
    expect(await toldOf(person)).toEqual({ news, mails: ["role-changed"] });
  }
  expect([await toldOf(team.plain), await toldOf(team.owner)]).toEqual([UNTOLD, UNTOLD]);
});

test("several members are removed in two trips after a confirmation, lose access immediately and are notified", async () => {
  const team = await aTeam(db);
  const people = await several(team, 3);
  const unasked = await dismiss(team, people, { isConfirmed: false });
  expect([unasked.status, await rolesOf(team, people)]).toEqual([409, ["member", "member", "member"]]);
  const { status, trips } = await dismiss(team, people);
  expect([status, trips]).toEqual([303, 2]);
  expect(await rolesOf(team, people)).toEqual([null, null, null]);
  const home = team.at("dashboard");
  for (const { cookie } of people) expect((await ask(dashboard, { ...home, cookie })).status).toBe(404);
  const entries = await entriesOf(team, "member.removed");
  expect(entries.map(({ targetId, before }) => [targetId, before])).toEqual(
    expect.arrayContaining(people.map(({ person }) => [person.id, { role: "member" }])),
  );
  expect(entries).toHaveLength(3);
  for (const person of people) {
    expect(await toldOf(person)).toMatchObject({ news: [{ type: "member-removed" }], mails: ["member-removed"] });
  }
});

test("when several members are removed, owners are notified of each one who leaves a key behind", async () => {
  const team = await aTeam(db);
  const people = await several(team, 2, "admin");
  const { id: organizationId } = team.organization;
  for (const { person } of people) await aKey(db, { organizationId, createdBy: person.id });
  expect((await dismiss(team, [...people, team.plain])).status).toBe(303);
  const { news, mails } = await toldOf(team.owner);
  expect(news.map(({ actorId }) => actorId).sort()).toEqual(people.map(({ person }) => person.id).sort());
  expect(mails).toEqual(["key-maker-left", "key-maker-left"]);
});

test("members of another organization stay unchanged, and their ids get the same message as unknown ids", async () => {
  const [mine, theirs] = [await aTeam(db), await aTeam(db)];
  const before = await rowsOf(db, "organization", theirs.organization.id);
  const foreign = [theirs.plain, theirs.admin, theirs.owner];
  const nobodies = foreign.map(() => crypto.randomUUID());
  for (const act of [giveTo, dismiss]) {
    const [strange, unknown] = [await act(mine, foreign), await act(mine, nobodies)];
    expect([strange.status, strange.said]).toEqual([409, ["3 people are no longer members."]]);
    expect(strange.said).toEqual(unknown.said);
  }
  const mixed = await giveTo(mine, [theirs.plain, mine.plain]);
  expect([mixed.status, mixed.done, mixed.said]).toEqual([200, "1 role changed", ["1 person is no longer a member."]]);
  expect(await mine.roleOf(mine.plain)).toBe("admin");
  expect((await dismiss(mine, [theirs.plain, mine.plain])).done).toBe("1 member removed");
  for (const action of ["member.role-changed", "member.removed"] as const) {
    expect(await entriesOf(mine, action)).toMatchObject([{ targetId: mine.plain.person.id }]);
  }
  const elsewhere = await ask(askToRemove, {
    ...mine.at(`members/remove?${new URLSearchParams(foreign.map(({ member: id }) => ["member", id]))}`),
    cookie: mine.owner.cookie,
  });
  expect(elsewhere.body).toMatchObject({ members: [] });
  expect(await rowsOf(db, "organization", theirs.organization.id)).toEqual(before);
  for (const person of foreign) expect(await toldOf(person)).toEqual(UNTOLD);
});

test("oneself, owners and people who have the role already are skipped with a reason; the others are changed", async () => {
  const team = await aTeam(db);
  const { owner, admin, plain } = team;
  const second = await team.join("owner", await aPerson(db, { name: "Second Owner" }));
  const given = await giveTo(team, [owner, second, admin, plain]);
  expect([given.status, given.done, given.field]).toEqual([200, "1 role changed", "member"]);
  expect(given.said).toEqual([
    "Already had this role: Some admin",
    "Owners, who are changed one at a time: Second Owner",
    "You can’t change your own role. Ask another admin or owner.",
  ]);
  expect(await rolesOf(team, [owner, second, admin, plain])).toEqual(["owner", "owner", "admin", "admin"]);
  expect(await entriesOf(team, "member.role-changed")).toHaveLength(1);

  const removed = await dismiss(team, [owner, second, admin]);
  expect([removed.status, removed.done, removed.said]).toEqual([
    200,
    "1 member removed",
    [
      "Owners, who are changed one at a time: Second Owner",
      "You can’t remove yourself. Leave the organization instead.",
    ],
  ]);
  expect(await rolesOf(team, [owner, second, admin])).toEqual(["owner", "owner", null]);

  const none = await giveTo(team, [plain, second]);
  expect([none.status, none.done]).toEqual([409, undefined]);
  for (const person of [owner, second]) expect((await toldOf(person)).mails).toEqual([]);
});

test("an admin changes the roles of members and other admins, not their own, and removes nobody", async () => {
  const team = await aTeam(db);
  const { owner, admin, plain } = team;
  const other = await team.join("admin", await aPerson(db, { name: "Other Admin" }));
  const lowered = await giveTo(team, [owner, admin, other, plain], { as: admin, to: "member" });
  expect([lowered.status, lowered.done]).toEqual([200, "1 role changed"]);
  expect(await rolesOf(team, [owner, admin, other, plain])).toEqual(["owner", "admin", "member", "member"]);
  expect((await dismiss(team, [plain, other], { as: admin })).status).toBe(403);
  expect((await giveTo(team, [plain, other], { as: plain })).status).toBe(403);
  expect(await rolesOf(team, [plain, other])).toEqual(["member", "member"]);
});

test("the form cannot make anyone an owner, and refuses an empty, too long or malformed list", async () => {
  const team = await aTeam(db);
  expect((await giveTo(team, [team.plain], { to: "owner" })).status).toBe(400);
  expect((await giveTo(team, [team.plain], { to: "" })).status).toBe(400);
  expect(MEMBERS_PER_PAGE, "a whole page may be selected").toBe(25);
  const tooMany = Array.from({ length: 26 }, () => crypto.randomUUID());
  for (const act of [giveTo, dismiss]) {
    expect(await act(team, [])).toMatchObject({ status: 400, field: "member", said: ["Select at least one member."] });
    expect(await act(team, [team.plain.member, ...tooMany.slice(1)])).toMatchObject({
      status: 400,
      field: "member",
      said: ["Select fewer members. The limit is 25."],
    });
    expect((await act(team, [team.plain.member, "1 or 1"])).status).toBe(400);
  }
  expect(await team.roleOf(team.plain)).toBe("member");
});

test("an id that is sent twice counts once", async () => {
  const team = await aTeam(db);
  const twice = Array.from({ length: 13 }, () => [team.plain, team.plain]).flat();
  expect((await giveTo(team, twice)).status).toBe(303);
  expect(await entriesOf(team, "member.role-changed")).toHaveLength(1);
  expect((await toldOf(team.plain)).mails).toEqual(["role-changed"]);
});

test("twenty requests at once take effect only once: one entry, notification and mail for each member", async () => {
  const team = await aTeam(db);
  const people = await several(team, 2);
  const answers = await Promise.all(Array.from({ length: 20 }, () => giveTo(team, people)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  expect(await entriesOf(team, "member.role-changed")).toHaveLength(2);
  const removals = await Promise.all(Array.from({ length: 20 }, () => dismiss(team, people)));
  expect(removals.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(await entriesOf(team, "member.removed")).toHaveLength(2);
  for (const person of people) {
    const { news, mails } = await toldOf(person);
    expect(news.map(({ type }) => type).sort()).toEqual(["member-removed", "role-changed"]);
    expect(mails.sort()).toEqual(["member-removed", "role-changed"]);
  }
});

test("when two admins demote each other and others at the same time, only one of them succeeds", async () => {
  const team = await aTeam(db);
  const other = await team.join("admin");
  const people = await several(team, 2, "admin");
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      index % 2 === 0
        ? giveTo(team, [other, ...people], { as: team.admin, to: "member" })
        : giveTo(team, [team.admin, ...people], { as: other, to: "member" }),
    ),
  );
  expect((await rolesOf(team, [team.admin, other])).sort()).toEqual(["admin", "member"]);
  expect(await rolesOf(team, people)).toEqual(["member", "member"]);
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(await entriesOf(team, "member.role-changed")).toHaveLength(3);
});

test("members who become owners or leave meanwhile are skipped with a reason; muted ones get no mail", async () => {
  const team = await aTeam(db);
  const [rising, leaving, muting, staying] = (await several(team, 4)) as [Colleague, Colleague, Colleague, Colleague];
  const { execute } = giveRoles;
  await db.update(member).set({ mutedAt: new Date() }).where(eq(member.id, muting.member));
  using _ = vi.spyOn(giveRoles, "execute").mockImplementation(async (grant, input) => {
    await db.update(member).set({ role: "owner" }).where(eq(member.id, rising.member));
    await db.delete(member).where(eq(member.id, leaving.member));
    return execute(grant, input);
  });
  const { status, done, said } = await giveTo(team, [rising, leaving, muting, staying]);
  expect([status, done]).toEqual([200, "2 roles changed"]);
  expect(said).toEqual(["Owners, who are changed one at a time: Person 0", "1 person is no longer a member."]);
  expect(await rolesOf(team, [rising, leaving, muting, staying])).toEqual(["owner", null, "admin", "admin"]);
  expect(await toldOf(rising)).toEqual(UNTOLD);
  expect([(await toldOf(muting)).mails, (await toldOf(staying)).mails]).toEqual([[], ["role-changed"]]);
});

test("every member of a list counts toward the limit of role changes, and a person gets ten mails a day", async () => {
  const team = await aTeam(db);
  const people = await several(team, 21);
  for (const to of ["admin", "member"]) expect((await giveTo(team, people, { to })).status).toBe(303);
  const [counted] = await db
    .select()
    .from(rateLimit)
    .where(eq(rateLimit.key, `roles:${team.owner.person.id}:${team.organization.id}`));
  expect(counted?.count).toBe(42);
  const over = await giveTo(team, people);
  expect([over.status, await team.roleOf(people[0] as Colleague)]).toEqual([429, "member"]);

  const second = await aTeam(db);
  for (let time = 0; time < 12; time += 1) {
    expect((await giveTo(second, [second.plain], { to: time % 2 === 0 ? "admin" : "member" })).status).toBe(303);
  }
  const isTheirs = inArray(mail.recipient, [second.plain.person.email]);
  expect([await db.$count(mail, isTheirs), (await toldOf(second.plain)).news.length]).toEqual([10, 12]);
});

test("the confirmation page names only members who can be removed", async () => {
  const team = await aTeam(db);
  const { owner, admin, plain } = team;
  const asked = [owner, admin, plain].map(({ member: id }) => ["member", id]);
  const at = team.at(`members/remove?${new URLSearchParams([...asked, ["role", "member"]])}`);
  const { status, body, services } = await ask(askToRemove, { ...at, cookie: owner.cookie });
  expect([status, services.trace.trips]).toEqual([200, 1]);
  expect(body).toEqual({
    members: [admin, plain].map(({ member: id, person: { name, email } }) => ({ id, name, email })),
    page: 1,
    shown: { search: "", role: "member", sort: "role" },
  });
  const none = await ask(askToRemove, { ...team.at("members/remove"), cookie: owner.cookie });
  expect([none.status, none.body]).toEqual([200, expect.objectContaining({ members: [] })]);
  expect((await ask(askToRemove, { ...at, cookie: admin.cookie })).status).toBe(403);
});
