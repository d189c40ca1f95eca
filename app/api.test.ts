import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { z } from "zod";
import { auditEntry } from "#app/db/schema/audit.ts";
import { image } from "#app/db/schema/gallery.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import type { ApiRow } from "#app/operation/api-row.server.ts";
import type { ReadOperation, WriteOperation } from "#app/operation/operation.server.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { permissions } from "#app/tenancy/permissions.ts";
import { aKey, anInvitation, anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aPicture } from "#app/test/pictures.ts";
import { type Answered, ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { apiRows } from "./api.ts";

const db = testDatabase();

async function aKeyedTeam(permissions?: string[]) {
  const team = await aTeam(db);
  const { id: organizationId, slug } = team.organization;
  const key = await aKey(db, { organizationId, ...(permissions && { permissions }) });
  const root = `/api/v1/organizations/${slug}`;
  const headers = { Authorization: `Bearer ${key.secret}` };
  type Asked = { method?: string; json?: unknown; headers?: Record<string, string>; cookie?: string };
  const call = async (path: string, { headers: more, ...asked }: Asked = {}): Promise<Answered> => {
    const answered = await ask(api as Parameters<typeof ask>[0], {
      url: root + path,
      headers: { ...headers, ...more },
      ...asked,
    });
    return answered;
  };
  const aRow = async (name: string, createdAt = new Date()) => {
    const id = crypto.randomUUID();
    await db.insert(image).values({ id, organizationId, name, type: "image/png", size: 1, createdAt });
    return id;
  };
  return { team, key, root, call, aRow };
}

test("a key lists images page by page, and what comes and goes meanwhile moves nothing", async () => {
  const { call, aRow, root } = await aKeyedTeam();
  const ids: string[] = [];
  for (let place = 0; place < 5; place += 1) ids.unshift(await aRow(`Image ${place}`, new Date(1_000 * place)));
  const first = await call("/images?limit=2");
  expect([first.status, first.services.trace.trips]).toEqual([200, 1]);
  const one = first.body as { data: { id: string }[]; next: string };
  expect(one.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.headers.get("Link")).toBe(`<${root}/images?limit=2&cursor=${one.next}>; rel="next"`);
  await aRow("Newer");
  await db.delete(image).where(eq(image.id, ids[1] ?? ""));
  const rest = await call(`/images?limit=3&cursor=${one.next}`);
  expect(rest.body).toMatchObject({ data: ids.slice(2).map((id) => ({ id })), next: null });
  expect(rest.headers.get("Link")).toBeNull();
});

test("a cursor of another organization's list is refused, and so is a limit that is none", async () => {
  const [mine, theirs] = [await aKeyedTeam(), await aKeyedTeam()];
  for (const name of ["one", "two"]) await theirs.aRow(name);
  const { body } = await theirs.call("/images?limit=1");
  const { next } = body as { next: string };
  for (const [search, pointer] of [
    [`cursor=${next}`, "/cursor"],
    ["cursor=nonsense", "/cursor"],
    ["limit=0", "/limit"],
    ["limit=101", "/limit"],
  ]) {
    const refused = await mine.call(`/images?${search}`);
    expect([refused.status, refused.headers.get("Content-Type")]).toEqual([400, "application/problem+json"]);
    expect(refused.body).toMatchObject({ code: "invalid", errors: [{ pointer }] });
  }
});

test("a key reads, renames and deletes an image, each answer as its schema says", async () => {
  const { call, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  const shown = await call(`/images/${id}`);
  expect(apiRows.find((row) => row.id === "images.get")?.answers?.parse(shown.body)).toEqual(shown.body);
  const renamed = await call(`/images/${id}`, { method: "PATCH", json: { name: "Sea" } });
  expect([renamed.status, renamed.services.trace.trips]).toEqual([204, 2]);
  expect((await call(`/images/${id}`)).body).toMatchObject({ name: "Sea", createdBy: null });
  expect((await call(`/images/${id}`, { method: "DELETE" })).status).toBe(204);
  const gone = await call(`/images/${id}`, { method: "DELETE" });
  expect([gone.status, gone.body]).toEqual([404, expect.objectContaining({ code: "not-found", status: 404 })]);
});

test("what is refused says why by a code that stays, in English, and where in the body", async () => {
  const { call, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  const headers = { "Accept-Language": "de" };
  const { status, body } = await call(`/images/${id}`, { method: "PATCH", json: { name: "" }, headers });
  expect([status, body]).toEqual([
    400,
    {
      type: "/developers#invalid",
      title: "Invalid input",
      status: 400,
      code: "invalid",
      detail: expect.stringMatching(/name/i),
      errors: [{ pointer: "/name", code: "invalid", message: expect.any(String) }],
      requestId: expect.any(String),
    },
  ]);
});

test("a field that no operation knows is refused, and nothing is changed", async () => {
  const { call, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  for (const json of [
    { name: "Sea", size: 1 },
    { name: "Sea", organization: "other" },
    { name: "Sea", image: id },
  ]) {
    const { status, body } = await call(`/images/${id}`, { method: "PATCH", json });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ code: "unknown-field", pointer: `/${Object.keys(json)[1]}` }] });
  }
  expect((await call(`/images/${id}`)).body).toMatchObject({ name: "Lake" });
});

