import { env } from "cloudflare:test";
import type { RouteConfigEntry } from "@react-router/dev/routes";
import { and, eq, getTableName, inArray, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Authorization } from "#app/operation/grant.server.ts";
import type { ReadOperation, WriteOperation } from "#app/operation/operation.server.ts";
import type { Named } from "../e2e/access-rows.ts";
import { accessTable, forms } from "../e2e/access-table.ts";
import { guarded } from "../e2e/step-up-cases.ts";
import { runSchedule } from "../workers/schedule.ts";
import { pageRows } from "./api.ts";
import { openActions } from "./audit/actions.ts";
import { auditEntry } from "./db/schema/audit.ts";
import { passkey } from "./db/schema/factors.ts";
import { rateLimit } from "./db/schema/limits.ts";
import { member } from "./db/schema/organizations.ts";
import { account, session } from "./db/schema/people.ts";
import { API_ROOT, api } from "./request/api-door.server.ts";
import { postOnly } from "./request/doors.server.ts";
import { loader as apiDoor } from "./routes/api/v1.ts";
import { loader as toolDoor } from "./routes/mcp.ts";
import routes from "./routes.ts";
import { type Permission, permissions, reachOf } from "./tenancy/permissions.ts";
import { roles } from "./tenancy/roles.ts";
import { anInvitation } from "./test/builders.ts";
import { testDatabase } from "./test/database.ts";
import { furnish } from "./test/furnish.ts";
import { ask } from "./test/requests.ts";
import { listen } from "./test/sent.ts";
import { rowsOf, tablesOf } from "./test/tables.ts";
import { aTeam, type Colleague } from "./test/team.ts";

/** Tests the product's promises by running what is declared. A new route, operation or table is found without a list. */

type Operation = ReadOperation | WriteOperation;
type Handler = Parameters<typeof ask>[0];
type Door = Handler & { operation?: Operation };
type Module = { loader?: Door; action?: Door; middleware?: unknown; clientMiddleware?: unknown };

const modules = import.meta.glob<Module>(["./routes/**/*.{ts,tsx}", "!./routes/**/*.test.ts"], { eager: true });

type Route = { file: string; pattern: string; module: Module };

const table = routesIn(routes, "");

function routesIn(entries: readonly RouteConfigEntry[], prefix: string): Route[] {
  return entries.flatMap(({ file, path, children = [] }) => {
    const pattern = path === undefined ? prefix : `${prefix}/${path}`;
    const module = modules[`./${file}`];
    if (module === undefined) throw new Error(`${file} is in the URL table but does not exist.`);
    return [{ file, pattern, module }, ...routesIn(children, pattern)];
  });
}

const doors = table.flatMap(({ file, pattern, module: { loader, action } }) => [
  ...(loader && loader !== (postOnly as Door) ? [{ file, pattern, method: "GET" as const, door: loader }] : []),
  ...(action ? [{ file, pattern, method: "POST" as const, door: action }] : []),
]);

const isPermission = (authorize: Authorization): authorize is Permission => authorize in permissions;
const operationOf = ({ door }: { door: Door }) => door.operation as Operation;
/** These doors open the operations of the API's table, which have their own tests (`api.test.ts`, `tools.test.ts`). */
const isTable = ({ door }: { door: Door }) => door === (apiDoor as Door) || door === (toolDoor as Door);
/** The rows that pages request, each behind a door of its own. */
const asked = pageRows.map((row) => ({
  file: row.id,
  pattern: API_ROOT + row.path.replaceAll(/\{(\w+)\}/g, ":$1"),
  method: "GET" as const,
  door: Object.assign(api([row]), { operation: row.operation }) as Door,
}));
const opened = [...doors.filter(({ door }) => door.operation !== undefined), ...asked];

test("every loader and action of the URL table is a door to an operation", () => {
  expect(doors.length).toBeGreaterThan(100);
  const bare = doors.filter((each) => operationOf(each) === undefined && !isTable(each));
  expect(bare.map(({ method, file }) => `${method} of ${file}`)).toEqual([]);
});

