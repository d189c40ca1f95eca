import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { after, failsWithRows, keepTriggers, mendCopies, mendIndexes, runKit } from "./db-generate.ts";
import { ROOT } from "./tools.ts";

async function migrations() {
  const folder = path.join(ROOT, "migrations");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  return Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
}

const QUERY =
  "select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by 1, 2";

/** The migration that drizzle-kit writes when a check of the table changes. */
function madeAnew(table: string, sql: string, indexes: string[]): string {
  return [
    "PRAGMA foreign_keys=OFF;",
    `${sql.replace(/[`"]\w+[`"]/, `\`__new_${table}\``).replaceAll(`"${table}".`, `"__new_${table}".`)};`,
    `INSERT INTO \`__new_${table}\` SELECT * FROM \`${table}\`;`,
    `DROP TABLE \`${table}\`;`,
    `ALTER TABLE \`__new_${table}\` RENAME TO \`${table}\`;`,
    "PRAGMA foreign_keys=ON;",
    ...indexes.map((index) => `${index};`),
  ].join("--> statement-breakpoint\n");
}

test("a recreated table keeps its triggers, and those of other tables that name it", async () => {
  const earlier = await migrations();
  using before = after(earlier);
  const things = before.prepare(QUERY).all() as { type: string; name: string; sql: string }[];
  for (const table of ["member", "invitation", "search_text"]) {
    const indexes = things.filter(({ type, sql }) => type === "index" && sql.includes(` ON \`${table}\``));
    const sql = things.find(({ type, name }) => type === "table" && name === table)?.sql ?? "";
    const plain = madeAnew(
      table,
      sql,
      indexes.map((index) => index.sql),
    );
    const lost = () =>
      after([...earlier, plain])
        .prepare(QUERY)
        .all().length;
    const { kept, sql: whole } = keepTriggers(plain, earlier, []);
    if (kept.length > 0) expect(() => expect(lost(), table).toBe(things.length), table).toThrow();
    using now = after([...earlier, whole]);
    const names = now
      .prepare(QUERY)
      .all()
      .map(({ type, name }) => `${type} ${name}`);
    expect(names, table).toEqual(things.map(({ type, name }) => `${type} ${name}`));
    expect(kept.length, table).toBeGreaterThan(table === "invitation" ? -1 : 0);
  }
});

test("a migration that recreates no table stays unchanged", async () => {
  const sql = "CREATE TABLE `note` (`id` text);\n--> statement-breakpoint\nDROP TABLE `image`;";
  expect(keepTriggers(sql, await migrations(), [])).toEqual({ sql, kept: [] });
});

test("an index that the schema no longer has is not made again, and one that drizzle-kit never knew is", () => {
  const earlier = [
    "CREATE TABLE `trip` (`id` text, `boat` text);--> statement-breakpoint\nCREATE INDEX `trip_boat` ON `trip` (`boat`);--> statement-breakpoint\nCREATE INDEX `trip_own` ON `trip` (`id`);",
  ];
  const migration = madeAnew("trip", "CREATE TABLE `trip` (`id` text)", []).replace("SELECT *", 'SELECT "id"');
  const { sql, kept } = keepTriggers(migration, earlier, ["trip_boat"]);
  expect(kept).toEqual(["trip_own"]);
  using now = after([...earlier, sql]);
  expect(now.prepare("select name from sqlite_master where type = 'index'").all()).toMatchObject([
    { name: "trip_own" },
  ]);
});

test("a recreated table gets the values of a renamed column, and none for a new one", () => {
  const rows = "INSERT INTO `trip` VALUES ('1', 'Sea');";
  const earlier = ["CREATE TABLE `trip` (`id` text, `name` text);", rows];
  const migration = madeAnew("trip", "CREATE TABLE `trip` (`id` text, `title` text, `place` text)", []).replace(
    /INSERT.*/,
    'INSERT INTO `__new_trip`("id", "title", "place") SELECT "id", "title", "place" FROM `trip`;',
  );
  const renamed = { '"trip"."name"': '"trip"."title"', '"boat"."name"': '"boat"."id"' };
  using now = after([...earlier, mendCopies(migration, earlier, renamed)]);
  expect(now.prepare("select * from trip").all()).toEqual([{ id: "1", title: "Sea", place: null }]);
});

test("a migration that works only in an empty database is named with the reason", () => {
  const earlier = ["CREATE TABLE `trip` (`id` text NOT NULL, `boat` text, CHECK(length(`id`) = 36));"];
  const failure = (...statements: string[]) => failsWithRows(statements.join("--> statement-breakpoint\n"), earlier);
  expect(failure("ALTER TABLE `trip` ADD `harbor` text NOT NULL;")).toMatch(/Cannot add a NOT NULL column/);
  expect(failure("ALTER TABLE `trip` ADD `harbor` text DEFAULT '' NOT NULL;")).toBeNull();
  expect(failure("CREATE TABLE `harbor` (`id` text NOT NULL);")).toBeNull();
  const anew = madeAnew("trip", "CREATE TABLE `trip` (`id` text NOT NULL, `boat` text NOT NULL)", []);
  expect(failure(anew)).toMatch(/NOT NULL constraint failed: __new_trip.boat/);
  expect(failure("UPDATE `trip` SET `boat` = '' WHERE `boat` IS NULL;", anew)).toBeNull();
});

test("a column without a value for existing rows is refused in the tables that the product has", async () => {
  const earlier = await migrations();
  const add = (table: string, rest = "") =>
    failsWithRows(`ALTER TABLE \`${table}\` ADD \`more\` text NOT NULL${rest};`, earlier);
  const tables = ["organization", "member", "invitation", "user", "session", "api_key", "webhook_endpoint"];
  expect(tables.filter((table) => add(table) === null)).toEqual([]);
  expect(tables.filter((table) => add(table, " DEFAULT ''") !== null)).toEqual([]);
  expect(add("audit_entry", " DEFAULT ''")).toBeNull();
});

test("an expression in an index is not quoted as a column name", () => {
  const at = "CREATE INDEX `rank` ON `member` (`organization_id`,";
  const line = `${at}\`case "role" when 'owner' then 0 else 1 end\`,\`id\`) WHERE "member"."role" is not null;`;
  expect(mendIndexes(line)).toBe(
    `${at}case "role" when 'owner' then 0 else 1 end,\`id\`) WHERE "member"."role" is not null;`,
  );
  expect(mendIndexes(`${at}\`id\`);--> statement-breakpoint`)).toBe(`${at}\`id\`);--> statement-breakpoint`);
});

test("a rename without a terminal says to run the command in a terminal, and fails", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "app-kit-"));
  try {
    await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
    await mkdir(path.join(root, "app/db/schema"), { recursive: true });
    await writeFile(path.join(root, "drizzle.config.ts"), await readFile(path.join(ROOT, "drizzle.config.ts")));
    const generate = async (column: string) => {
      const table = `import { sqliteTable, text } from "drizzle-orm/sqlite-core";\nexport const note = sqliteTable("note", { ${column}: text("${column}") });\n`;
      await writeFile(path.join(root, "app/db/schema/notes.ts"), table);
      await runKit(["--name", column], { isTerminal: false, root });
    };
    await generate("body");
    await expect(generate("text")).rejects.toThrow("Run this command in a terminal.");
    expect((await readdir(path.join(root, "migrations"))).sort()).toEqual(["0000_body.sql", "meta"]);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