test("no answer is a page: what is not there, what may not be done, and what a browser navigates to", async () => {
  const { call, team } = await aKeyedTeam();
  const asBrowser = { Accept: "text/html", "Sec-Fetch-Dest": "document" };
  const nowhere = await call("/nowhere", { headers: asBrowser });
  expect([nowhere.status, nowhere.body]).toEqual([404, expect.objectContaining({ code: "not-found" })]);
  const put = await call("/images", { method: "PUT", json: {} });
  expect([put.status, put.body]).toEqual([405, expect.objectContaining({ code: "method-not-allowed" })]);
  expect(put.services.trace.headers.get("Allow")).toBe("GET, HEAD, POST, OPTIONS");
  const options = await call("/images", { method: "OPTIONS" });
  expect([options.status, options.services.trace.headers.get("Allow")]).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
  const nobody = await call("/images", { headers: { Authorization: "Bearer nonsense", ...asBrowser } });
  expect([nobody.status, nobody.headers.get("WWW-Authenticate")]).toEqual([401, "Bearer"]);
  const both = await call("/images", { cookie: team.owner.cookie });
  expect([both.status, both.body]).toEqual([400, expect.objectContaining({ code: "two-callers" })]);
  const head = await call("/images", { method: "HEAD" });
  expect([head.status, await (head.body as Response).text?.()]).toEqual([200, ""]);
});

test("a session reads, and writes nothing", async () => {
  const { team, root, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  const at = { cookie: team.owner.cookie, url: `${root}/images/${id}` };
  expect((await ask(api as never, at)).status).toBe(200);
  expect((await ask(api as never, { ...at, method: "DELETE" })).status).toBe(401);
  expect(await db.$count(image, eq(image.id, id))).toBe(1);
});

const modules = import.meta.glob<Record<string, Partial<ReadOperation | WriteOperation>>>(
  ["./**/*operations.server.ts", "!./request/**"],
  { eager: true },
);

/** What a key may use and finds no path to, and why. */
const LEFT_OUT: Record<string, string> = {
  listImages: "numbered pages are for people; images.list goes on after an image",
  listMembers: "numbered pages are for people; members.list goes on after a member",
  listEntries: "pages that go both ways are for people; audit.list goes on after an entry",
  exportLog: "a file for spreadsheets; audit.list has all of it",
  showSettings: "what the settings page says; organization.get says what an organization is",
  openLogo: "a picture of pages",
  giveLogo: "a picture of pages",
  chooseFactors: "takes a person's own second factor",
  leave: "a key is no member",
};

test("every operation that a key may use is in the table, or named as left out", () => {
  const inTable = new Set(apiRows.map(({ operation }) => operation));
  const usable = Object.values(modules)
    .flatMap((module) => Object.entries(module))
    .filter(([, { authenticate, authorize }]) => {
      return ["session", "stepping-up"].includes(authenticate ?? "") && (authorize ?? "") in permissions;
    });
  expect(usable.length).toBeGreaterThan(25);
  const missing = usable.filter(([, operation]) => !inTable.has(operation as ReadOperation)).map(([name]) => name);
  expect(missing.sort()).toEqual(Object.keys(LEFT_OUT).sort());
});

test("ids, and methods of a path, are there once", () => {
  const ids = apiRows.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  const places = apiRows.map(({ method, path }) => `${method} ${path}`);
  expect(places).toEqual([...new Set(places)]);
});

const all = Object.keys(permissions);

/** An organization with one of everything that the table's paths name. */
async function furnished() {
  const made = await aKeyedTeam(all);
  const { team, aRow } = made;
  const { id: invited } = await anInvitation(db, { organization: team.organization });
  const ids = { image: await aRow("Lake"), member: team.plain.member, invitation: invited };
  return { ...made, ids };
}

const bodies: Record<string, Record<string, unknown>> = {
  "organization.update": { name: "Another name" },
  "organization.move": { slug: `moved-${crypto.randomUUID().slice(0, 8)}` },
  "images.update": { name: "Sea" },
  "members.update": { role: "admin" },
  "invitations.create": { email: "invited-by-key@person.test", role: "member" },
  "invitations.update": { role: "admin" },
};

type Ids = Record<string, string>;

function pathOf(row: ApiRow, ids: Ids): string {
  return row.path
    .replace("/organizations/{organization}", "")
    .replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
}

function sending(row: ApiRow) {
  const json = bodies[row.id];
  return { method: row.method, ...(json && { json }) };
}

const answering = apiRows.filter(({ operation, answers }) => operation.kind === "read" && answers !== null);

for (const row of answering) {
  test(`what ${row.id} answers is what its schema says, to a key and to a session, in one trip`, async () => {
    const { call, ids, team, root } = await furnished();
    const byKey = await call(pathOf(row, ids));
    expect([byKey.status, byKey.services.trace.trips]).toEqual([200, 1]);
    expect((row.answers as z.ZodObject).strict().parse(byKey.body)).toEqual(byKey.body);
    const bySession = await ask(api as never, { url: root + pathOf(row, ids), cookie: team.owner.cookie });
    expect([bySession.status, bySession.body]).toEqual([200, byKey.body]);
  });
}

const writing = apiRows.filter(({ operation, id }) => operation.kind === "write" && id !== "images.create");

for (const row of writing) {
  test(`${row.id} takes two trips, says 201 or 204, and the log says that a key did it`, async () => {
    const { call, ids, key, team } = await furnished();
    const { status, body, headers, services } = await call(pathOf(row, ids), sending(row));
    expect([status, services.trace.trips]).toEqual([row.status, 2]);
    if (row.status === 201) {
      expect(row.answers?.parse(body)).toEqual(body);
      expect(headers.get("Location")).toMatch(new RegExp(`^/api/v1/.*/${(body as { id: string }).id}$`));
    }
    const entries = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, team.organization.id));
    // A logo that is not there is not removed.
    if (row.id !== "organization.delete-logo") {
      expect(entries.filter(({ actorKind, actorId }) => actorKind === "key" && actorId === key.id).length).toBe(1);
    }
  });

  test(`a key that was revoked a moment before changes nothing by ${row.id}`, async () => {
    const { call, ids, key, team } = await furnished();
    const operation = row.operation as unknown as { execute(grant: unknown, input: unknown): unknown };
    const { execute } = operation;
    using _interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
      await db.update(apiKey).set({ revokedAt: new Date() }).where(eq(apiKey.id, key.id));
      return execute(grant, input);
    });
    const { status, body } = await call(pathOf(row, ids), sending(row));
    expect([status, body]).toEqual([403, expect.objectContaining({ code: "right-lost" })]);
    expect(await db.$count(auditEntry, eq(auditEntry.organizationId, team.organization.id))).toBe(0);
  });
}

