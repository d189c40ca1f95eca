import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { member } from "#app/db/schema/organizations.ts";
import { searchText } from "#app/db/schema/search.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { dataOf } from "#app/query-client.ts";
import { loader as data } from "#app/routes/api/v1.ts";
import { loader as exported } from "#app/routes/organizations/audit.export.ts";
import { loader as auditPage } from "#app/routes/organizations/audit.tsx";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { aKey, aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { makeEntryForms } from "./entry-search.server.ts";
import type { AuditPage } from "./log.server.ts";
import { sealEntriesSince } from "./seals.server.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;
type Values = Partial<typeof auditEntry.$inferInsert>;

async function write(team: Team, entries: Values[]) {
  const rows = entries.map((values, index) => ({
    id: crypto.randomUUID(),
    organizationId: team.organization.id,
    actorId: team.owner.person.id,
    action: "invitation.resent",
    createdAt: new Date(THEN + index),
    ...values,
  }));
  for (let at = 0; at < rows.length; at += 50) await db.insert(auditEntry).values(rows.slice(at, at + 50));
  return rows.map(({ id }) => id);
}

/** Later than anything that other tests write. */
const THEN = 1_800_000_000_000;
const seal = () => sealEntriesSince(db, new Date(THEN));

/** A run makes a limited number of texts, and other tests leave entries without one, so this looks again after each run. */
function bySchedule<T>(look: () => PromiseLike<T>) {
  return expect.poll(async () => {
    await makeEntryForms(db);
    return look();
  });
}

async function asked(team: Team, search: Record<string, string>) {
  const at = team.at("audit");
  const url = `/api/v1/pages${at.url}?${new URLSearchParams(search)}`;
  const { status, body, services } = await ask(data, { ...at, url, cookie: team.owner.cookie });
  return { status, page: body as AuditPage, trips: services.trace.trips };
}

async function found(team: Team, search: string, more: Record<string, string> = {}) {
  const { status, page, trips } = await asked(team, { search, ...more });
  expect({ status, trips }, search).toEqual({ status: 200, trips: 1 });
  return page.entries.map(({ targetName }) => targetName);
}

test("an entry is found by a part of its target, sealed or not, in any case and without accents", async () => {
  const team = await aTeam(db);
  await write(team, [
    { targetName: "Zürich, Seefeld.jpg" },
    { targetName: "ann@xn--e1afmkfd.xn--p1ai", action: "invitation.created" },
    {
      targetName: "New one",
      before: { name: "Former name" },
      after: { name: "New one" },
      action: "organization.renamed",
    },
    { targetName: '50% "off" (a_b)' },
  ]);
  expect(await found(team, "seefeld")).toEqual(["Zürich, Seefeld.jpg"]);
  await seal();
  for (const [search, names] of Object.entries({
    "zurich, see": ["Zürich, Seefeld.jpg"],
    "FELD.JPG": ["Zürich, Seefeld.jpg"],
    z: ["Zürich, Seefeld.jpg"],
    "пример.рф": ["ann@xn--e1afmkfd.xn--p1ai"],
    "ann@": ["ann@xn--e1afmkfd.xn--p1ai"],
    "former n": ["New one"],
    "0% ": ['50% "off" (a_b)'],
    '"off"': ['50% "off" (a_b)'],
    a_b: ['50% "off" (a_b)'],
    axb: [],
  })) {
    expect(await found(team, search), search).toEqual(names);
  }
});

test("an entry is found by who did it, former members and keys too, and by the start of its IP address", async () => {
  const team = await aTeam(db);
  const [gone, other] = [await aPerson(db, { name: "Ýmir Gone" }), await aPerson(db, { name: "Ýmir Elsewhere" })];
  for (const { id } of [gone, other]) await makeSearchTexts(db, id);
  const { id: key } = await aKey(db, { organizationId: team.organization.id, name: "Nightly import" });
  await write(team, [
    { targetName: "by gone", actorId: gone.id, ipAddress: "203.0.113.7" },
    { targetName: "by key", actorId: key, actorKind: "key", ipAddress: "2001:db8::7" },
    { targetName: "by owner", ipAddress: "203.0.114.9" },
  ]);
  await seal();
  expect(await found(team, "ymir")).toEqual(["by gone"]);
  expect(await found(team, "NIGHTLY")).toEqual(["by key"]);
  expect(await found(team, "203.0.11")).toEqual(["by owner", "by gone"]);
  expect(await found(team, "203.0.113.")).toEqual(["by gone"]);
  expect(await found(team, "2001:DB8:")).toEqual(["by key"]);
  expect(await found(team, "113.7")).toEqual([]);
});

test("a search finds nothing of another organization, in the page, the files and the API", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const word = `w${crypto.randomUUID().slice(0, 8)}`;
  const actor = await aPerson(db, { name: `Actor ${word}` });
  await makeSearchTexts(db, actor.id);
  for (const each of [team, other]) {
    await write(each, [
      { targetName: `${word} of ${each.organization.id}`, ipAddress: "198.51.100.77" },
      { targetName: `theirs of ${each.organization.id}`, actorId: actor.id },
    ]);
  }
  const own = [`theirs of ${team.organization.id}`, `${word} of ${team.organization.id}`];
  for (const isSealed of [false, true]) {
    if (isSealed) await seal();
    expect((await found(team, word)).sort()).toEqual([...own].sort());
    expect((await asked(team, { search: word })).page.total).toBe(2);
    expect(await found(team, "198.51.100.77")).toEqual([own[1]]);
    expect((await asked(team, { search: "198.51.100.77" })).page.total).toBe(1);
    for (const format of ["csv", "json"]) {
      const at = team.at("audit/export");
      const url = `${at.url}?${new URLSearchParams({ search: word, format })}`;
      const { body } = await ask(exported, { ...at, url, cookie: team.owner.cookie });
      const text = format === "csv" ? await (body as Response).text() : JSON.stringify(body);
      expect(
        own.every((name) => text.includes(name)),
        format,
      ).toBe(true);
      expect(text).not.toContain(other.organization.id);
    }
    const url = `/api/v1/organizations/${team.organization.slug}/audit?search=${word}`;
    const { status, body } = await ask(data, { url, cookie: team.owner.cookie });
    expect({ status, names: (body as { data: { target: string }[] }).data.length }).toEqual({ status: 200, names: 2 });
    expect(JSON.stringify(body)).not.toContain(other.organization.id);
  }
});

