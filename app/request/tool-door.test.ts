import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation, organization } from "#app/db/schema/organizations.ts";
import { newKeySecret } from "#app/key-secret.server.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { loader as door } from "#app/routes/mcp.ts";
import { anAgent, eras, problemOf } from "#app/test/agents.ts";
import { aKey } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { type Answered, ask } from "#app/test/requests.ts";

const db = testDatabase();

type Sending = {
  method?: string;
  body?: string;
  message?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

const VERSION = "2026-07-28";
const META = {
  "io.modelcontextprotocol/protocolVersion": VERSION,
  "io.modelcontextprotocol/clientInfo": { name: "Raw", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

async function send(
  secret: string | null,
  { method = "POST", message, headers, signal, ...sending }: Sending,
): Promise<Answered> {
  const body = sending.body ?? (message === undefined ? null : JSON.stringify(message));
  const handler = (args: Parameters<typeof door>[0]) => door({ ...args, request: new Request(args.request, { body }) });
  return ask(handler as never, {
    url: "/mcp",
    method,
    headers: {
      Accept: "application/json, text/event-stream",
      "Content-Type": "application/json",
      ...(secret !== null && { Authorization: `Bearer ${secret}` }),
      ...headers,
    },
    ...(signal && { signal }),
  });
}

function modern(method: string, params: Record<string, unknown> = {}, headers: Record<string, string> = {}): Sending {
  const name = typeof params.name === "string" ? { "Mcp-Name": params.name } : {};
  return {
    message: { jsonrpc: "2.0", id: 7, method, params: { ...params, _meta: META } },
    headers: { "MCP-Protocol-Version": VERSION, "Mcp-Method": method, ...name, ...headers },
  };
}

const legacy = (method: string, params: unknown = {}): Sending => ({
  message: { jsonrpc: "2.0", id: 7, method, params },
});

for (const era of eras) {
  test(`an agent connects (${era === "legacy" ? "with initialize" : era.pin}), sees only the tools of its key, and is named in the log`, async () => {
    const { team, key } = await aKeyedTeam(db, ["member:read", "member:update"]);
    await using agent = await anAgent(key.secret, { name: "Claude\u202e\n Code", era });
    expect(agent.client.getServerVersion()?.name).toBe(PRODUCT_NAME);
    expect(agent.client.getInstructions()).toContain(team.organization.name);
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["members_list", "members_get", "members_update"]);
    expect(agent.last().services.trace.trips).toBe(1);
    await agent.client.callTool({ name: "members_update", arguments: { member: team.plain.member, role: "admin" } });
    const [entry] = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, team.organization.id));
    expect(entry).toMatchObject({ actorKind: "key", actorId: key.id, via: "Claude Code" });
  });
}

test("without a valid key every request gets 401 with the challenge, and a session cookie opens nothing", async () => {
  const { team, key } = await aKeyedTeam(db);
  const revoked = await aKey(db, { organizationId: team.organization.id, revokedAt: new Date() });
  const typo = `${key.secret.slice(0, -1)}${key.secret.endsWith("a") ? "b" : "a"}`;
  for (const sending of [
    modern("tools/list"),
    modern("server/discover"),
    legacy("initialize"),
    legacy("tools/list"),
    { body: "{" },
  ]) {
    const none = await send(null, sending);
    expect([none.status, none.headers.get("WWW-Authenticate")]).toEqual([401, "Bearer"]);
    const mistyped = await send(typo, sending);
    expect([mistyped.status, mistyped.headers.get("WWW-Authenticate")]).toEqual([401, 'Bearer error="invalid_token"']);
    expect(mistyped.services.trace.trips).toBe(0);
  }
  const calls = [
    modern("tools/call", { name: "members_list", arguments: {} }),
    legacy("tools/call", { name: "nothing", arguments: {} }),
    legacy("tools/call", { name: "members_list", arguments: [] }),
    { message: { jsonrpc: "2.0", method: "tools/call", params: { name: "members_list", arguments: {} } } },
  ];
  for (const secret of [revoked.secret, newKeySecret()])
    for (const sending of [modern("tools/list"), ...calls]) expect((await send(secret, sending)).status).toBe(401);
  const byCookie = await send(null, {
    ...modern("tools/list"),
    headers: { ...modern("tools/list").headers, Cookie: team.owner.cookie },
  });
  expect(byCookie.status).toBe(401);
  const both = await send(key.secret, {
    ...modern("tools/list"),
    headers: { ...modern("tools/list").headers, Cookie: team.owner.cookie },
  });
  expect([both.status, both.body]).toEqual([400, expect.objectContaining({ code: "two-callers" })]);
});