for (const row of apiRows) {
  test(`${row.id} answers a key without its permission 403, one of another organization 404, a dead one 401`, async () => {
    const { ids, team, root } = await furnished();
    const others = all.filter((permission) => permission !== row.operation.authorize);
    const organizationId = team.organization.id;
    const lacking = await aKey(db, { organizationId, permissions: others });
    const revoked = await aKey(db, { organizationId, permissions: all, revokedAt: new Date() });
    const foreign = await aKey(db, { organizationId: (await anOrganization(db)).id, permissions: all });
    const asked = row.id === "images.create" ? { ...sending(row), form: anUpload() } : sending(row);
    for (const [{ secret }, status, code] of [
      [lacking, 403, "forbidden"],
      [foreign, 404, "not-found"],
      [revoked, 401, "unauthenticated"],
    ] as const) {
      const headers = { Authorization: `Bearer ${secret}` };
      const answered = await ask(api as never, { url: root + pathOf(row, ids), ...asked, headers });
      expect([answered.status, answered.body]).toEqual([status, expect.objectContaining({ code })]);
    }
    expect(await db.$count(auditEntry, eq(auditEntry.organizationId, organizationId))).toBe(0);
  });
}

function anUpload(): FormData {
  const form = new FormData();
  form.set("file", aPicture());
  return form;
}

test("a key uploads an image and streams its file", async () => {
  const { team, key, root, call } = await aKeyedTeam();
  const headers = { Authorization: `Bearer ${key.secret}` };
  const made = await ask(api as never, { url: `${root}/images`, form: anUpload(), headers });
  expect([made.status, made.services.trace.trips]).toEqual([201, 2]);
  const { id } = made.body as { id: string };
  expect(made.headers.get("Location")).toBe(`${root}/images/${id}`);
  expect((await call(`/images/${id}`)).body).toMatchObject({ id, createdBy: { id: key.id, name: key.name } });
  const file = await call(`/images/${id}/file`);
  expect([file.status, file.headers.get("Content-Type")]).toEqual([200, "image/png"]);
  await (file.body as Response).arrayBuffer();
  expect(await db.$count(image, eq(image.organizationId, team.organization.id))).toBe(1);
});

test("what concerns an owner is refused to a key that has every permission", async () => {
  const { call, team } = await furnished();
  const owner = `/members/${team.owner.member}`;
  const raised = await call(`/members/${team.plain.member}`, { method: "PATCH", json: { role: "owner" } });
  const lowered = await call(owner, { method: "PATCH", json: { role: "member" } });
  const removed = await call(owner, { method: "DELETE" });
  const invited = await call("/invitations", { method: "POST", json: { email: "o@person.test", role: "owner" } });
  expect([raised, lowered, removed, invited].map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect(await team.owners()).toBe(1);
});