test("every operation has its four steps", () => {
  const lacking = opened.filter((each) => {
    const { validate, authenticate, authorize, execute } = operationOf(each);
    return ![validate, authenticate, authorize, execute].every(Boolean);
  });
  expect(lacking.map(({ file }) => file)).toEqual([]);
});

test("no route has middleware, where a check could hide", () => {
  const hiding = Object.entries(modules).filter(
    ([, { middleware, clientMiddleware }]) => middleware ?? clientMiddleware,
  );
  expect(hiding.map(([file]) => file)).toEqual([]);
});

test("every operation of an organization has a row in the access table that agrees with its permission", () => {
  const wrong = opened.flatMap(({ file, method, door }) => {
    const { authorize } = operationOf({ door });
    if (!isPermission(authorize)) return [];
    const answers = accessTable.find((row) => row.file === file)?.[method];
    if (answers === undefined)
      return [`${method} of ${file} has no row in e2e/<domain>/access.ts or e2e/access-table.ts`];
    const [nobody, outsider, ...insiders] = answers;
    const isRight =
      [302, 401].includes(nobody) &&
      outsider === 404 &&
      roles.every((role, place) => {
        const isShut = insiders[place] === 403;
        return { none: isShut, any: !isShut, own: true }[reachOf(role, authorize)];
      });
    const reaches = roles.map((role) => `${role} ${reachOf(role, authorize)}`).join(", ");
    return isRight ? [] : [`${method} of ${file} says ${answers}, and ${authorize} reaches: ${reaches}`];
  });
  expect(wrong).toEqual([]);
});

const db = testDatabase();

async function furnished() {
  const team = await aTeam(db, { name: "Promises", logo: crypto.randomUUID() });
  const { id: organizationId, slug } = team.organization;
  const { id: invited } = await anInvitation(db, { organization: team.organization });
  const things = await furnish(db, { organizationId, userId: team.owner.person.id });
  const ids = { ...things, member: team.plain.member, invitation: invited };
  const params = { organization: slug, ...ids };
  return {
    team,
    params,
    form: formsOf({ slug: `taken-${organizationId.slice(0, 8)}`, owner: team.admin.member, things }),
  };
}

/** The forms that the access table sends, with values that the operations accept. */
function formsOf(named: Named) {
  const exact: Record<string, Record<string, string>> = {
    "routes/organizations/settings.delete.ts": { name: "Promises" },
    "routes/organizations/new.tsx": { name: "Another" },
    "routes/organizations/onboarding.tsx": { name: "Another" },
  };
  return (file: string) => {
    const form = exact[file] ?? forms[file]?.("owner", named) ?? {};
    if (!(form instanceof FormData)) return form;
    const copied = new FormData();
    for (const [name, value] of form) copied.append(name, value);
    return copied;
  };
}

/** The row's address with ids of this organization, and the parameters that the URL table finds in it. */
function addressOf({ file, pattern }: { file: string; pattern: string }, params: Record<string, string>) {
  const row = accessTable.find((each) => each.file === file)?.url ?? pattern;
  const url = row.replace(/:(\w+)/g, (_, name: string) => params[name] ?? crypto.randomUUID());
  const segments = new URL(url, "http://localhost").pathname.split("/");
  const named = pattern
    .split("/")
    .flatMap((part, index) => (part.startsWith(":") ? [[part.slice(1), segments[index] ?? ""]] : []));
  return { url, params: Object.fromEntries(named) };
}

const writes = opened.filter(({ method }) => method === "POST");

const losses = {
  demoted: ({ member: id }: Colleague) => db.update(member).set({ role: "admin" }).where(eq(member.id, id)),
  removed: ({ member: id }: Colleague) => db.delete(member).where(eq(member.id, id)),
  "signed out": ({ person }: Colleague) => db.delete(session).where(eq(session.userId, person.id)),
};

const stateOf = (organizationId: string) => rowsOf(db, "organization", organizationId);

