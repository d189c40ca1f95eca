import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { z } from "zod";
import { auditEntry } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import type { ApiRow } from "#app/operation/api-row.server.ts";
import { inputSchemaOf } from "#app/operation/json-schema.server.ts";
import type { ReadOperation, WriteOperation } from "#app/operation/operation.server.ts";
import { api as apiDoor } from "#app/request/api-door.server.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { keyPermissions, permissions } from "#app/tenancy/permissions.ts";
import { bodies } from "#app/test/api-bodies.ts";
import { aKey, anInvitation, anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { doneIn } from "#app/test/entries.ts";
import { furnish } from "#app/test/furnish.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { aPicture } from "#app/test/pictures.ts";
import { anEndpoint } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { sent } from "#app/test/sent-bodies.ts";
import { SEEN_BY_HEADER } from "#app/ui/line/seen-by.ts";
import { apiRows, pageRows } from "./api.ts";

const db = testDatabase();

const modules = import.meta.glob<Record<string, Partial<ReadOperation | WriteOperation>>>(
  ["./**/*operations.server.ts", "!./request/**"],
  { eager: true },
);

/** Operations that a key could use but that have no path in the API, and why. */
const LEFT_OUT: Record<string, string> = {
  showWebhook: "Numbered pages are for people. Programs page through deliveries.list with a cursor.",
  listImages: "Numbered pages are for people. Programs page through images.list with a cursor.",
  listMembers: "Numbered pages are for people. Programs page through members.list with a cursor.",
  listEntries: "Pages in both directions are for people. Programs page through audit.list with a cursor.",
  showEntry: "It returns what the page of an entry shows beside it. audit.list returns the entry.",
  verifyLog: "It shows people on the page of the log whether the chain is intact.",
  invitePeople: "It takes many addresses from one form. invitations.create invites one person.",
  exportLog: "It returns a file for spreadsheets. audit.list returns the same entries.",
  showSettings: "It returns what the settings page shows. organization.get returns the organization.",
  openLogo: "Only pages show this picture.",
  chooseFactors: "It needs the second factor of a person.",
  endMembership: "A key is not a member.",
};

test("every operation that a key may use is in the API's table or in the list of exceptions", () => {
  const inTable = new Set(apiRows.map(({ operation }) => operation));
  const usable = Object.values(modules)
    .flatMap((module) => Object.entries(module))
    .filter(([, { authenticate, authorize }]) => {
      return ["session", "stepping-up"].includes(authenticate ?? "") && (authorize ?? "") in permissions;
    });
  expect(usable.length).toBeGreaterThan(15);
  const [missing, known] = [false, true].map((isThere) =>
    usable.filter(([, operation]) => inTable.has(operation as ReadOperation) === isThere).map(([name]) => name),
  );
  const row = 'a row in app/api.ts (docs/guides/api.md), a reason in LEFT_OUT here, or authenticate: "person"';
  expect(missing?.filter((name) => !(name in LEFT_OUT)).map((name) => `${name} needs ${row}`)).toEqual([]);
  expect(known?.filter((name) => name in LEFT_OUT).map((name) => `${name} is in the table and in LEFT_OUT`)).toEqual(
    [],
  );
});

test("keys can be given every permission that an operation for keys requires, and no other", () => {
  const asked = Object.values(modules)
    .flatMap((module) => Object.values(module))
    .filter(({ authenticate }) => ["session", "stepping-up"].includes(authenticate ?? ""))
    .map(({ authorize }) => authorize as string)
    .filter((authorize) => authorize in permissions && authorize !== "member:leave");
  expect([...new Set(asked)].sort()).toEqual([...keyPermissions].sort());
});

test("no id occurs twice, and no method of a path does", () => {
  const rows = [...apiRows, ...pageRows];
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  const places = rows.map(({ method, path }) => `${method} ${path}`);
  expect(places).toEqual([...new Set(places)]);
});

const all = Object.keys(permissions);

async function furnished() {
  const made = await aKeyedTeam(db, all);
  const { team, key } = made;
  // A list of keys shows when the calling key was last used, so that must not change between two calls.
  await db.update(apiKey).set({ lastUsedAt: new Date() }).where(eq(apiKey.id, key.id));
  const { id: invited } = await anInvitation(db, { organization: team.organization });
  const things = await furnish(db, { organizationId: team.organization.id, userId: team.owner.person.id });
  const ids = { ...things, member: team.plain.member, invitation: invited };
  return { ...made, ids };
}

type Ids = Record<string, string>;

function pathOf(row: ApiRow, ids: Ids): string {
  return row.path
    .replace("/organizations/{organization}", "")
    .replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
}

function sending(row: ApiRow, ids: Ids) {
  return { method: row.method, ...sent(row.id, ids) };
}

const answering = apiRows.filter(({ operation, answers }) => operation.kind === "read" && answers !== null);

for (const row of answering) {
  test(`a response matches its schema, for a key and for a session, in one trip: ${row.id}`, async () => {
    const { call, ids, team, root } = await furnished();
    const byKey = await call(pathOf(row, ids));
    expect([byKey.status, byKey.services.trace.trips]).toEqual([200, 1]);
    expect((row.answers as z.ZodObject).strict().parse(byKey.body)).toEqual(byKey.body);
    const bySession = await ask(api as never, { url: root + pathOf(row, ids), cookie: team.owner.cookie });
    expect([bySession.status, bySession.body]).toEqual([200, byKey.body]);
  });
}

const WITHOUT_ENTRY: Record<string, string> = {
  "organization.delete-logo": "There is no logo to delete.",
  "webhooks.enable": "The webhook is already enabled.",
  "webhooks.test": "The list of deliveries shows it.",
  "webhooks.replay": "The list of deliveries shows it.",
  "deliveries.replay": "The list of deliveries shows it.",
};

const writing = apiRows.filter(({ operation, file }) => operation.kind === "write" && file === undefined);

test("every row that takes a body has an example of one in app/test/api-bodies.ts", () => {
  const lacking = writing.flatMap((row) => {
    const inPath = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const asked = (inputSchemaOf(row).required ?? []).filter((name) => !inPath.includes(name));
    return asked.length === 0 || row.id in bodies
      ? []
      : [`${row.id} needs ${asked.join(", ")} in app/test/api-bodies.ts`];
  });
  expect(lacking).toEqual([]);
});

for (const row of writing) {
  test(`a change takes two trips, gets 201 or 204, and the log names the key: ${row.id}`, async () => {
    const { call, ids, key, team } = await furnished();
    const { status, body, headers, services } = await call(pathOf(row, ids), sending(row, ids));
    expect([status, services.trace.trips]).toEqual([row.status, 2]);
    if (row.status === 201) {
      expect(row.answers?.parse(body)).toEqual(body);
      expect(headers.get("Location")).toMatch(new RegExp(`^/api/v1/.*/${(body as { id: string }).id}$`));
    }
    const entries = await db.select().from(auditEntry).where(doneIn(team.organization));
    if (!(row.id in WITHOUT_ENTRY)) {
      expect(entries.filter(({ actorKind, actorId }) => actorKind === "key" && actorId === key.id).length).toBe(1);
    }
  });

  test(`a key that was revoked a moment ago changes nothing: ${row.id}`, async () => {
    const { call, ids, key, team } = await furnished();
    const operation = row.operation as unknown as { execute(grant: unknown, input: unknown): unknown };
    const { execute } = operation;
    using _interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
      await db.update(apiKey).set({ revokedAt: new Date() }).where(eq(apiKey.id, key.id));
      return execute(grant, input);
    });
    const { status, body } = await call(pathOf(row, ids), sending(row, ids));
    expect([status, body]).toEqual([403, expect.objectContaining({ code: "right-lost" })]);
    // Words for people, who have a role and a page to reload.
    expect(body).not.toHaveProperty("detail");
    expect(await db.$count(auditEntry, doneIn(team.organization))).toBe(0);
  });
}

