import { env } from "cloudflare:test";
import { and, eq, getTableName, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { runSchedule } from "../../workers/schedule.ts";
import { openActions } from "../audit/openings.ts";
import { auditEntry } from "../db/schema/audit.ts";
import { rateLimit } from "../db/schema/limits.ts";
import { session } from "../db/schema/people.ts";
import { testDatabase } from "../test/database.ts";
import { addressOf, type Door, furnished, isPermission, once, opened, operationOf } from "../test/doors.ts";
import { ask } from "../test/requests.ts";
import { listen } from "../test/sent.ts";
import { tablesOf } from "../test/tables.ts";

/** Tests the statements that each door sends to the database: whose rows they name, and how many they read. */

const db = testDatabase();

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
  const made = await furnished(db);
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