for (const each of writes.filter((write) => isPermission(operationOf(write).authorize))) {
  const { file, door } = each;
  test(`a person who was demoted, removed or signed out a moment ago cannot write: POST of ${file}`, async () => {
    for (const [loss, lose] of Object.entries(losses)) {
      const { team, params, form } = await furnished();
      const operation = door.operation as unknown as { execute(grant: unknown, input: unknown): unknown };
      let before: Awaited<ReturnType<typeof stateOf>> | undefined;
      const { execute } = operation;
      using interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
        await lose(team.owner);
        before = await stateOf(team.organization.id);
        return execute(grant, input);
      });
      const { services } = await ask(door, {
        ...addressOf(each, params),
        cookie: team.owner.cookie,
        form: form(file),
        headers: { Accept: "application/json" },
      });
      expect(interrupted, "the form of the access table reaches the change").toHaveBeenCalledOnce();
      expect(services.trace.refusal, loss).toBe("right-lost");
      expect(await stateOf(team.organization.id), loss).toEqual(before);
    }
  });
}

const personal = writes.filter((each) => operationOf(each).authorize === "self");

for (const each of personal) {
  const { file, door } = each;
  test(`a person who was signed out a moment ago cannot write: POST of ${file}`, async () => {
    const { team, params, form } = await furnished();
    const { person, cookie } = team.owner;
    const operation = door.operation as unknown as { execute(grant: unknown, input: unknown): unknown };
    const { execute } = operation;
    let before: unknown;
    using interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
      await losses["signed out"](team.owner);
      before = await lifeOf(person.id);
      return execute(grant, input);
    });
    const asked = addressOf(each, params);
    const { status } = await ask(door, { ...asked, cookie, form: form(file), headers: { Accept: "application/json" } });
    expect(interrupted, "the form of the access table reaches the change").toHaveBeenCalledOnce();
    // A check that needs no right may refuse first, such as for an unreadable picture or a wrong code.
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await lifeOf(person.id)).toEqual(before);
  });
}

/** All rows that a change of a person's own could touch, and what they did. Refusals write sessions and attempts as well. */
async function lifeOf(userId: string) {
  const rows = await rowsOf(db, "person", userId, ["session", "verification", "known_device", "failed_attempt"]);
  return { ...rows, done: await db.select().from(auditEntry).where(eq(auditEntry.actorId, userId)) };
}

/** These change all things of a kind. */
const changesAll = ["routes/organizations/gallery.empty.ts", "routes/organizations/settings.delete.ts"];

/** Forms that name a thing in the body. In the access table they name one that is unknown, since it sends each form often. */
const naming: Record<string, (things: Record<string, string>) => Record<string, string>> = {
  "routes/organizations/gallery.delete.ts": ({ image = "" }) => ({ image }),
  "routes/organizations/gallery.restore.ts": ({ trashed = "" }) => ({ image: trashed }),
  "routes/organizations/gallery.purge.ts": ({ trashed = "" }) => ({ image: trashed }),
};

const changed: boolean[] = [];

/** Without the log, whose entries are sealed after a response. */
const thingsOf = (organizationId: string) => rowsOf(db, "organization", organizationId, ["audit_entry"]);

/** Somebody else, in an organization of their own with one of everything. */
const stranger = once(async () => {
  const { team } = await furnished();
  return { organization: team.organization.id, person: team.owner.person.id };
});

async function strangersRows() {
  const { organization, person } = await stranger();
  return [await thingsOf(organization), await rowsOf(db, "person", person)];
}