for (const row of apiRows) {
  test(`a key without the permission gets 403, of another organization 404, a revoked one 401: ${row.id}`, async () => {
    const { ids, team, root } = await furnished();
    const others = all.filter((permission) => permission !== row.operation.authorize);
    const organizationId = team.organization.id;
    const lacking = await aKey(db, { organizationId, permissions: others });
    const revoked = await aKey(db, { organizationId, permissions: all, revokedAt: new Date() });
    const foreign = await aKey(db, { organizationId: (await anOrganization(db)).id, permissions: all });
    const asked = row.file === undefined ? sending(row, ids) : { ...sending(row, ids), form: anUpload(row.file) };
    for (const [{ secret }, status, code, detail] of [
      [lacking, 403, "forbidden", `The key needs \`${row.operation.authorize}\`.`],
      [foreign, 404, "not-found", undefined],
      [revoked, 401, "unauthenticated", expect.stringContaining("`Authorization: Bearer`")],
    ] as const) {
      const headers = { Authorization: `Bearer ${secret}` };
      const answered = await ask(api as never, { url: root + pathOf(row, ids), ...asked, headers });
      expect([answered.status, answered.body]).toMatchObject([status, { code, ...(detail && { detail }) }]);
    }
    expect(await db.$count(auditEntry, doneIn(team.organization))).toBe(0);
  });
}

