import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { MembersPage } from "#app/organizations/members/members.server.ts";
import type { Found } from "#app/palette/palette.server.ts";
import { loader as members, loader as palette } from "#app/routes/api/v1.ts";
import { action as renameOrganization } from "#app/routes/organizations/settings.tsx";
import { action as rename } from "#app/routes/settings/account.tsx";
import { aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { spellings } from "#app/test/spellings.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { member, organization } from "./schema/organizations.ts";
import { people, user } from "./schema/people.ts";
import { searchText } from "./schema/search.ts";
import { makeSearchTexts, searchStatement } from "./search.server.ts";

const db = testDatabase();

async function inPalette({ cookie }: Colleague, query: string) {
  const { body } = await ask(palette, { url: `/api/v1/pages/palette?${new URLSearchParams({ query })}`, cookie });
  return body as Found;
}

test("an organization and a person are found by every spelling of their names", async () => {
  for (const [name, typed] of Object.entries(spellings)) {
    const team = await aTeam(db);
    const { owner } = team;
    await ask(renameOrganization, { ...team.at("settings"), cookie: owner.cookie, form: { name } });
    await ask(rename, { url: "/settings/account", cookie: owner.cookie, form: { name } });
    for (const query of typed) {
      const found = await inPalette(owner, query);
      const kept = name.normalize("NFC");
      // The made-up addresses of colleagues can contain the typed digits, so theirs can be found too.
      for (const kind of [found.organizations, found.members ?? []]) {
        expect(
          kind.map((each) => each.name),
          query,
        ).toContain(kept);
      }
    }
    expect((await inPalette(owner, "Qqq")).organizations).toEqual([]);
  }
});

test("members are found by their address, in its own letters, in ASCII and as pasted", async () => {
  const team = await aTeam(db);
  const email = `ann-${crypto.randomUUID()}@xn--e1afmkfd.xn--p1ai`;
  const person = await aPerson(db, { email });
  await team.join("member", person);
  await makeSearchTexts(db, person.id);
  const at = team.at("members");
  for (const search of ["прим", "ПРИМЕР.РФ", "xn--e1af", email, `Ann <${email}>`, email.replace(/@.*/, "@пример.рф")]) {
    const url = `/api/v1/pages${at.url}?${new URLSearchParams({ search })}`;
    const { body } = await ask(members, { ...at, url, cookie: team.owner.cookie });
    expect(
      (body as { members: MembersPage }).members.members.map((found) => found.email),
      search,
    ).toEqual([email]);
  }
});

test("old rows are tidied later, and searches find them until then", async () => {
  const name = "Jose\u0301\u202e Старый";
  const team = await aTeam(db, { name });
  const unknown = `old-${crypto.randomUUID()}@`;
  const person = await aPerson(db, { name, email: `${unknown}пример.рф` });
  expect((await inPalette(team.owner, "СТАРЫЙ")).organizations).toHaveLength(1);
  for (const { id } of [team.organization, person]) {
    expect(await makeSearchTexts(db, id)).toBe(1);
    expect(await makeSearchTexts(db, id)).toBe(0);
  }
  expect(
    await db.$count(organization, and(eq(organization.id, team.organization.id), eq(organization.name, "José Старый"))),
  ).toBe(1);
  const [tidied] = await db.select().from(user).where(eq(user.id, person.id));
  expect(tidied).toMatchObject({ name: "José Старый", email: `${unknown}xn--e1afmkfd.xn--p1ai` });
  expect((await inPalette(team.owner, "jose стар")).organizations).toHaveLength(1);
});

test("a part of a name is found, of one letter or of many, in the middle of a word too", async () => {
  const team = await aTeam(db);
  const called = async (name: string) => {
    const person = await aPerson(db, { name, email: `${crypto.randomUUID()}@qq.qq` });
    await team.join("member", person);
    await makeSearchTexts(db, person.id);
    return name;
  };
  const names = [
    await called("Zürich, Seefeld 🏔️"),
    await called("東京タワーの夜"),
    await called('50% "off" (a-b)'),
    await called("Day 2026-11-28 #3"),
  ];
  const sought: Record<string, number[]> = {
    z: [0],
    ric: [0],
    "h, s": [0],
    seefeld: [0],
    "zurich, seefeld": [0],
    "🏔": [0],
    京: [1],
    タワー: [1],
    の夜: [1],
    "0%": [2],
    '"off" (': [2],
    "(a-b": [2],
    eld: [0],
    "-11-28 ": [3],
    "day 2026-11-28 #3": [3],
    "y 20": [3],
    "2026-1": [3],
    "2026-28": [],
    "yesterday 2026-11-28": [],
    "seefeld zurich": [],
    zzrich: [],
    "eef💧": [],
  };
  for (const [query, places] of Object.entries(sought)) {
    const found = (await inPalette(team.owner, query)).members?.map(({ name }) => name);
    expect(found, query).toEqual(places.map((place) => names[place]));
  }
});

test("a search finds only members of its own organization, the newest first, up to a limit", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const word = `w${crypto.randomUUID().slice(0, 8)}`;
  for (const { organization } of [other, team]) {
    const people = await Promise.all(Array.from({ length: 110 }, (_, at) => aPerson(db, { name: `${word} ${at}` })));
    await db.insert(member).values(
      people.map(({ id: userId }, at) => ({
        ...{ id: crypto.randomUUID(), organizationId: organization.id, userId },
        role: at === 0 ? ("admin" as const) : ("member" as const),
      })),
    );
    // Without an id, it would do the same for the people of all earlier tests.
    for (const { id } of people) await makeSearchTexts(db, id);
  }
  const pageOf = async (search: string) => {
    const at = team.at("members");
    const { body } = await ask(members, {
      ...at,
      url: `/api/v1/pages${at.url}?search=${search}`,
      cookie: team.owner.cookie,
    });
    return (body as { members: MembersPage }).members;
  };
  expect(await pageOf(word)).toMatchObject({ total: 100, hasMore: true, pages: 4 });
  const pages = await Promise.all([1, 2, 3, 4].map((page) => pageOf(`${word}&page=${page}`)));
  const shown = pages.flatMap(({ members }) => members.map(({ name }) => name));
  expect(shown).toHaveLength(100);
  expect(
    shown.filter((name) => /^\S+ [0-8]$/.test(name)),
    "the nine earliest members are left out",
  ).toEqual([]);
  expect(await pageOf(`${word} 10`)).toMatchObject({ total: 11, hasMore: false, pages: 1 });
  const admins = await pageOf(`${word}&role=admin`);
  expect(admins, "the role is found, however many others come before it").toMatchObject({ total: 1, hasMore: false });
  expect(admins.members.map(({ name }) => name)).toEqual([`${word} 0`]);
  expect((await inPalette(team.owner, word)).members).toHaveLength(6);
  await db.delete(member).where(eq(member.organizationId, team.organization.id));
  const indexed = sql`select count(*) as count from search_index where search_index match ${`"member-${team.organization.id}-${Buffer.from("w").toString("hex")}"`}`;
  expect(await db.all(indexed)).toEqual([{ count: 0 }]);
});