for (const each of writes.filter((write) => isPermission(operationOf(write).authorize))) {
  const { file, door } = each;
  test(`a change leaves other things of the organization, and those of other people, as they are: POST of ${file}`, async () => {
    const { team, params, form } = await furnished();
    const { id: organizationId } = team.organization;
    const others = await furnish(db, { organizationId, userId: team.owner.person.id });
    const { id: invited } = await anInvitation(db, { organization: team.organization });
    const colleague = await team.join("owner");
    const ids = new Set<unknown>([...Object.values(others), invited, colleague.member]);
    const bystanders = async () =>
      Object.entries(await thingsOf(organizationId)).map(([name, rows]) => [
        name,
        rows.filter(({ id }) => ids.has(id)),
      ]);
    const before = [await bystanders(), await strangersRows()];
    const asked = { ...addressOf(each, params), cookie: team.owner.cookie, form: naming[file]?.(params) ?? form(file) };
    const { status } = await ask(door, { ...asked, headers: { Accept: "application/json" } });
    changed.push(status < 400);
    if (changesAll.includes(file)) before[0] = await bystanders();
    expect([await bystanders(), await strangersRows()]).toEqual(before);
  });
}

test("two thirds of the changes before this test, or more, were not refused", () => {
  expect(changed.filter(Boolean).length).toBeGreaterThanOrEqual((changed.length * 2) / 3);
});

/** A passkey and a provider's account. Returns their ids. */
async function waysIn(userId: string) {
  const ids = { passkey: crypto.randomUUID(), account: crypto.randomUUID() };
  const key = { name: "Phone", credentialId: ids.passkey, publicKey: "AAAA", counter: 0, transports: [] };
  await db.insert(passkey).values({ id: ids.passkey, userId, ...key });
  await db.insert(account).values({ id: ids.account, userId, providerId: "google", accountId: ids.account });
  return ids;
}

for (const each of personal) {
  const { file, door } = each;
  test(`a change of one's own leaves other people, and other ways to sign in, as they are: POST of ${file}`, async () => {
    const { team, params, form } = await furnished();
    const { person, cookie } = team.owner;
    const [one, other] = [await waysIn(person.id), await waysIn(person.id)];
    const ids = new Set<unknown>(Object.values(other));
    const bystanders = async () => {
      const own = Object.values(await rowsOf(db, "person", person.id));
      return [own.flatMap((rows) => rows.filter(({ id }) => ids.has(id))), await strangersRows()];
    };
    const before = await bystanders();
    const asked = { ...addressOf(each, { ...params, ...one }), cookie, form: form(file) };
    await ask(door, { ...asked, headers: { Accept: "application/json" } });
    expect(await bystanders()).toEqual(before);
  });
}

const fresh = opened.filter((each) => operationOf(each).authenticate === "fresh");

test("operations that matter require a fresh proof", () => {
  expect(fresh.filter(({ method }) => method === "GET").length).toBeGreaterThanOrEqual(17);
  expect(fresh.filter(({ method }) => method === "POST").length).toBeGreaterThanOrEqual(13);
});

test("every operation that can require a fresh proof has a test with a stolen cookie", () => {
  const declared = opened.filter((each) => operationOf(each).authenticate === "stepping-up").map(({ file }) => file);
  expect(declared.sort()).toEqual(Object.keys(guarded).sort());
});

/** One for all tests, since none of them changes it. Its owner proved who they are too long ago. */
const stolenFrom = once(async () => {
  const { team, params, form } = await furnished();
  const { person, cookie } = team.owner;
  const provenAt = new Date(Date.now() - 11 * 60_000);
  await db.update(session).set({ provenAt }).where(eq(session.userId, person.id));
  return { params, form, cookie };
});

for (const each of fresh) {
  const { file, method, door } = each;
  test(`a stolen cookie is refused where a fresh proof is required: ${method} of ${file}`, async () => {
    const { params, form, cookie } = await stolenFrom();
    const asked = { ...addressOf(each, params), cookie, ...(method === "POST" && { form: form(file) }) };
    const shown = await ask(door, { ...asked, headers: { Accept: "text/html" } });
    if (method === "GET") {
      expect([shown.status, shown.headers.get("Location")]).toEqual([
        302,
        expect.stringMatching(/^\/confirm\?redirectTo=%2F/),
      ]);
    } else {
      expect([shown.status, shown.body]).toEqual([403, expect.objectContaining({ confirmAt: expect.any(String) })]);
    }
    const answered = await ask(door, { ...asked, headers: { Accept: "application/json" } });
    expect([answered.status, answered.body]).toEqual([403, { error: "confirm" }]);
  });
}