test("a missing field and a value of another type are called so, not what a person would read at the field", async () => {
  const { call } = await aKeyedTeam(db, all);
  const missing = "This field is missing";
  for (const [pointer, message, asked] of [
    ["/name", missing, { method: "PATCH", json: {} }],
    ["/name", "This must be of type string", { method: "PATCH", json: { name: 5 } }],
    ["/name", "This must be of type string", { method: "PATCH", json: { name: null } }],
  ] as const) {
    const { status, body } = await call("", asked);
    const errors = [{ pointer, code: "type", message }];
    expect([status, body], JSON.stringify(asked.json)).toMatchObject([
      400,
      { code: "invalid", detail: message, errors },
    ]);
  }
  const { body } = await call("/members?limit=many");
  expect(body).toMatchObject({ errors: [{ pointer: "/limit", code: "type", message: "This must be of type number" }] });
});

test("a response lists fifty errors at most, however many the input has", async () => {
  const { call } = await aKeyedTeam(db, all);
  const surplus = Array.from({ length: 3_000 }, (_, place) => [`surplus-${place}`, 1]);
  const { status, body } = await call("", { method: "PATCH", json: Object.fromEntries(surplus) });
  const { errors } = body as { errors: { pointer: string }[] };
  expect([status, errors.length, errors[0]?.pointer]).toEqual([400, 50, "/surplus-0"]);
});

test("a write refuses a query parameter, so that one that should limit it does not go unnoticed", async () => {
  const { call, ids, team } = await furnished();
  for (const row of writing) {
    const { status, body } = await call(`${pathOf(row, ids)}?dryRun=true`, sending(row, ids));
    const errors = [{ pointer: "/dryRun", code: "unknown-field", message: "No field of this operation" }];
    expect([status, body], row.id).toMatchObject([400, { code: "invalid", errors }]);
  }
  expect(await db.$count(auditEntry, doneIn(team.organization))).toBe(0);
});

test("a value that is none of the accepted ones, or has another format, gets a message that names them", async () => {
  const { team, call } = await aKeyedTeam(db, all);
  const { id } = await anEndpoint(db, { organizationId: team.organization.id, url: "https://example.com/" });
  const webhook = { url: "https://example.com/", events: ["member.joined"] };
  const roles = 'This must be "member" or "admin" or "owner"';
  for (const [pointer, code, message, path, asked] of [
    ["/role", "value", "This field is missing", "/invitations", { json: { email: "ada@person.test" } }],
    ["/role", "value", roles, "/invitations", { json: { email: "ada@person.test", role: "reader" } }],
    ["/role", "value", roles, `/members/${team.plain.member}`, { method: "PATCH", json: { role: null } }],
    [
      "/events/0",
      "value",
      "This must be one of the values in the API reference",
      `/webhooks/${id}`,
      { method: "PUT", json: { ...webhook, events: ["member.danced"] } },
    ],
    [
      "/seesAddresses",
      "invalid",
      'This must be of type boolean or "yes"',
      `/webhooks/${id}`,
      { method: "PUT", json: { ...webhook, seesAddresses: 1 } },
    ],
    ["/since", "format", "This must be a date", `/webhooks/${id}/replay`, { json: { since: "2026-02-30" } }],
  ] as const) {
    const { status, body } = await call(path, { ...("json" in asked && { method: "POST" }), ...asked });
    expect([status, body], JSON.stringify(asked)).toMatchObject([400, { errors: [{ pointer, code, message }] }]);
  }
});

