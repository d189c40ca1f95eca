import { sql } from "drizzle-orm";
import type { Database } from "../../app/db/client.server.ts";

const OLDEST_VERSION = [3, 42, 0];

/**
 * Every SQL function that migrations, triggers and code use, with an example call. All belong to SQLite's core or its JSON
 * functions. A test searches the SQL for others.
 */
export const FUNCTIONS: Record<string, string> = {
  changes: "changes()",
  coalesce: "coalesce(null, 1)",
  count: "count(*)",
  date: "date(0, 'unixepoch')",
  group_concat: "group_concat('a', ' ')",
  hex: "hex('a')",
  instr: "instr('ab', 'b')",
  json: "json('[1]')",
  json_array: "json_array(1)",
  json_each: "(select value from json_each('[1]'))",
  json_extract: `json_extract('{"a":1}', '$.a')`,
  json_group_array: "json_group_array(1)",
  json_object: "json_object('a', 1)",
  length: "length('a')",
  lower: "lower('A')",
  max: "max(1, 2)",
  min: "min(1, 2)",
  randomblob: "randomblob(1)",
  replace: "replace('a', 'a', 'b')",
  row_number: "row_number() over ()",
  substr: "substr('a', 1)",
  sum: "sum(1)",
  unixepoch: "unixepoch('subsec')",
};

type Need = {
  /** The need in words, as the start of a sentence. */
  name: string;
  statements: readonly string[];
  /** SQL that is true after the statements. */
  holds: string;
};

const NEEDS: readonly Need[] = [
  {
    name: "Full-text search (FTS5)",
    statements: [
      `create virtual table deploy_words using fts5(word, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '-'")`,
      "insert into deploy_words (rowid, word) values (1, 'a-mountain a-lake'), (2, 'b-lake')",
      "insert into deploy_words (deploy_words, rowid, word) values ('delete', 2, 'b-lake')",
    ],
    holds: `(select group_concat(rowid, ' ') from deploy_words where deploy_words match '"a-lake" OR "b-lake"') = '1'`,
  },
  {
    name: "Foreign keys that delete dependent rows",
    statements: [
      "create table deploy_parent (id text primary key)",
      "create table deploy_child (id text references deploy_parent(id) on delete cascade)",
      "insert into deploy_parent values ('a')",
      "insert into deploy_child values ('a')",
      "delete from deploy_parent",
    ],
    holds: "not exists (select 1 from deploy_child)",
  },
  {
    name: "Triggers that fire other triggers",
    statements: [
      "create table deploy_one (id integer)",
      "create table deploy_two (id integer)",
      "create table deploy_three (id integer unique, times integer)",
      "create trigger deploy_first after insert on deploy_one begin insert into deploy_two values (new.id); end",
      `create trigger deploy_second after insert on deploy_two begin
        insert into deploy_three values (new.id, 1) on conflict (id) do update set times = times + 1; end`,
      "insert into deploy_one values (1), (1)",
    ],
    holds: "(select times from deploy_three) = 2",
  },
  {
    name: "Expression indexes and partial indexes",
    statements: [
      "create table deploy_indexed (one text, two text)",
      "create unique index deploy_expression on deploy_indexed (case when one is null then two else one end)",
      "create unique index deploy_partial on deploy_indexed (two) where one is null",
      "insert or ignore into deploy_indexed values (null, 'a'), (null, 'a'), ('b', 'a')",
    ],
    holds: "(select count(*) from deploy_indexed) = 2",
  },
  {
    name: "Updates from JSON",
    statements: [
      "create table deploy_row (id text, done integer)",
      "insert into deploy_row values ('a', 0)",
      `update deploy_row set done = item.value ->> 'done' from json_each('[{"id":"a","done":1}]') as item
        where deploy_row.id = item.value ->> 'id'`,
    ],
    holds: "(select done from deploy_row) = 1",
  },
];

export type DatabaseReport = {
  /** The kind and version of the database, such as "libSQL, SQLite 3.45.1". */
  engine: string;
  /** What the database lacks, each as a sentence. */
  faults: string[];
};

/**
 * Checks a database for everything the product needs, and leaves it as it was: each check is a batch that undoes itself.
 * Rejects if the database does not respond.
 */
export async function askDatabase(db: Database): Promise<DatabaseReport> {
  const [{ version } = { version: "" }] = await db.all<{ version: string }>(sql`select sqlite_version() as version`);
  const [turso] = await db.all<{ version: string }>(sql`select turso_version() as version`).catch(() => []);
  const engine = turso ? `Turso's own engine ${turso.version}` : `libSQL, SQLite ${version}`;
  const faults: string[] = [];
  if (isOlder(version)) faults.push(`SQLite ${OLDEST_VERSION.join(".")} or later is required; this is ${version}.`);
  for (const [name, call] of Object.entries(FUNCTIONS)) {
    const reason = await db.run(sql.raw(`select ${call}`)).then(() => null, reasonOf);
    if (reason !== null) faults.push(`The function ${name}() is missing (${reason}).`);
  }
  // If tables cannot be created, all the checks that follow would fail for the same reason.
  const refusal = await tryOut(db, { name: "", statements: ["create table deploy_table (id text)"], holds: "true" });
  if (refusal !== null)
    return { engine, faults: [...faults, `The token is not allowed to change tables (${refusal}).`] };
  for (const need of NEEDS) {
    const reason = await tryOut(db, need);
    if (reason !== null) faults.push(`${need.name}: missing (${reason}).`);
  }
  return { engine, faults };
}

/** Resolves with null if the need is met, otherwise with the reason. The last statement fails on purpose to undo the batch. */
async function tryOut(db: Database, { statements, holds }: Need): Promise<string | null> {
  const [first, ...rest] = [
    "create table deploy_answer (holds integer check (holds = 1))",
    ...statements,
    `insert into deploy_answer values ((${holds}) is true)`,
    "select 1 from deploy_undo",
  ].map((statement) => db.run(sql.raw(statement)));
  if (first === undefined) return null;
  const reason = await db.batch([first, ...rest]).then(() => "it has a table deploy_undo", reasonOf);
  return reason.includes("no such table: deploy_undo") ? null : reason;
}

/** Returns the message of the innermost cause, which is the database's own. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? reasonOf(cause) : message;
}

function isOlder(version: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, least] of OLDEST_VERSION.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
