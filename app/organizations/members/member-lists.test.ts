import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { member } from "#app/db/schema/organizations.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { loader as members } from "#app/routes/api/v1.ts";
import { loader as exported } from "#app/routes/organizations/members.export.ts";
import { loader as membersPage } from "#app/routes/organizations/members.tsx";
import { anOrganization, aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aScope, waysOf } from "#app/test/plans.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { MEMBERS_COUNTED } from "../limits.ts";
import { memberSorts } from "./member-sorts.ts";
import { type MembersPage, membersPage as planOf } from "./members.server.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

async function listed(team: Team, search: Record<string, string>, as: Colleague = team.owner) {
  const at = team.at("members");
  const url = `/api/v1/pages${at.url}?${new URLSearchParams(search)}`;
  const { status, body, services } = await ask(members, { ...at, url, cookie: as.cookie });
  return { status, trips: services.trace.trips, found: (body as { members: MembersPage }).members };
}

async function namesIn(team: Team, search: Record<string, string>) {
  return (await listed(team, search)).found.members.map(({ name }) => name);
}

async function csvOf(team: Team, { search = "", as = team.owner }: { search?: string; as?: Colleague } = {}) {
  const at = team.at("members/export");
  const { status, body, services } = await ask(exported, { ...at, url: at.url + search, cookie: as.cookie });
  const response = body as Response;
  return { status, response, services, text: status === 200 ? await response.text() : "" };
}

/** Lets new people join in this order, a day apart, and makes their search texts. */
async function joinAs(team: Team, named: readonly { name: string; role: "member" | "admin" }[]) {
  for (const [day, { name, role }] of named.entries()) {
    const person = await aPerson(db, { name });
    await team.join(role, person);
    await db
      .update(member)
      .set({ createdAt: new Date(Date.UTC(2020, 0, 1 + day)) })
      .where(sql`${member.userId} = ${person.id}`);
    await makeSearchTexts(db, person.id);
  }
}

