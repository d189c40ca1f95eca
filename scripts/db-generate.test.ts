import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { after, keepTriggers, mendIndexes } from "./db-generate.ts";
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
    const { kept, sql: whole } = keepTriggers(plain, earlier);
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
  expect(keepTriggers(sql, await migrations())).toEqual({ sql, kept: [] });
});

test("an expression in an index is not quoted as a column name", () => {
  const at = "CREATE INDEX `rank` ON `member` (`organization_id`,";
  const line = `${at}\`case "role" when 'owner' then 0 else 1 end\`,\`id\`) WHERE "member"."role" is not null;`;
  expect(mendIndexes(line)).toBe(
    `${at}case "role" when 'owner' then 0 else 1 end,\`id\`) WHERE "member"."role" is not null;`,
  );
  expect(mendIndexes(`${at}\`id\`);--> statement-breakpoint`)).toBe(`${at}\`id\`);--> statement-breakpoint`);
});
