import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "drizzle-orm";
import ts from "typescript";
import { expect, test } from "vitest";
import { createDatabase } from "#app/db/client.server.ts";
import { startSqld } from "../sqld.ts";
import { askDatabase, FUNCTIONS } from "./database.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const MIGRATIONS = path.join(ROOT, "migrations");

/** Words that can precede a parenthesis without being a function call. */
const KEYWORDS = new Set(
  (
    "all and as begin between by case cast check conflict default distinct else end except exists from generated having in " +
    "intersect into is join key limit not offset on or order over partition recursive references returning select set " +
    "table then union unique update using values when where with"
  ).split(" "),
);

/** The functions that a piece of SQL calls. A table name before its columns is not a function. */
function functionsIn(text: string): string[] {
  const bare = text
    .replace(/--.*$/gm, "")
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/\b(into|table|references|recursive|on|with)\s+[`"]?\w+[`"]?\s*\(/gi, "$1 (");
  const called = [...bare.matchAll(/\b([a-z_]\w*)\s*\(/gi)].map(([, name = ""]) => name.toLowerCase());
  return called.filter((name) => !KEYWORDS.has(name));
}

async function migrationFiles() {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(path.join(MIGRATIONS, name), "utf8") })));
}

/** The pieces of SQL in a source file, with `?` in place of a value or other SQL. */
function sqlIn(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "sql") {
      const { template } = node;
      const parts = ts.isNoSubstitutionTemplateLiteral(template)
        ? [template]
        : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
      found.push(parts.map((part) => part.text).join(" ? "));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

async function codeFunctions() {
  const found: { file: string; name: string }[] = [];
  for (const folder of ["app", "workers", "scripts"]) {
    const files = await readdir(path.join(ROOT, folder), { recursive: true });
    for (const name of files) {
      const file = path.posix.join(folder, name.replaceAll("\\", "/"));
      // That file finds out the kind of a database by calling a function that only one kind has.
      if (!/\.tsx?$/.test(file) || /\.test\.tsx?$|paraglide|^scripts\/deploy\/database\.ts$/.test(file)) continue;
      const text = await readFile(path.join(ROOT, file), "utf8");
      for (const each of sqlIn(file, text).flatMap(functionsIn)) found.push({ file, name: each });
    }
  }
  return found;
}

test("migrations, triggers and code call only SQL functions that a deploy checks for", async () => {
  const inMigrations = (await migrationFiles()).flatMap(({ name, text }) =>
    functionsIn(text).map((each) => ({ file: name, name: each })),
  );
  const inCode = await codeFunctions();
  expect(inMigrations.length).toBeGreaterThan(40);
  expect(inCode.length).toBeGreaterThan(50);
  const all = [...inMigrations, ...inCode];
  expect(all.filter(({ name }) => !(name in FUNCTIONS))).toEqual([]);
});

test("the search for SQL functions finds each call, and ignores comments, texts and column lists", () => {
  expect(functionsIn("update `a` set `b` = lower(hex(sha3(json_array(`c`), 256)))")).toEqual([
    ...["lower", "hex", "sha3", "json_array"],
  ]);
  expect(functionsIn("insert into mail (id) values (1) on conflict (id) do nothing -- sha3(x)")).toEqual([]);
  expect(functionsIn("create table `a` (`b` text default 'sha3(x)', foreign key (`b`) references `c`(`d`))")).toEqual(
    [],
  );
  expect(sqlIn("x.ts", "db.run(sql<string>`select crypto_sha256(1)`)").flatMap(functionsIn)).toEqual(["crypto_sha256"]);
});

test("a SQLite with nothing added takes every migration, and every trigger can fire", async () => {
  using plain = new DatabaseSync(":memory:");
  for (const { text } of await migrationFiles()) {
    for (const statement of text.split("--> statement-breakpoint")) plain.exec(statement);
  }
  const triggers = plain.prepare("select distinct tbl_name as name from sqlite_master where type = 'trigger'").all();
  expect(triggers.length).toBeGreaterThan(3);
  // Preparing a statement already compiles its triggers and looks up their functions.
  for (const { name } of triggers) {
    plain.prepare(`insert into ${name} default values`);
    plain.prepare(`update ${name} set rowid = rowid`);
    plain.prepare(`delete from ${name}`);
  }
  plain.exec("create trigger bad after insert on audit_entry begin select sha3(new.id); end");
  expect(() => plain.prepare("insert into audit_entry default values")).toThrow("no such function: sha3");
});

async function anEmptyDatabase() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-deploy-"));
  const sqld = await startSqld({ dataDir });
  return {
    ...sqld,
    async [Symbol.asyncDispose]() {
      await sqld.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

test("a database that has all that is needed is reported with its name, and left unchanged", async () => {
  await using database = await anEmptyDatabase();
  const db = createDatabase({ url: database.url });
  expect(await askDatabase(db)).toEqual({ engine: expect.stringMatching(/^libSQL, SQLite 3\.\d+\.\d+$/), faults: [] });
  expect(await db.all(sql`select name from sqlite_master`)).toEqual([]);
});

/** The same database with a fault: each statement sent to it goes through `change` first. */
function throughA(url: string, change: (statement: string) => string) {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = JSON.parse(await request.text(), (key, value) => (key === "sql" ? change(value) : value));
    return globalThis.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: JSON.stringify(body),
    });
  };
  return createDatabase({ url, fetch });
}

test("each feature that a database lacks is named in a clear message", async () => {
  await using database = await anEmptyDatabase();
  const lacking = async (from: RegExp, to: string) =>
    (await askDatabase(throughA(database.url, (statement) => statement.replace(from, to)))).faults;
  expect(await lacking(/unixepoch/, "sha4")).toEqual([
    expect.stringMatching(/^The function unixepoch\(\) is missing \(.*sha4/),
  ]);
  expect(await lacking(/fts5/, "fts9")).toEqual([
    expect.stringMatching(/^Full-text search \(FTS5\): missing \(.*fts9/),
  ]);
  expect(await lacking(/ on delete cascade/, "")).toEqual([expect.stringMatching(/^Foreign keys .* missing/)]);
  expect(await lacking(/^create trigger deploy_first.*$/, "select 1")).toEqual([
    expect.stringMatching(/^Triggers .* missing/),
  ]);
  expect(await lacking(/sqlite_version\(\)/, "'3.9.2'")).toEqual([expect.stringContaining("this is 3.9.2.")]);
  expect(await lacking(/^create table deploy_table/, "create nothing")).toEqual([
    expect.stringMatching(/^The token is not allowed to change tables/),
  ]);
});

test("a check of a database that does not respond throws instead of returning a report", async () => {
  await expect(askDatabase(createDatabase({ url: "http://127.0.0.1:9" }))).rejects.toThrow();
});