test("a body that is not accepted is told what would be", async () => {
  const { key, root, call } = await aKeyedTeam(db, all);
  const send = (type: string, text: string, more: Record<string, string> = {}) =>
    ask(api as never, {
      url: root,
      method: "PATCH",
      text,
      headers: { Authorization: `Bearer ${key.secret}`, "Content-Type": type, ...more },
    });
  const torn = aPicture().slice(0, 60);
  const broken = new File([torn, new Uint8Array(200)], "logo.png", { type: "image/png" });
  const picture = await call("/logo", { method: "PUT", file: broken });
  for (const [answer, status, code, detail] of [
    [picture, 415, "unreadable", "image"],
    [await send("application/json", "{"), 400, "unreadable", "JSON object"],
    [await send("text/plain", "name"), 415, "unsupported-type", "content types"],
    [await send("application/json", "{}", { "Content-Encoding": "gzip" }), 415, "unsupported-type", "compressed"],
    [await send("application/json", `{"name":"${"x".repeat(70_000)}"}`), 413, "too-large", "64 kB"],
  ] as const)
    expect([answer.status, answer.body]).toMatchObject([status, { code, detail: expect.stringContaining(detail) }]);
});

for (const row of pageRows) {
  test(`a read for pages accepts only a session, takes one trip, and refuses POST: ${row.id}`, async () => {
    const { team, key } = await furnished();
    const { organization, owner } = team;
    const url = `/api/v1${row.path.replace("{organization}", organization.slug)}`;
    const asked = { url: row.id === "pages.palette" ? `${url}?query=a` : url };
    const shown = await ask(api as never, { ...asked, cookie: owner.cookie });
    expect([shown.status, shown.services.trace.trips]).toEqual([200, 1]);
    const byKey = await ask(api as never, { ...asked, headers: { Authorization: `Bearer ${key.secret}` } });
    expect([byKey.status, byKey.body, byKey.services.trace.trips]).toEqual([403, problemOf("people-only"), 0]);
    const posted = await ask(api as never, { ...asked, cookie: owner.cookie, json: {} });
    expect([posted.status, posted.body, posted.services.trace.headers.get("Allow")]).toEqual([
      ...[405, problemOf("method-not-allowed"), "GET, HEAD, OPTIONS"],
    ]);
    const document = await ask(api as never, { url: "/api/v1/openapi.json" });
    expect(JSON.stringify(document.body)).not.toContain("/pages/");
  });
}

const problemOf = (code: string) => expect.objectContaining({ code });

test("the API tells a page what its error boundary shows: the roles that may, and that another person has signed in", async () => {
  const { team } = await furnished();
  const url = `/api/v1/pages/organizations/${team.organization.slug}/members`;
  const refused = await ask(api as never, { url, cookie: team.plain.cookie });
  expect([refused.status, refused.headers.get("Content-Type")]).toEqual([403, "application/problem+json"]);
  expect(refused.body).toMatchObject({ code: "forbidden", error: "forbidden", roles: ["admin", "owner"] });
  const headers = { [SEEN_BY_HEADER]: team.owner.person.id };
  const others = await ask(api as never, { url, cookie: team.admin.cookie, headers });
  expect([others.status, others.body]).toEqual([
    409,
    expect.objectContaining({ code: "another-person", error: "another-person", name: team.admin.person.name }),
  ]);
});

test("a list links to its next page, and HEAD gets the same headers without a body", async () => {
  const { call, root } = await furnished();
  const first = await call("/members?limit=2");
  const { next } = first.body as { next: string };
  const link = `<${root}/members?limit=2&cursor=${next}>; rel="next"`;
  expect(first.headers.get("Link")).toBe(link);
  const last = await call(`/members?limit=2&cursor=${next}`);
  expect([last.body, last.headers.get("Link")]).toMatchObject([{ next: null }, null]);
  const head = await call("/members?limit=2", { method: "HEAD" });
  expect([head.status, head.headers.get("Link"), await (head.body as Response).text()]).toEqual([200, link, ""]);
});