const inOrganizations = opened.filter((each) => isPermission(operationOf(each).authorize));

for (const each of inOrganizations) {
  const { file, method } = each;
  test(`every statement over a tenant's table names its tenant: ${method} of ${file}`, async () => {
    const { statements, tenant } = await said(each);
    expect(statements.length).toBeGreaterThan(0);
    const loose = statements.filter(
      ({ sql, args }) =>
        OF_TENANTS.test(sql.replaceAll(OF_ITS_ENTRY, "")) &&
        !SEALING.test(sql) &&
        !SENDING.test(sql) &&
        !args.some((arg) => tenant.includes(arg)),
    );
    expect(
      loose.map(({ sql }) => sql),
      "these name no organization: use scope.select or grant.select, or add grant.rows to the condition",
    ).toEqual([]);
  });
}

for (const each of opened) {
  const { file, method } = each;
  test(`every select inside a statement says whose rows it reads: ${method} of ${file}`, async () => {
    const { statements } = await said(each);
    const inner = statements.flatMap(({ sql }) => selectsIn(sql));
    const loose = inner.filter((select) => OF_TENANTS.test(select) && !NAMED.test(select));
    const advice =
      "these read the rows of all organizations: count with scope.count, or add scope.rows to the condition";
    expect([...new Set(loose)], advice).toEqual([]);
  });
}

/** The tenant, a person, or the one row that is meant. */
const NAMED = /\b(organization_id|user_id)\b|(\b|_)(id|token|token_hash|slug)"? (=|is|in)(?!\w)/;

/** The selects inside a statement, each without those inside it. */
function selectsIn(statement: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  for (const piece of statement.split(/(?=[()])/)) {
    if (piece.startsWith("(")) open.push(piece.slice(1));
    else {
      const closed = open.pop() ?? "";
      if (/^\s*select\b/i.test(closed)) found.push(closed);
      const outer = /^\s*select\b/i.test(closed) ? "(…" : `(${closed}`;
      open.push(`${open.pop() ?? ""}${outer}${piece}`);
    }
  }
  return found;
}

for (const each of inOrganizations.filter(({ method }) => method === "POST")) {
  test(`entries that every member sees name no address: POST of ${each.file}`, async () => {
    const { tenant } = await said(each);
    const isOpen = and(eq(auditEntry.organizationId, tenant[0] ?? ""), inArray(auditEntry.action, openActions));
    const { action, before, after } = auditEntry;
    const entries = await db.select({ action, before, after }).from(auditEntry).where(isOpen);
    expect(
      entries.filter(({ before, after }) => JSON.stringify([before, after]).includes("@")),
      "take the action out of `openActions` in feature.ts, or the address out of `before` and `after`",
    ).toEqual([]);
  });
}

const OF_TENANTS = new RegExp(
  `\\b(from|join|into|update)\\s+"?(${tablesOf("organization").map(getTableName).join("|")})\\b`,
  "i",
);

/** A condition on the entry that the same batch has written for this tenant. */
const OF_ITS_ENTRY = /from "audit_entry" where "audit_entry"\."id" = \?/g;

/** Runs after the response, over the chains of all tenants, and over the search texts of their entries. */
const SEALING = /"?audit_chain\b|"hash" is null|\bas made_form\b/;

/** Runs after the response, over what is due of all tenants. A run claims it under a name of its own. */
const SENDING = /"?claimed_(by|until)\b/;