test("a page of another site is refused, and one of our own is not", async () => {
  const { key } = await aKeyedTeam(db);
  for (const origin of ["https://evil.test", "null", "http://localhost:5173.evil.test"]) {
    const { status, body } = await send(key.secret, modern("tools/list", {}, { Origin: origin }));
    expect([status, body]).toEqual([403, expect.objectContaining({ code: "cross-site" })]);
  }
  const { services } = await send(key.secret, modern("tools/list"));
  expect((await send(key.secret, modern("tools/list", {}, { Origin: services.appUrl }))).status).toBe(200);
});

test("the tool door accepts only POST with JSON of up to 64 kB", async () => {
  const { key } = await aKeyedTeam(db);
  for (const method of ["GET", "DELETE", "PUT"]) {
    const { status, body, services } = await send(key.secret, { method });
    expect([status, body, services.trace.headers.get("Allow")]).toEqual([
      405,
      expect.objectContaining({ code: "method-not-allowed" }),
      "POST, OPTIONS",
    ]);
  }
  const { status, services } = await send(null, { method: "OPTIONS" });
  expect([status, services.trace.headers.get("Allow")]).toEqual([204, "POST, OPTIONS"]);
  const form = await send(key.secret, {
    body: "a=b",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  expect([form.status, form.body]).toEqual([415, expect.objectContaining({ code: "unsupported-type" })]);
  const large = await send(key.secret, legacy("tools/list", { more: "x".repeat(70_000) }));
  expect([large.status, large.body]).toEqual([413, expect.objectContaining({ code: "too-large" })]);
});

test("a malformed message gets 400 with a JSON-RPC error, never a fault", async () => {
  const { key } = await aKeyedTeam(db);
  const of = async (sending: Sending) => {
    const { status, body } = await send(key.secret, sending);
    return [status, (body as { error?: { code: number } }).error?.code];
  };
  for (const body of ["", "{", "nonsense", "[".repeat(60_000)]) expect(await of({ body })).toEqual([400, -32_700]);
  const one = legacy("tools/list").message;
  for (const message of [[], [one], [one, one]]) expect(await of({ message })).toEqual([400, -32_600]);
  for (const body of [
    "null",
    "7",
    '"tools/list"',
    "{}",
    '{"jsonrpc":"1.0","id":1,"method":"tools/list"}',
    '{"jsonrpc":"2.0","id":null,"method":"tools/list"}',
  ]) {
    const [status, code] = await of({ body });
    expect([body, status, [-32_600, -32_700].includes(code ?? 0)]).toEqual([body, 400, true]);
  }
  for (const sending of [
    legacy("initialize", {}),
    legacy("initialize", { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: 5 } }),
    { message: { jsonrpc: "2.0", id: 7, method: "initialize" } },
    legacy("tools/list", { cursor: 5 }),
    modern("tools/list", { cursor: 5 }),
  ])
    expect([sending.message, ...(await of(sending))]).toEqual([sending.message, 400, -32_602]);
});

test("the tool door does what MCP revision 2026-07-28 requires of a server", async () => {
  const { key } = await aKeyedTeam(db);
  const codeOf = ({ status, body }: Answered) => [status, (body as { error?: { code: number } }).error?.code];
  const discovered = await send(key.secret, modern("server/discover"));
  const { result } = discovered.body as { result: Record<string, unknown> };
  expect(result).toMatchObject({
    resultType: "complete",
    supportedVersions: expect.arrayContaining([VERSION]),
    capabilities: { tools: {} },
  });
  const listed = await send(key.secret, modern("tools/list"));
  expect(listed.body).toMatchObject({
    id: 7,
    result: { resultType: "complete", ttlMs: 300_000, cacheScope: "private" },
  });
  expect([listed.headers.get("Content-Type"), listed.headers.get("Mcp-Session-Id")]).toEqual([
    "application/json",
    null,
  ]);

  const foreign = modern("tools/list", {}, { "MCP-Protocol-Version": "1900-01-01" });
  (foreign.message as { params: { _meta: Record<string, unknown> } }).params._meta = {
    ...META,
    "io.modelcontextprotocol/protocolVersion": "1900-01-01",
  };
  const unsupported = await send(key.secret, foreign);
  expect(codeOf(unsupported)).toEqual([400, -32_022]);
  expect(unsupported.body).toMatchObject({ error: { data: { supported: expect.arrayContaining([VERSION]) } } });
  expect(codeOf(await send(key.secret, modern("tools/list", {}, { "Mcp-Method": "tools/call" })))).toEqual([
    400, -32_020,
  ]);
  expect(
    codeOf(await send(key.secret, modern("tools/call", { name: "members_list" }, { "Mcp-Name": "members_get" }))),
  ).toEqual([400, -32_020]);
  for (const method of [
    "tools/nothing",
    "resources/list",
    "prompts/list",
    "subscriptions/listen",
    "initialize",
    "ping",
  ]) {
    expect([method, ...codeOf(await send(key.secret, modern(method)))]).toEqual([method, 404, -32_601]);
  }
  expect(codeOf(await send(key.secret, modern("tools/call", { name: "members_steal" })))).toEqual([200, -32_602]);
  expect(codeOf(await send(key.secret, modern("tools/call", { name: 7 })))[1]).toBe(-32_602);
});

test("the tool door does what the MCP revisions with initialize require of a server", async () => {
  const { key } = await aKeyedTeam(db);
  const begin = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "Old", version: "1" } };
  const begun = await send(key.secret, legacy("initialize", begin));
  expect(begun.body).toMatchObject({
    id: 7,
    result: { protocolVersion: "2025-11-25", serverInfo: { name: PRODUCT_NAME } },
  });
  const session = begun.headers.get("Mcp-Session-Id") ?? "";
  expect(session).toMatch(/^[\x21-\x7e]+$/);
  const newer = await send(key.secret, legacy("initialize", { ...begin, protocolVersion: "2099-01-01" }));
  expect(newer.body).toMatchObject({ result: { protocolVersion: "2025-11-25" } });
  for (const method of ["notifications/initialized", "notifications/cancelled", "notifications/nothing"]) {
    const message = { jsonrpc: "2.0", method, params: { requestId: 7 } };
    const { status, body } = await send(key.secret, { message, headers: { "Mcp-Session-Id": session } });
    expect([method, status, await (body as Response).text()]).toEqual([method, 202, ""]);
  }
  expect((await send(key.secret, legacy("ping"))).body).toMatchObject({ id: 7, result: {} });
  expect((await send(key.secret, legacy("resources/list"))).body).toMatchObject({ id: 7, error: { code: -32_601 } });
  const forged = await send(key.secret, {
    ...legacy("tools/list"),
    headers: { "Mcp-Session-Id": "some-other-session" },
  });
  expect([forged.status, forged.services.trace.via]).toEqual([200, null]);
  expect(
    (await send(key.secret, { ...legacy("tools/list"), headers: { "Mcp-Session-Id": session } })).services.trace.via,
  ).toBe("Old");
});