test("a session cannot write through any row of the API", async () => {
  const { ids, root, team } = await furnished();
  for (const row of apiRows.filter(({ operation }) => operation.kind === "write")) {
    const asked = row.file === undefined ? sending(row, ids) : { ...sending(row, ids), form: anUpload(row.file) };
    const { status } = await ask(api as never, { url: root + pathOf(row, ids), ...asked, cookie: team.owner.cookie });
    expect([row.id, status]).toEqual([row.id, 401]);
  }
  expect(await db.$count(auditEntry, doneIn(team.organization))).toBe(0);
});

function anUpload(field: string): FormData {
  const form = new FormData();
  form.set(field, aPicture());
  return form;
}

test("a key with every permission cannot do what concerns an owner", async () => {
  const { call, team } = await furnished();
  const owner = `/members/${team.owner.member}`;
  const raised = await call(`/members/${team.plain.member}`, { method: "PATCH", json: { role: "owner" } });
  const lowered = await call(owner, { method: "PATCH", json: { role: "member" } });
  const removed = await call(owner, { method: "DELETE" });
  const invited = await call("/invitations", { method: "POST", json: { email: "o@person.test", role: "owner" } });
  expect([raised, lowered, removed, invited].map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect(await team.owners()).toBe(1);
});

test("a key with every permission cannot use operations that require a person or a fresh proof", async () => {
  const { team, key } = await furnished();
  const closed = Object.values(modules)
    .flatMap((module) => Object.entries(module))
    .filter(([, { kind, authenticate, authorize }]) => {
      return kind !== undefined && (["fresh", "person"].includes(authenticate ?? "") || authorize === "self");
    });
  expect(closed.length).toBeGreaterThan(60);
  const wrong: string[] = [];
  for (const [name, operation] of closed) {
    const row = { method: "POST", path: "/organizations/{organization}", operation, status: 204, answers: null };
    const door = apiDoor([{ ...row, method: operation.kind === "read" ? "GET" : "POST" } as unknown as ApiRow]);
    const { status, body, services } = await ask(door as never, {
      url: `/api/v1/organizations/${team.organization.slug}`,
      headers: { Authorization: `Bearer ${key.secret}` },
      ...(operation.kind === "write" && { method: "POST", json: {} }),
    });
    const { code } = body as { code: string };
    if (status !== 403 || code !== "people-only" || services.trace.trips > 0) wrong.push(`${name}: ${status} ${code}`);
  }
  expect(wrong).toEqual([]);
});

test("a file in an unknown field is refused, like any other unknown field", async () => {
  const { root, key, ids } = await furnished();
  const headers = { Authorization: `Bearer ${key.secret}` };
  const rows = apiRows.filter(({ file, id }) => file !== undefined || id === "organization.update");
  expect(rows.length).toBeGreaterThan(1);
  for (const row of rows) {
    const { status, body } = await ask(api as never, {
      url: root + pathOf(row, ids),
      method: row.method,
      headers,
      form: { name: "Name", other: aPicture() },
    });
    expect([row.id, status, body]).toEqual([
      row.id,
      400,
      expect.objectContaining({ errors: expect.arrayContaining([expect.objectContaining({ pointer: "/other" })]) }),
    ]);
  }
});

test("a logo can be uploaded as the whole body or in a form", async () => {
  const { team, root, key } = await furnished();
  const headers = { Authorization: `Bearer ${key.secret}` };
  const send = (file: File) => ask(api as never, { url: `${root}/logo`, method: "PUT", headers, file });
  expect((await send(aPicture())).status).toBe(204);
  expect((await send(new File(["text"], "text.txt", { type: "text/plain" }))).status).toBe(415);
  const entries = await db.select().from(auditEntry).where(doneIn(team.organization));
  expect(entries.map(({ action }) => action)).toEqual(["organization.logo-changed"]);
});