/** Searches and filters, which the addresses in the URL table do not contain. */
const narrowed: Record<string, string[]> = {
  "routes/organizations/members.tsx": [
    ...["search=a", "search=ada@person.test", "page=2", "role=admin", "search=a&sort=-name&role=admin"],
    ...["sort=name", "sort=-name", "sort=name&role=admin", "sort=joined", "sort=-joined&role=admin", "sort=-role"],
  ],
  "routes/organizations/audit.tsx": [
    ...["action=member.removed", "actor=a", "actor=a&action=member.removed", "from=2026-01-01&to=2026-02-01"],
    ...["before=1.a", "after=1.a", "action=member.removed&before=1.a", "actor=a&after=1.a"],
    ...["search=lake", "search=10.0", "search=lake&before=1.a&action=member.removed"],
  ],
  "routes/organizations/gallery.tsx": [
    ...["search=a", "search=lake", "sort=name", "sort=largest", "by=a", "type=image/png"],
    ...["search=lake&type=image/png&sort=name", "by=a&type=image/png", "by=a&sort=name", "type=image/png&sort=largest"],
  ],
  "pages.palette": ["query=a", "query=lake", "query="],
  "routes/notifications/list.tsx": ["page=2", "show=unread", "show=unread&page=2"],
};

/** The frame around pages queries more for the pages of an organization. */
const around: Record<string, string[]> = { "routes/frame.tsx": ["/organizations/:organization/dashboard"] };

test("every page that is tested with filters or inside its frame is in the URL table", () => {
  const files = opened.map(({ file }) => file);
  expect(Object.keys({ ...narrowed, ...around }).filter((file) => !files.includes(file))).toEqual([]);
});

for (const each of opened) {
  const { file, method } = each;
  test(`no statement scans a whole table: ${method} of ${file}`, async () => {
    expect(await scansOf((await said(each)).statements), ADD_INDEX).toEqual([]);
  });
}

const known = new Map<Door, ReturnType<typeof saidBy>>();

/** The statements of a door for an owner, with and without searches and filters, and the values that name the owner's tenant. */
function said(each: (typeof opened)[number]) {
  const now = known.get(each.door) ?? saidBy(each);
  known.set(each.door, now);
  return now;
}

/** More members than any page shows. */
const MEMBERS = 400;

/** An organization with many members. Doors that only read share one. */
async function grown() {
  const made = await furnished();
  const { id } = made.team.organization;
  const many = sql`with recursive number(i) as (select 1 union all select i + 1 from number where i < ${MEMBERS})`;
  const person = sql`${id} || '-' || i`;
  await db.batch([
    db.run(sql`update organization set member_limit = ${2 * MEMBERS} where id = ${id}`),
    db.run(sql`insert into user (id, name, email, email_verified) ${many}
      select ${person}, 'Zoe', ${person} || '@grown.test', 1 from number`),
    db.run(sql`update search_text set form = 'zoe'
      where kind = 'person' and id in (${many} select ${person} from number)`),
    db.run(sql`insert into member (id, organization_id, user_id, role) ${many}
      select ${person}, ${id}, ${person}, 'member' from number`),
  ]);
  return made;
}

const looked = once(grown);

async function saidBy(each: (typeof opened)[number]) {
  const { file, method, door } = each;
  const { team, params, form } = await (method === "GET" ? looked() : grown());
  const { person, cookie } = team.owner;
  const [own] = await db.select().from(session).where(eq(session.userId, person.id));
  const { url, params: named } = addressOf(each, params);
  using listening = listen();
  const { slug } = team.organization;
  const more = (narrowed[file] ?? []).map((search) => ({ url: `${url.split("?")[0]}?${search}`, params: named }));
  const pages = (around[file] ?? []).map((page) => ({
    url: page.replace(":organization", slug),
    params: { ...named, organization: slug },
  }));
  for (const asked of [{ url, params: named }, ...more, ...pages]) {
    await ask(door, { ...asked, cookie, ...(method === "POST" && { form: form(file) }) });
  }
  const tenant = [team.organization.id, slug, person.id, own?.token];
  const statements = [...listening.statements];
  return { statements, tenant, limits: await db.$count(rateLimit) };
}

/** The most rows that a page reads from several tables. A statement that reads all members reads more. */
const READ_AT_MOST = 300;