test("members of a role are counted to a thousand, and the page says that there are more", async () => {
  const team = await aTeam(db);
  const { id } = team.organization;
  const others = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MEMBERS_COUNTED})`;
  const other = sql`${`${id}-`} || i`;
  await db.batch([
    db.run(sql`update organization set member_limit = ${2 * MEMBERS_COUNTED} where id = ${id}`),
    db.run(sql`
      insert into user (id, name, email, email_verified) ${others} select ${other}, 'Person', ${other} || '@person.test', 1 from n`),
    db.run(sql`
      insert into member (id, organization_id, user_id, role) ${others} select ${other}, ${id}, ${other}, 'member' from n`),
  ]);
  const { found } = await listed(team, { role: "member", page: "40" });
  expect(found).toMatchObject({ total: MEMBERS_COUNTED, hasMore: true, pages: 40 });
  expect(found.members).toHaveLength(25);
  expect((await listed(team, { role: "owner" })).found).toMatchObject({ total: 1, hasMore: false, pages: 1 });
});

test("members are sorted by name in any case and with any accents, by role and by when they joined, both ways", async () => {
  const team = await aTeam(db);
  await joinAs(team, [
    { name: "zoe", role: "member" },
    { name: "Émile", role: "admin" },
    { name: "ada", role: "member" },
    { name: "Eva", role: "member" },
  ]);
  const others = ["Some owner", "Some admin", "Some member"];
  for (const { person } of [team.owner, team.admin, team.plain]) await makeSearchTexts(db, person.id);
  const byName = ["ada", "Émile", "Eva", "Some admin", "Some member", "Some owner", "zoe"];
  const byRole = ["Some owner", "Émile", "Some admin", "zoe", "ada", "Eva", "Some member"];
  const byTime = ["zoe", "Émile", "ada", "Eva", ...others];
  for (const [sort, names] of Object.entries({ name: byName, role: byRole, joined: byTime })) {
    expect(await namesIn(team, { sort }), sort).toEqual(names);
    expect(await namesIn(team, { sort: `-${sort}` }), `-${sort}`).toEqual(names.toReversed());
  }
  expect(await namesIn(team, {}), "owners come first and members last").toEqual(byRole);
  expect(await namesIn(team, { role: "admin", sort: "-name" })).toEqual(["Some admin", "Émile"]);
  expect(await namesIn(team, { role: "member", sort: "joined" })).toEqual(["zoe", "ada", "Eva", "Some member"]);
  expect(await namesIn(team, { search: "some", role: "", sort: "-joined" })).toEqual(others.toReversed());
  expect((await listed(team, { search: "some", role: "owner" })).found).toMatchObject({ total: 1, pages: 1 });
  for (const wrong of [{ sort: "email" }, { role: "boss" }]) expect((await listed(team, wrong)).status).toBe(400);
});

test("a filter and an order apply to every page, in one trip each, and the total is that of the role", async () => {
  const team = await aTeam(db);
  await joinAs(
    team,
    Array.from({ length: 26 }, (_, index) => ({ name: `Nina ${String(index).padStart(2, "0")}`, role: "member" })),
  );
  for (const sort of memberSorts) {
    const pages = await Promise.all([1, 2].map((page) => listed(team, { role: "member", sort, page: String(page) })));
    expect(pages.map(({ trips }) => trips)).toEqual([1, 1]);
    expect(pages.map(({ found }) => [found.total, found.pages, found.members.length])).toEqual([
      [27, 2, 25],
      [27, 2, 2],
    ]);
    const ids = pages.flatMap(({ found }) => found.members.map(({ id }) => id));
    expect(new Set(ids).size, sort).toBe(27);
    const names = pages
      .flatMap(({ found }) => found.members.map(({ name }) => name))
      .filter((name) => /^Nina/.test(name));
    expect(names, sort).toEqual(sort.startsWith("-") ? names.toSorted().toReversed() : names.toSorted());
  }
  const at = team.at("members");
  const far = await ask(membersPage, {
    ...at,
    url: `${at.url}?role=member&sort=-name&page=9`,
    cookie: team.owner.cookie,
  });
  expect((far.body as Response).headers.get("Location")).toBe(`${at.url}?role=member&sort=-name&page=2`);
});

test("every order of members uses an index, so that only the rows of a page are sorted", async () => {
  const indexes = {
    role: "member_organization_rank",
    name: "search_text_member_names",
    joined: "member_organization_joined",
  };
  for (const sort of memberSorts) {
    for (const role of [undefined, "member"] as const) {
      const ways = await waysOf(db, planOf(aScope(db), { page: 2, search: "", role, sort }));
      const said = `${sort} ${role}: ${ways.join("; ")}`;
      const byRank = role !== undefined && sort.endsWith("joined");
      const index = byRank ? indexes.role : indexes[sort.replace("-", "") as keyof typeof indexes];
      expect(said).toContain(index);
      expect(said.match(/TEMP B-TREE FOR ORDER BY/g) ?? [], said).toHaveLength(1);
      expect(said).not.toMatch(/SCAN (member|user|search_text)\b/);
    }
  }
});

test("only people who may manage members see who has an authenticator app or a passkey", async () => {
  const team = await aTeam(db);
  const [withApp, withKey] = [await team.join("member"), await team.join("member")];
  await db.insert(authenticator).values({ id: crypto.randomUUID(), userId: withApp.person.id });
  await db.insert(passkey).values({
    ...{ id: crypto.randomUUID(), userId: withKey.person.id, name: "Phone", credentialId: crypto.randomUUID() },
    ...{ publicKey: "key", counter: 0, transports: [] },
  });
  for (const as of [team.owner, team.admin]) {
    const { found } = await listed(team, {}, as);
    const having = found.members.filter(({ hasTwoFactor }) => hasTwoFactor).map(({ id }) => id);
    expect(having.sort()).toEqual([withApp.member, withKey.member].sort());
    expect(found.members.filter(({ hasTwoFactor }) => hasTwoFactor === null)).toEqual([]);
  }
  expect((await listed(team, {}, team.plain)).status).toBe(403);
  const { id } = await anOrganization(db, {
    id: "organization",
    members: [{ person: withApp.person, role: "member" }],
  });
  const scope = { ...aScope(db), organizationIf: () => sql<string>`null` };
  const asked = planOf(scope as ReturnType<typeof aScope>, { page: 1, search: "", role: undefined, sort: "role" });
  const rows = (await asked.statements[0]) as unknown as { hasTwoFactor: unknown }[];
  expect([id, rows.map(({ hasTwoFactor }) => hasTwoFactor)]).toEqual(["organization", [null]]);
});

test("the list of members contains the viewer's role and the organization's number of owners", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  await other.join("owner");
  const seen = async (as: Colleague) => {
    const { viewerRole, owners } = (await listed(team, {}, as)).found;
    return [viewerRole, owners];
  };
  expect([await seen(team.owner), await seen(team.admin)]).toEqual([
    ["owner", 1],
    ["admin", 1],
  ]);
  const second = await team.join("owner");
  expect(await seen(second)).toEqual(["owner", 2]);
});

test("the CSV contains only members of this organization, can be filtered by role, and has no formulas", async () => {
  const team = await aTeam(db);
  const stranger = await (await aTeam(db)).join("member");
  await joinAs(team, [
    { name: '=HYPERLINK("http://evil.test")', role: "member" },
    ...["+1+1", "-1+1", "@SUM(A1)"].map((name) => ({ name, role: "member" as const })),
    { name: 'Comma, "quote"', role: "admin" },
  ]);
  const { text, response, services } = await csvOf(team);
  expect(response.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("Content-Disposition")).toMatch(
    /^attachment; filename="example-.*-members-\d{4}-\d\d-\d\d\.csv"$/,
  );
  expect(services.trace.trips).toBe(2);
  const lines = text.split("\r\n");
  expect(lines[0]).toBe("name,email,role,joined,last_active,two_factor");
  expect(lines[1]).toMatch(/^"'=HYPERLINK\(""http:\/\/evil\.test""\)",\S+@person\.test,member,2020-01-01T\S+,,no$/);
  expect(lines.slice(2, 5).map((line) => line.split(",")[0])).toEqual(["'+1+1", "'-1+1", "'@SUM(A1)"]);
  expect(text).toContain('"Comma, ""quote""",');
  expect(text).not.toContain(stranger.person.email);
  expect(lines).toHaveLength(1 + 8 + 1);
  const { text: admins } = await csvOf(team, { search: "?role=admin", as: team.admin });
  expect(admins.match(/,admin,/g)).toHaveLength(2);
  expect(admins).not.toContain(",member,");
  expect((await csvOf(team, { as: team.plain })).status).toBe(403);
  expect((await csvOf(team, { as: stranger })).status).toBe(404);
});

test("the CSV of many members is read in chunks, one trip for each chunk", async () => {
  const team = await aTeam(db, { memberLimit: 2000 });
  const { id } = team.organization;
  await db.run(sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1100)
    insert into user (id, name, email) select ${id} || i, 'Person ' || i, i || '@' || ${id} || '.test' from n`);
  await db.run(sql`insert into member (id, organization_id, user_id, role, created_at)
    select id, ${id}, id, 'member', 7 from user where email like '%@' || ${id} || '.test'`);
  const { text, services } = await csvOf(team);
  const emails = text.split("\r\n").map((line) => line.split(",")[1]);
  expect(new Set(emails).size).toBe(1 + 3 + 1100 + 1);
  expect(services.trace.trips).toBe(1 + 3);
});