test("a member is found by the name of today, and in an organization joined later", async () => {
  const [team, later] = [await aTeam(db), await aTeam(db)];
  const person = await aPerson(db, { name: "Formerly Quux" });
  await team.join("member", person);
  await makeSearchTexts(db, person.id);
  await later.join("member", person);
  const namesIn = async ({ owner }: typeof team, query: string) =>
    (await inPalette(owner, query)).members?.map(({ name }) => name);
  for (const each of [team, later]) expect(await namesIn(each, "quux")).toEqual(["Formerly Quux"]);
  await db.update(user).set({ name: "Nowadays Xyzzy" }).where(eq(user.id, person.id));
  for (const each of [team, later]) expect(await namesIn(each, "xyzzy")).toEqual(["Nowadays Xyzzy"]);
  await makeSearchTexts(db, person.id);
  for (const each of [team, later]) {
    expect(await namesIn(each, "YZZ")).toEqual(["Nowadays Xyzzy"]);
    expect(await namesIn(each, "quux")).toEqual([]);
  }
});

test("a renamed organization is found only by its new name, and a search text is deleted with its row", async () => {
  const team = await aTeam(db);
  const { id } = team.organization;
  const [one, two] = [`one ${id}`.slice(0, 40), `two ${id}`.slice(0, 40)];
  await db.update(organization).set({ name: one }).where(eq(organization.id, id));
  await makeSearchTexts(db, id);
  await db.update(organization).set({ name: two }).where(eq(organization.id, id));
  expect((await inPalette(team.owner, one)).organizations).toEqual([]);
  expect((await inPalette(team.owner, two)).organizations).toHaveLength(1);
  const ids = [id, team.plain.person.id];
  expect(await db.$count(searchText, inArray(searchText.id, ids))).toBe(2);
  await db.delete(organization).where(eq(organization.id, id));
  await db.delete(user).where(eq(user.id, team.plain.person.id));
  expect(await db.$count(searchText, inArray(searchText.id, ids))).toBe(0);
});