const takesAll: Record<string, string> = {
  "routes/organizations/settings.delete.ts": "It deletes what all members had in the organization.",
  "routes/organizations/members.export.ts": "The file lists all members.",
};

for (const each of opened.filter(({ file }) => !(file in takesAll))) {
  const { file, method } = each;
  test(`no statement reads all members of an organization: ${method} of ${file}`, async () => {
    const { statements, limits } = await said(each);
    // Deleting an account looks through these (`mayBeScanned`), and each operation that was tested has left some.
    const mayRead = (sql: string) => READ_AT_MOST + (sql.startsWith('delete from "rate_limit"') ? limits : 0);
    const growing = statements.filter(({ sql, rowsRead }) => rowsRead > mayRead(sql) && /\bmember\b/.test(sql));
    expect(
      growing.map(({ sql, rowsRead }) => `${rowsRead} rows: ${sql}`),
      "limit these, or say in `takesAll` why they need all members",
    ).toEqual([]);
  });
}

test("no statement of the schedule scans a whole table", async () => {
  using listening = listen();
  await runSchedule(env);
  const statements = [...listening.statements];
  expect(statements.length).toBeGreaterThan(10);
  expect(await scansOf(statements), ADD_INDEX).toEqual([]);
});

const ADD_INDEX = "each needs an index of the columns in its condition, in app/db/schema";

/** Tables that can be scanned since they have few rows, and why these are few. */
const mayBeScanned: Record<string, string> = {
  mailbox_message: "Only a page in development reads it, and it is empty elsewhere.",
  rate_limit: "Rows last a day at most, and deleting an account finds them by the end of their key.",
  removed_organization: "It only has organizations that are not emptied yet.",
};

const plans = new Map<string, string[]>();

/** The tables that SQLite would scan from end to end, by its own query plan. It includes foreign keys, but not triggers. */
async function scansOf(statements: readonly { sql: string }[]): Promise<string[]> {
  const texts = new Set(
    statements.map(({ sql }) => sql).filter((text) => !/^\s*(begin|commit|rollback)\b/i.test(text)),
  );
  const unknown = [...texts].filter((text) => !plans.has(text));
  const explained =
    unknown.length === 0 ? [] : await db.$client.batch(unknown.map((text) => `explain query plan ${text}`));
  for (const [at, text] of unknown.entries()) {
    const steps = explained[at]?.rows.map(({ detail }) => String(detail)) ?? [];
    plans.set(text, scansIn(text, steps, await schema()));
  }
  return [...texts].flatMap((text) => (plans.get(text) ?? []).map((step) => `${step} in: ${text}`));
}

function scansIn(text: string, steps: string[], { tables, partial }: Awaited<ReturnType<typeof schema>>): string[] {
  return steps.filter((step) => {
    const [, name = "", index] = /^SCAN (\S+)(?: USING (?:COVERING )?INDEX (\S+))?/.exec(step) ?? [];
    if (name === "") return false;
    // FTS5 writes M if words are searched for.
    if (index !== undefined && partial.has(index)) return false;
    if (/ VIRTUAL TABLE INDEX \d+:M/.test(step)) return false;
    const [, table = name] =
      new RegExp(`"?(\\w+)"? (?:as )?"?${name.replace(/\W/g, "\\$&")}"?(?!\\w)`, "i").exec(text) ?? [];
    return [name, table].some((each) => tables.has(each) && !(each in mayBeScanned));
  });
}

/** A partial index, such as of rows that wait for something, has few rows. One of all that is not deleted has nearly all. */
const schema = once(async () => {
  const rows = await db.all<{ type: string; name: string; sql: string | null }>(
    sql`select type, name, sql from sqlite_master`,
  );
  return {
    tables: new Set(rows.filter(({ type }) => type === "table").map(({ name }) => name)),
    partial: new Set(
      rows
        .filter(({ type, sql }) => type === "index" && / where (?!\W*deleted_at\W+is null\W*$)/i.test(sql ?? ""))
        .map(({ name }) => name),
    ),
  };
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