const nameOf = async ({ id }: { id: string }) =>
  (await db.select({ name: organization.name }).from(organization).where(eq(organization.id, id)))[0]?.name;

test("a request whose client went away changes nothing", async () => {
  const { team, key } = await aKeyedTeam(db, ["organization:update"]);
  const calling = modern("tools/call", { name: "organization_update", arguments: { name: "Changed" } });
  const { status } = await send(key.secret, { ...calling, signal: AbortSignal.abort() });
  expect([status, await nameOf(team.organization)]).toEqual([499, team.organization.name]);
  expect((await send(key.secret, calling)).status).toBe(200);
  expect(await nameOf(team.organization)).toBe("Changed");
});

test("calls count as reads or writes, responses say how many are left, and refusals when to retry", async () => {
  const { key } = await aKeyedTeam(db, ["dashboard:read", "organization:update"]);
  const variables = { API_READS_PER_MINUTE: "4", API_WRITES_PER_MINUTE: "1" };
  await using agent = await anAgent(key.secret, { variables });
  const read = () => agent.client.callTool({ name: "dashboard_get" });
  const write = (name: string) => agent.client.callTool({ name: "organization_update", arguments: { name } });
  const header = (name: string) => agent.last().services.trace.headers.get(name);
  expect((await write("One name")).isError).toBeUndefined();
  expect(header("RateLimit")).toMatch(/^"key";r=0;t=\d+, "organization";r=4;t=\d+$/);
  expect(problemOf(await write("Two names"))).toMatchObject({ code: "limit", status: 429 });
  expect(header("Retry-After")).toMatch(/^\d+$/);
  const refusals = [];
  for (let turn = 0; turn < 4; turn += 1) refusals.push(problemOf(await read()));
  expect(refusals.at(-1)).toMatchObject({ code: "limit", detail: expect.any(String) });
  const { status, services } = await send(key.secret, modern("tools/list"));
  expect([status, services.trace.headers.get("RateLimit")]).toEqual([200, expect.stringMatching(/^"key";r=59\d;/)]);
});