test("a text in a column of any name can be searched", async () => {
  const { id, email } = await aPerson(db);
  await db.update(searchText).set({ form: null }).where(eq(searchText.id, id));
  await searchStatement(db, { ...people, texts: [user.email] }, { id, name: email });
  expect(
    await db.$count(searchText, and(eq(searchText.id, id), eq(searchText.kind, "person"), isNotNull(searchText.form))),
  ).toBe(1);
});

test("a name or an address that changes while older ones are tidied stays, and no search text is made of the older one", async () => {
  for (const changed of ["name", "email"] as const) {
    const person = await aPerson(db, { name: "Jose\u0301\u202e", email: `${crypto.randomUUID()}@пример.рф` });
    const later = { name: "Xenia", email: `${crypto.randomUUID()}@qq.qq` }[changed];
    let trips = 0;
    const between = testDatabase({
      fetch: async (input, init) => {
        trips += 1;
        if (trips === 2)
          await db
            .update(user)
            .set({ [changed]: later })
            .where(eq(user.id, person.id));
        return globalThis.fetch(input, init);
      },
    });
    expect(await makeSearchTexts(between, person.id)).toBe(1);
    const [kept] = await db.select().from(user).where(eq(user.id, person.id));
    expect(kept?.[changed]).toBe(later);
    const unmade = and(eq(searchText.id, person.id), isNull(searchText.form));
    expect(await db.$count(searchText, unmade), `the ${changed} has changed`).toBe(1);
    await makeSearchTexts(db, person.id);
    expect(await db.$count(searchText, unmade)).toBe(0);
  }
});

test("an address whose tidied form somebody else has stays as it is, and its person is found", async () => {
  const local = crypto.randomUUID();
  await aPerson(db, { email: `${local}@xn--e1afmkfd.xn--p1ai` });
  const person = await aPerson(db, { email: `${local}@пример.рф` });
  await makeSearchTexts(db, person.id);
  const [kept] = await db.select().from(user).where(eq(user.id, person.id));
  expect(kept?.email).toBe(person.email);
  expect(await makeSearchTexts(db, person.id)).toBe(0);
});

test("an older name that would be too short without its invisible characters stays as it is", async () => {
  const { organization: old } = await aTeam(db, { name: "\u202eA" });
  expect(await makeSearchTexts(db, old.id)).toBe(1);
  expect(await db.$count(organization, and(eq(organization.id, old.id), eq(organization.name, "\u202eA")))).toBe(1);
});

test("a search text without a row is deleted", async () => {
  const id = crypto.randomUUID();
  await db.insert(searchText).values({ kind: "person", id });
  expect(await makeSearchTexts(db, id)).toBe(1);
  expect(await db.$count(searchText, eq(searchText.id, id))).toBe(0);
});

test("a name that was not set gets no search text", async () => {
  const { id, name } = await aPerson(db);
  const unmade = and(eq(searchText.id, id), isNull(searchText.form));
  await db.update(searchText).set({ form: null }).where(eq(searchText.id, id));
  await searchStatement(db, people, { id, name: `${name} too` });
  await searchStatement(db, people, { id, name, where: eq(user.name, "Xenia") });
  expect(await db.$count(searchText, unmade)).toBe(1);
  await searchStatement(db, people, { id, name, where: eq(user.name, name) });
  expect(await db.$count(searchText, unmade)).toBe(0);
});