test("a range of days that ends before it begins is refused on the page, in the API and in exports", async () => {
  const team = await aTeam(db);
  await write(team, [{ targetName: "anything" }]);
  const { cookie } = team.owner;
  const reversed = "from=2026-02-02&to=2026-02-01";
  const list = `/api/v1/organizations/${team.organization.slug}/audit`;
  const refused = await ask(data, { url: `${list}?${reversed}`, cookie });
  const message = "This day is before the first one.";
  expect([refused.status, refused.body]).toEqual([
    400,
    expect.objectContaining({ code: "invalid", errors: [{ pointer: "/to", code: "invalid", message }] }),
  ]);
  expect((await ask(data, { url: `${list}?from=2026-02-01&to=2026-02-01`, cookie })).status).toBe(200);
  const shown = async (search: string) => {
    const at = team.at("audit");
    const { status, body } = await ask(auditPage, { ...at, url: `${at.url}?${search}`, cookie });
    const { query } = body as Awaited<ReturnType<typeof auditPage>>["data"];
    return [status, (dataOf(query) as AuditPage).entries.length];
  };
  expect(await shown(reversed)).toEqual([400, 0]);
  expect(await shown("from=2026-02-01&to=2099-02-01")).toEqual([200, 1]);
  for (const format of ["csv", "json"]) {
    const at = team.at("audit/export");
    const { status, body } = await ask(exported, { ...at, url: `${at.url}?${reversed}&format=${format}`, cookie });
    expect([status, body], format).toEqual([400, expect.objectContaining({ fields: { to: [message] } })]);
  }
});