test("a call repeated with the same idempotencyKey is done once, even if twenty run in parallel", async () => {
  const { team, key } = await aKeyedTeam(db, ["invitation:create"]);
  const { id: organizationId } = team.organization;
  await using agent = await anAgent(key.secret);
  const inviting = { email: `${organizationId}@person.test`, role: "member", idempotencyKey: "one" };
  const invite = (fields: object = {}) =>
    agent.client.callTool({ name: "invitations_create", arguments: { ...inviting, ...fields } });
  const [first, ...others] = (await Promise.all(Array.from({ length: 20 }, () => invite()))).toSorted(
    (one, other) => Number(one.isError ?? false) - Number(other.isError ?? false),
  );
  expect(first?.isError).toBeUndefined();
  for (const each of others) {
    if (each.isError) expect(problemOf(each)).toMatchObject({ code: "idempotency-running" });
    else expect(each.structuredContent).toEqual(first?.structuredContent);
  }
  expect((await invite()).structuredContent).toEqual(first?.structuredContent);
  expect(agent.last().services.trace.trips).toBe(1);
  expect(problemOf(await invite({ role: "admin" }))).toMatchObject({ code: "idempotency-mismatch" });
  for (const idempotencyKey of ["", "two words", 7, "x".repeat(256)]) {
    expect(problemOf(await invite({ idempotencyKey }))).toMatchObject({ code: "idempotency-key" });
  }
  expect(await db.$count(invitation, eq(invitation.organizationId, organizationId))).toBe(1);
  expect(await db.$count(auditEntry, eq(auditEntry.organizationId, organizationId))).toBe(1);
});

test("a list continues from its cursor, and another key's cursor is refused", async () => {
  const { team, key } = await aKeyedTeam(db, ["member:read"]);
  await using agent = await anAgent(key.secret);
  type Page = { data: { id: string }[]; next: string | null };
  const page = async (fields: object) =>
    (await agent.client.callTool({ name: "members_list", arguments: { limit: 2, ...fields } }))
      .structuredContent as Page;
  const first = await page({});
  const second = await page({ cursor: first.next });
  expect([first.data.length, second.data.length, second.next]).toEqual([2, 1, null]);
  const { owner, admin, plain } = team;
  expect(new Set([...first.data, ...second.data].map(({ id }) => id))).toEqual(
    new Set([owner, admin, plain].map(({ member }) => member)),
  );
  await using other = await anAgent((await aKeyedTeam(db, ["member:read"])).key.secret);
  const foreign = await other.client.callTool({ name: "members_list", arguments: { cursor: first.next } });
  expect(problemOf(foreign)).toMatchObject({ code: "invalid", errors: [{ pointer: "/cursor" }] });
});

test("a field that a tool does not know is refused, the organization among them", async () => {
  const { team, key } = await aKeyedTeam(db, ["dashboard:read", "organization:update"]);
  await using agent = await anAgent(key.secret);
  for (const [name, field] of [
    ["dashboard_get", "organization"],
    ["dashboard_get", "idempotencyKey"],
    ["organization_update", "organization"],
  ] as const) {
    const fields = { ...(name === "organization_update" && { name: "Another" }), [field]: team.organization.slug };
    const problem = problemOf(await agent.client.callTool({ name, arguments: fields }));
    expect(problem).toMatchObject({ code: "invalid", errors: [{ pointer: `/${field}`, code: "unknown-field" }] });
    expect(agent.last().services.trace.trips).toBe(0);
  }
  expect(await nameOf(team.organization)).toBe(team.organization.name);
});
