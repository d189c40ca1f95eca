import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { apiRows } from "#app/api.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { CALL_NAME, toolNameOf, toolOf } from "#app/operation/tool.server.ts";
import { loader as door } from "#app/routes/mcp.ts";
import { permissions } from "#app/tenancy/permissions.ts";
import { type Agent, anAgent, problemOf } from "#app/test/agents.ts";
import { bodyOf, thingsIn } from "#app/test/api-bodies.ts";
import { aKey, anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { doneIn } from "#app/test/entries.ts";
import { furnish } from "#app/test/furnish.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";

const db = testDatabase();
const all = Object.keys(permissions);
const { rows } = door;
const reading = rows.filter(({ operation }) => operation.kind === "read");

async function furnished() {
  const made = await aKeyedTeam(db, all);
  const { team } = made;
  const { id: invited } = await anInvitation(db, { organization: team.organization });
  const things = await furnish(db, { organizationId: team.organization.id, userId: team.owner.person.id });
  const ids: Record<string, string> = { ...things, member: team.plain.member, invitation: invited };
  const entries = () => db.select().from(auditEntry).where(doneIn(team.organization));
  return { ...made, ids, entries };
}

type Row = (typeof rows)[number];

function fieldsOf(row: Row, ids: Record<string, string>): Record<string, unknown> {
  const names = Object.keys(toolOf(row).inputSchema.properties).filter((name) => row.path.includes(`{${name}}`));
  // An address can be taken once only.
  const own = row.id === "organization.move" ? { slug: `moved-${crypto.randomUUID().slice(0, 8)}` } : {};
  return { ...Object.fromEntries(names.map((name) => [name, ids[name]])), ...bodyOf(row.id, ids), ...own };
}

const call = ({ client }: Agent, row: Row, fields: Record<string, unknown>) =>
  client.callTool({ name: toolNameOf(row), arguments: fields });

test("an agent has 15 to 25 tools, with names that every client accepts and descriptions of their own", () => {
  const made = rows.map(toolOf);
  expect([made.length >= 15, made.length <= 25]).toEqual([true, true]);
  const names = made.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(names.filter((name) => !/^[a-z_]{1,40}$/.test(name))).toEqual([]);
  expect(made.filter(({ description }) => description.length > 250).map(({ name }) => name)).toEqual([]);
  const taken = rows.filter(
    (row) =>
      CALL_NAME in toolOf({ ...row, operation: { ...row.operation, kind: "read" } as never }).inputSchema.properties,
  );
  expect(
    taken.map(({ id }) => id),
    "no field has the name that identifies calls",
  ).toEqual([]);
});

const NO_TOOL: Record<string, string> = {
  "images.create": "A file is too large for a message.",
  "images.file": "A file is too large for a message.",
  "organization.put-logo": "A file is too large for a message.",
  "organization.delete-logo": "An agent could not restore the logo.",
  "keys.list": "Only people and programs may see who has access to the organization.",
  "keys.get": "Only people and programs may see who has access to the organization.",
  "webhooks.get": "webhooks_list returns all of it.",
  "webhooks.update": "An agent could be talked into sending events elsewhere.",
  "webhooks.enable": "An agent could be talked into sending events elsewhere.",
  "webhooks.disable": "An agent could be talked into keeping events from a receiver.",
  "webhooks.delete": "An agent could be talked into keeping events from a receiver.",
  "webhooks.test": "It sends something to someone outside.",
  "webhooks.replay": "It sends something to someone outside.",
  "deliveries.replay": "It sends something to someone outside.",
};

test("every API operation without a tool is in the list of exceptions, with a reason", () => {
  const without = apiRows.filter(({ tool }) => tool === undefined).map(({ id }) => id);
  expect(Object.keys(NO_TOOL).filter((id) => !id.startsWith("images.") && !without.includes(id))).toEqual([]);
  const domainOf = (id: string) => id.split(".")[0];
  const domains = new Set([...Object.keys(NO_TOOL), ...rows.map(({ id }) => id)].map(domainOf));
  // A generated domain gets its tools when someone writes their descriptions.
  expect(without.filter((id) => domains.has(domainOf(id)) && !(id in NO_TOOL))).toEqual([]);
});

test("a tool's annotations follow from its row", () => {
  const hints = (id: string) => rows.filter((row) => row.id === id).map((row) => toolOf(row).annotations)[0];
  expect(rows.filter((row) => toolOf(row).annotations.readOnlyHint !== (row.method === "GET"))).toEqual([]);
  expect(hints("members.list")).toEqual({ readOnlyHint: true });
  expect(hints("members.delete")).toEqual({ readOnlyHint: false, destructiveHint: true, idempotentHint: true });
  expect(hints("invitations.create")).toEqual({ readOnlyHint: false, destructiveHint: false, idempotentHint: false });
});

test("every tool that reads returns what the API returns, in one trip", async () => {
  const { key, ids, call: ask } = await furnished();
  await using agent = await anAgent(key.secret);
  for (const row of reading) {
    const { isError, structuredContent, content } = await call(agent, row, fieldsOf(row, ids));
    expect([row.id, isError, agent.last().services.trace.trips]).toEqual([row.id, undefined, 1]);
    const path = row.path
      .replace("/organizations/{organization}", "")
      .replace(/\{(\w+)\}/, (_, name) => ids[name] ?? "");
    const { status, body } = await ask(path);
    expect([row.id, status, body]).toEqual([row.id, 200, structuredContent]);
    expect(content).toEqual([{ type: "text", text: JSON.stringify(structuredContent) }]);
  }
});

for (const row of rows.filter((each) => !reading.includes(each))) {
  test(`a tool that writes takes two trips, and the log names the key and the agent: ${toolNameOf(row)}`, async () => {
    const { key, ids, entries } = await furnished();
    await using agent = await anAgent(key.secret, { name: "Agent Smith" });
    const { isError, structuredContent, content } = await call(agent, row, fieldsOf(row, ids));
    expect([isError, content, agent.last().services.trace.trips]).toEqual([undefined, expect.anything(), 2]);
    if (row.answers === null)
      expect([structuredContent, content]).toEqual([undefined, [{ type: "text", text: "Done." }]]);
    else expect(row.answers.parse(structuredContent)).toEqual(structuredContent);
    const done = await entries();
    expect(done.map(({ actorKind, actorId, via }) => [actorKind, actorId, via])).toEqual([
      ["key", key.id, "Agent Smith"],
    ]);
  });
}

test("a key without a tool's permission does not see the tool, and a call is refused with a code and a sentence", async () => {
  const { team, ids, entries } = await furnished();
  for (const row of rows) {
    const others = all.filter((each) => each !== row.operation.authorize);
    const { secret } = await aKey(db, { organizationId: team.organization.id, permissions: others });
    await using agent = await anAgent(secret);
    const { tools } = await agent.client.listTools();
    expect(tools.length).toBeGreaterThan(5);
    expect(tools.map(({ name }) => name)).not.toContain(toolNameOf(row));
    const problem = problemOf(await call(agent, row, fieldsOf(row, ids)));
    expect(problem).toMatchObject({ code: "forbidden", title: "The API key lacks the permission" });
  }
  expect(await entries()).toEqual([]);
});

test("a key of another organization finds nothing of this one, and can change only its own", async () => {
  const { ids, entries } = await furnished();
  const other = await aKeyedTeam(db, all);
  await using agent = await anAgent(other.key.secret);
  // Its body refers to a thing of this organization, such as a customer. The call is refused for this reason, too.
  const isAboutOthers = ({ id }: Row) => Object.keys(thingsIn(id, ids)).length > 0;
  const ofOneThing = rows.filter(({ path }) => Object.keys(ids).some((name) => path.includes(`{${name}}`)));
  expect(ofOneThing.length).toBeGreaterThan(3);
  for (const row of ofOneThing) {
    const problem = problemOf(await call(agent, row, fieldsOf(row, ids)));
    const refused = isAboutOthers(row) ? { status: expect.any(Number) } : { code: "not-found", status: 404 };
    expect([row.id, problem]).toEqual([row.id, expect.objectContaining(refused)]);
  }
  for (const row of rows.filter((each) => !ofOneThing.includes(each))) {
    const { isError, structuredContent } = await call(agent, row, fieldsOf(row, ids));
    expect([row.id, isError]).toEqual([row.id, isAboutOthers(row) ? true : undefined]);
    for (const id of Object.values(ids)) expect(JSON.stringify(structuredContent ?? null)).not.toContain(id);
  }
  expect(await entries()).toEqual([]);
});

test("a key that was revoked gets 401 from every tool", async () => {
  const { team, ids, entries } = await furnished();
  const { secret, id } = await aKey(db, { organizationId: team.organization.id, permissions: all });
  await using agent = await anAgent(secret);
  await db.update(apiKey).set({ revokedAt: new Date() }).where(eq(apiKey.id, id));
  for (const row of rows) {
    await expect(call(agent, row, fieldsOf(row, ids)), row.id).rejects.toThrow("unauthenticated");
    const { status, headers } = agent.last();
    expect([row.id, status, headers.get("WWW-Authenticate")]).toEqual([row.id, 401, 'Bearer error="invalid_token"']);
  }
  await expect(agent.client.listTools()).rejects.toThrow("unauthenticated");
  expect(await entries()).toEqual([]);
});

test("a tool responds to any arguments with a result or an error code, and never with an internal error", async () => {
  const { key, ids } = await furnished();
  await using agent = await anAgent(key.secret, {
    variables: { API_READS_PER_MINUTE: "9999", API_WRITES_PER_MINUTE: "9999" },
  });
  const random = randomOf(7);
  const some = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const codes = new Set<unknown>();
  for (let turn = 0; turn < 400; turn += 1) {
    const row = some(rows);
    const fields = fieldsOf(row, ids);
    const names = Object.keys(toolOf(row).inputSchema.properties);
    for (const name of [...names, some(["organization", "__proto__", "constructor", "", "headers", "once"])]) {
      if (random() < 0.4) Object.assign(fields, { [name]: some(ODD) });
      else if (random() < 0.2) delete fields[name];
    }
    const answer = await call(agent, row, fields);
    const problem = problemOf(answer) as { status: number; code: string } | null;
    const { status } = agent.last();
    const said = JSON.stringify([row.id, fields, problem]);
    expect(
      [status, problem === null || problem.status < 500, problem === null ? true : problem.code !== ""],
      said,
    ).toEqual([200, true, true]);
    codes.add(problem?.code ?? "done");
  }
  expect([...codes]).toEqual(expect.arrayContaining(["invalid", "not-found"]));
});

const ODD = [
  ...[
    null,
    true,
    0,
    -1,
    1e308,
    5,
    "",
    " ",
    "x".repeat(5_000),
    "\ud800",
    "\u0000",
    "'; drop table image; --",
    "../..",
    "%00",
  ],
  ...[[], ["a", "b"], {}, { a: { b: [1] } }, "2026-02-30", "owner", "\u202e", "🦄", [[[[]]]]],
];

/** A random generator that gives the same numbers each time (mulberry32). */
function randomOf(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
