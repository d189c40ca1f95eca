import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { createDatabase } from "#app/db/client.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { session, user } from "#app/db/schema/people.ts";
import { TIME_ZONE_COOKIE } from "#app/i18n/time-zone.ts";
import { PRODUCT_SLUG } from "#app/product.ts";
import { servicesContext } from "#app/request/services.server.ts";
import { action as signOut } from "#app/routes/account/sign-out.ts";
import { loader as data } from "#app/routes/api/v1.ts";
import { loader as exported } from "#app/routes/organizations/audit.export.ts";
import { loader as page } from "#app/routes/organizations/audit.tsx";
import { action as verify } from "#app/routes/organizations/audit.verify.ts";
import { aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { placeIn } from "#app/ui/list-place.ts";
import { actionNames } from "./action-words.ts";
import type { AuditAction } from "./actions.ts";
import { ENTRIES_COUNTED } from "./limits.ts";
import type { AuditPage } from "./log.server.ts";
import { logPlace } from "./log-place.ts";
import { AuditVisit } from "./schemas.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;
type Values = Partial<Omit<typeof auditEntry.$inferInsert, "action">> & { action?: AuditAction };

async function write(team: Team, entries: Values[]) {
  for (let at = 0; at < entries.length; at += 100) {
    const rows = entries.slice(at, at + 100).map((values) => ({
      id: crypto.randomUUID(),
      organizationId: team.organization.id,
      actorId: team.owner.person.id,
      action: "invitation.created",
      ...values,
    }));
    await db.insert(auditEntry).values(rows);
  }
}

const numbered = (count: number, values: Values = {}) =>
  Array.from({ length: count }, (_, index) => ({
    targetName: String(index + 1),
    createdAt: new Date(1_700_000_000_000 + index * 1000),
    ...values,
  }));

async function logOf(team: Team, search = "") {
  const at = team.at("audit");
  const answered = await ask(data, { ...at, url: `/api/v1/pages${at.url}${search}`, cookie: team.owner.cookie });
  return { ...(answered.body as AuditPage), trips: answered.services.trace.trips };
}

const names = ({ entries }: Pick<AuditPage, "entries">) => entries.map(({ targetName }) => targetName);

test("the log shows fifty entries a page, newest first, in one trip, and tells how many there are", async () => {
  const team = await aTeam(db);
  await write(team, numbered(120));
  const first = await logOf(team);
  expect([first.trips, first.total, first.entries.length, first.newer]).toEqual([1, 120, 50, null]);
  expect(names(first).slice(0, 2)).toEqual(["120", "119"]);
  const second = await logOf(team, `?before=${first.older}`);
  expect([names(second)[0], names(second).at(-1)]).toEqual(["70", "21"]);
  const third = await logOf(team, `?before=${second.older}`);
  expect([third.entries.length, third.older]).toEqual([20, null]);
  const back = await logOf(team, `?after=${third.newer}`);
  expect(names(back)).toEqual(names(second));
  expect(names(await logOf(team, `?after=${back.newer}`))).toEqual(names(first));
});

test("the total counts the entries that match the filter, on every page", async () => {
  const team = await aTeam(db);
  await write(team, numbered(120));
  await write(team, numbered(60, { action: "member.role-changed", actorId: team.admin.person.id }));
  const day = new Date(1_700_000_000_000).toISOString().slice(0, 10);
  expect((await logOf(team)).total).toBe(180);
  for (const [filter, total] of [
    ["action=member.role-changed", 60],
    [`actor=${team.owner.person.id}`, 120],
    [`actor=${team.owner.person.id}&action=member.role-changed`, 0],
    [`from=${day}&to=${day}`, 180],
    ["to=2020-01-01", 0],
    ["actor=&action=&from=&to=", 180],
  ] as const) {
    const found = await logOf(team, `?${filter}`);
    expect([filter, found.total, found.trips]).toEqual([filter, total, 1]);
    if (found.older) expect((await logOf(team, `?${filter}&before=${found.older}`)).total).toBe(total);
  }
});

test("a filter counts a thousand entries and says that there are more, and the whole log counts all of them", async () => {
  const team = await aTeam(db);
  await write(team, numbered(ENTRIES_COUNTED));
  const filtered = "?action=invitation.created";
  expect(await logOf(team, filtered)).toMatchObject({ total: ENTRIES_COUNTED, hasMore: false });
  await write(team, numbered(2));
  expect(await logOf(team, filtered)).toMatchObject({ total: ENTRIES_COUNTED, hasMore: true });
  expect(await logOf(team)).toMatchObject({ total: ENTRIES_COUNTED + 2, hasMore: false });
});

test("an older page of the log stays the same while new entries arrive", async () => {
  const team = await aTeam(db);
  await write(team, numbered(60));
  const { older } = await logOf(team);
  const before = await logOf(team, `?before=${older}`);
  await write(team, [{ targetName: "new" }]);
  expect(names(await logOf(team, `?before=${older}`))).toEqual(names(before));
});

test("a page past the oldest entry is empty and has no page beside it", async () => {
  const team = await aTeam(db);
  await write(team, numbered(1));
  expect(await logOf(team, "?before=1.an-entry")).toMatchObject({ entries: [], older: null, newer: null });
});

test("entries of one moment are neither shown twice nor skipped", async () => {
  const team = await aTeam(db);
  await write(team, numbered(75, { createdAt: new Date(1_700_000_000_000) }));
  const first = await logOf(team);
  const second = await logOf(team, `?before=${first.older}`);
  expect(new Set([...names(first), ...names(second)]).size).toBe(75);
});

test("the log can be filtered by person, action and days, separately and combined", async () => {
  const team = await aTeam(db);
  const day = (text: string) => new Date(`${text}T12:00:00Z`);
  await write(team, [
    { targetName: "a", createdAt: day("2026-03-01") },
    { targetName: "b", createdAt: day("2026-03-02"), action: "invitation.revoked" },
    { targetName: "c", createdAt: day("2026-03-03"), actorId: team.plain.person.id },
    { targetName: "d", createdAt: day("2026-03-04"), actorId: team.plain.person.id, action: "invitation.revoked" },
  ]);
  const found = async (filter: Record<string, string>) => names(await logOf(team, `?${new URLSearchParams(filter)}`));
  const actor = team.plain.person.id;
  expect(await found({ actor })).toEqual(["d", "c"]);
  expect(await found({ action: "invitation.revoked" })).toEqual(["d", "b"]);
  expect(await found({ actor, action: "invitation.revoked" })).toEqual(["d"]);
  expect(await found({ from: "2026-03-02", to: "2026-03-03" })).toEqual(["c", "b"]);
  expect(await found({ actor: "", action: "", from: "", to: "" }), "empty fields filter nothing").toHaveLength(4);
  for (const wrong of [{ action: "invitation.stolen" }, { from: "yesterday" }, { before: "1" }]) {
    const at = team.at("audit");
    const url = `/api/v1/pages${at.url}?${new URLSearchParams(wrong as Record<string, string>)}`;
    expect((await ask(data, { ...at, url, cookie: team.owner.cookie })).status, JSON.stringify(wrong)).toBe(400);
  }
});

test("the log's days are those of the reader's time zone, in the file as well", async () => {
  const team = await aTeam(db);
  await write(team, [
    { targetName: "dawn", createdAt: new Date("2026-03-01T18:14:59Z") },
    { targetName: "first", createdAt: new Date("2026-03-01T18:15:00Z") },
    { targetName: "last", createdAt: new Date("2026-03-02T18:14:59Z") },
    { targetName: "dusk", createdAt: new Date("2026-03-02T18:15:00Z") },
  ]);
  const cookie = `${team.owner.cookie}; ${TIME_ZONE_COOKIE}=Asia/Kathmandu`;
  const at = team.at("audit");
  const search = "?from=2026-03-02&to=2026-03-02";
  const { body } = await ask(data, { ...at, url: `/api/v1/pages${at.url}${search}`, cookie });
  expect(names(body as AuditPage)).toEqual(["last", "first"]);
  const [token] = team.owner.cookie.split("; ");
  for (const zone of [TIME_ZONE_COOKIE, `${PRODUCT_SLUG}.zone`]) {
    const cold = { ...at, url: `/api/v1/pages${at.url}${search}`, cookie: `${token}; ${zone}=Asia/Kathmandu` };
    const { body, services } = await ask(data, cold);
    expect(names(body as AuditPage), "without a cookie cache").toEqual(["last", "first"]);
    expect(services.trace.serverTiming()).toContain('desc="1 trip"');
  }
  const file = await ask(exported, {
    ...team.at("audit/export"),
    url: `${team.at("audit/export").url}${search}`,
    cookie,
  });
  const text = await (file.body as Response).text();
  expect(["dawn", "first", "last", "dusk"].filter((name) => text.includes(name))).toEqual(["first", "last"]);
});

test("one organization's log holds nothing of another", async () => {
  const [mine, theirs] = [await aTeam(db), await aTeam(db)];
  await write(theirs, numbered(3));
  expect((await logOf(mine)).entries).toEqual([]);
  const at = theirs.at("audit");
  expect((await ask(data, { ...at, url: `/api/v1/pages${at.url}`, cookie: mine.owner.cookie })).status).toBe(404);
  for (const { cookie } of [theirs.admin, theirs.plain]) {
    expect((await ask(data, { ...at, url: `/api/v1/pages${at.url}`, cookie })).status).toBe(403);
    expect((await ask(page, { ...at, cookie })).status).toBe(403);
    expect((await ask(exported, { ...theirs.at("audit/export"), cookie })).status).toBe(403);
  }
});

test("a person whose account is gone stays in the log under a pseudonym", async () => {
  const team = await aTeam(db);
  await write(team, [{ actorId: team.plain.person.id }]);
  await db.delete(user).where(eq(user.id, team.plain.person.id));
  const [entry] = (await logOf(team)).entries;
  expect(entry?.actor).toEqual({ kind: "person", id: team.plain.person.id, name: null, image: null });
});

test("the log does not name a person who did nothing here, even when it is filtered by their id", async () => {
  const team = await aTeam(db);
  const stranger = await aPerson(db);
  await write(team, numbered(1));
  const chosen = async ({ id }: { id: string }) => (await logOf(team, `?actor=${id}`)).chosen;
  expect(await chosen(stranger)).toEqual({ id: stranger.id, name: null });
  await write(team, [{ actorId: stranger.id }]);
  expect(await chosen(stranger)).toEqual({ id: stranger.id, name: stranger.name });
});

test("the CSV holds every entry that the filter lets through, and no formula", async () => {
  const team = await aTeam(db);
  await write(team, numbered(150));
  await write(team, [
    { targetName: '=HYPERLINK("http://evil.test")', action: "invitation.revoked" },
    {
      targetName: 'Comma, "quote"\nand line',
      action: "invitation.revoked",
      after: { name: "x" },
      ipAddress: "203.0.113.9",
    },
  ]);
  const read = async (search = "") => {
    const at = team.at("audit/export");
    const { body } = await ask(exported, { ...at, url: at.url + search, cookie: team.owner.cookie });
    return { response: body as Response, text: await (body as Response).text() };
  };
  const { response, text } = await read();
  expect(response.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("Content-Disposition")).toMatch(
    /^attachment; filename="example-.*-audit-\d{4}-\d\d-\d\d\.csv"$/,
  );
  expect(
    text.startsWith("time,actor,actor_kind,actor_id,via,action,target,before,after,address,sequence,hash\r\n"),
  ).toBe(true);
  expect(text.match(/invitation\.created/g)).toHaveLength(150);
  const { text: few } = await read("?action=invitation.revoked");
  expect(few).not.toContain("invitation.created");
  expect(few).toContain(`"'=HYPERLINK(""http://evil.test"")"`);
  expect(few).toContain('"Comma, ""quote""\nand line"');
});

test("the CSV of a long log is read in chunks, one trip per chunk", async () => {
  const team = await aTeam(db);
  const rows = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 11000)
    insert into audit_entry (id, organization_id, actor_id, action, created_at)
    select lower(hex(randomblob(16))), '${team.organization.id}', 'somebody', 'invitation.created', i / 7 from n`;
  await db.run(rows);
  // The clock stands still: a body that takes seconds has its caller's access checked once more.
  vi.useFakeTimers({ toFake: ["Date"] });
  const { body, services } = await ask(exported, { ...team.at("audit/export"), cookie: team.owner.cookie });
  const text = await (body as Response).text();
  vi.useRealTimers();
  expect(text.match(/\r\n/g)).toHaveLength(11_001);
  expect(services.trace.trips).toBe(1 + 3);
});

test("an export that cannot read the log gets 503 with the request id, not half a file", async () => {
  const team = await aTeam(db);
  const logged = vi.spyOn(console, "error");
  const at = team.at("audit/export");
  const broken = async (args: Parameters<typeof exported>[0]) => {
    args.context.get(servicesContext).db = createDatabase({ url: "http://127.0.0.1:9" });
    return exported(args);
  };
  const answered = await ask(broken, { ...at, cookie: team.owner.cookie });
  expect([answered.status, answered.body]).toEqual([503, { error: "unavailable", requestId: expect.any(String) }]);
  expect(logged).toHaveBeenCalled();
  logged.mockClear();
});

test("signing in and out write entries to the person's own log, not to an organization's", async () => {
  const team = await aTeam(db);
  const opened = await aSession(db, team.plain.person, { ipAddress: "203.0.113.5" });
  const cookie = await cookiesOf(opened);
  await ask(signOut, { url: "/logout", cookie, form: {}, headers: { "cf-connecting-ip": "203.0.113.6" } });
  expect(await db.$count(session, eq(session.id, opened.id))).toBe(0);
  const own = await db.select().from(auditEntry).where(eq(auditEntry.actorId, team.plain.person.id));
  expect(own.slice(-2)).toMatchObject([
    { action: "session.started", ipAddress: "203.0.113.5", organizationId: null },
    { action: "session.ended", ipAddress: "203.0.113.6", organizationId: null },
  ]);
  expect((await logOf(team)).entries).toEqual([]);
});

test("a check redirects back to the same filtered page, and an empty newer page to the first page", async () => {
  const team = await aTeam(db);
  await write(team, numbered(1));
  const filter = "?actor=someone&action=member.left&from=2026-01-31&to=2026-02-01&search=ada";
  const place = `${filter}&before=1700000000000.an-entry`;
  const at = team.at("audit/verify");
  const { cookie } = team.owner;
  const checked = await ask(verify, { ...at, url: at.url + place, cookie, form: {} });
  expect([checked.status, checked.headers.get("Location")]).toEqual([303, team.at("audit").url + place]);
  const log = team.at("audit");
  const newest = await ask(page, { ...log, url: `${log.url}${filter}&after=9700000000000.an-entry`, cookie });
  expect([newest.status, newest.headers.get("Location")]).toEqual([302, log.url + filter]);
});

test("only search parameters that the log accepts are kept from a URL", () => {
  for (const { value: action } of actionNames) {
    const kept = placeIn(logPlace, `?action=${action}&from=2026-12-31&before=1700000000000.an-entry`);
    const taken = AuditVisit.parse({ organization: "acme", ...Object.fromEntries(new URLSearchParams(kept)) });
    expect(taken).toMatchObject({ action, from: "2026-12-31", before: "1700000000000.an-entry" });
  }
  expect(placeIn(logPlace, "?action=nothing.done&from=2026-13-01&to=&before=x&after=1&format=csv")).toBe("");
});