test("a search takes any text literally, so that it is neither an operator nor a fault", async () => {
  const team = await aTeam(db);
  const odd = ["🏔️ 山", "O'Neil", "a OR b", "x* NEAR(y)", "-minus", "{curly}", "back\\slash", "@", "%", "_", "^a", ":b"];
  await write(
    team,
    odd.map((targetName) => ({ targetName })),
  );
  await seal();
  for (const search of odd) expect(await found(team, search), search).toContain(search);
  expect(await found(team, "🏔")).toEqual(["🏔️ 山"]);
  expect(await found(team, "a OR z")).toEqual([]);
  expect(await found(team, "%")).toEqual(["%"]);
  for (const search of [
    "\u0301",
    "\u200b",
    "x".repeat(200),
    "é".repeat(300),
    '" OR "',
    "'; --",
    "\u0000",
    "NOT",
    "*",
  ]) {
    expect((await found(team, search)).filter((name) => !odd.includes(name ?? ""))).toEqual([]);
  }
  expect(await found(team, "  "), "an empty search finds everything").toHaveLength(odd.length);
});

test("a search combines with the other filters, and its pages show each entry once, even of one moment", async () => {
  const team = await aTeam(db);
  const at = new Date(THEN);
  await write(
    team,
    Array.from({ length: 120 }, (_, index) => ({ targetName: `match ${index}`, createdAt: at })),
  );
  await write(team, [
    { targetName: "match by plain", actorId: team.plain.person.id, action: "invitation.revoked" },
    { targetName: "other" },
  ]);
  await seal();
  const first = (await asked(team, { search: "match" })).page;
  expect([first.total, first.entries.length, first.newer]).toEqual([121, 50, null]);
  const second = (await asked(team, { search: "match", before: first.older ?? "" })).page;
  const third = (await asked(team, { search: "match", before: second.older ?? "" })).page;
  const ids = [first, second, third].flatMap(({ entries }) => entries.map(({ id }) => id));
  expect([ids.length, new Set(ids).size, third.older]).toEqual([121, 121, null]);
  const back = (await asked(team, { search: "match", after: third.newer ?? "" })).page;
  expect(back.entries).toEqual(second.entries);
  const actor = team.plain.person.id;
  expect(await found(team, "match", { actor })).toEqual(["match by plain"]);
  expect(await found(team, "match", { action: "invitation.revoked", from: "2027-01-15" })).toEqual(["match by plain"]);
  expect(await found(team, "match", { action: "invitation.revoked", to: "2027-01-14" })).toEqual([]);
  expect(await found(team, "other", { actor })).toEqual([]);
});

test("a name that was erased from the log is no longer found and no longer in the index", async () => {
  const team = await aTeam(db);
  const name = `Erased ${crypto.randomUUID()}`;
  const [id = ""] = await write(team, [{ targetName: name }]);
  await seal();
  expect(await found(team, name)).toEqual([name]);
  await db.update(auditEntry).set({ targetName: null }).where(eq(auditEntry.id, id));
  expect(await found(team, name)).toEqual([]);
  const kept = db
    .select()
    .from(searchText)
    .where(and(eq(searchText.kind, "entry"), eq(searchText.id, id)));
  await bySchedule(() => kept).toMatchObject([{ form: "" }]);
  const piece = Buffer.from("era").toString("hex");
  const indexed = sql`select rowid from search_index where search_index match ${`"entry-${team.organization.id}-${piece}"`}`;
  expect(await db.all(indexed)).toEqual([]);
  await db.delete(auditEntry).where(eq(auditEntry.id, id));
  expect(await db.$count(searchText, eq(searchText.id, id))).toBe(0);
});

test("an entry gets its search text after the response; one without is found, and the schedule adds it", async () => {
  const team = await aTeam(db);
  const at = team.at(`members/${team.plain.member}/role`, { member: team.plain.member });
  await ask(changeRole, { ...at, cookie: team.owner.cookie, form: { role: "admin" } });
  const forms = () =>
    db
      .select({ form: searchText.form })
      .from(searchText)
      .where(and(eq(searchText.kind, "entry"), eq(searchText.organizationId, team.organization.id)));
  const name = team.plain.person.name;
  expect(await forms()).toEqual([{ form: name.toLowerCase() }]);
  await db.update(searchText).set({ form: null }).where(eq(searchText.organizationId, team.organization.id));
  expect(await found(team, name)).toContain(name);
  await bySchedule(forms).toEqual([{ form: name.toLowerCase() }]);
  expect(await db.$count(member, eq(member.organizationId, team.organization.id))).toBe(3);
});
