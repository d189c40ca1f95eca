import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { differencesFromSchema } from "./built-by-migrations.ts";
import { checkMigrations } from "./doctor/here.ts";
import { orderMigrations } from "./order-migrations.ts";
import { ROOT } from "./tools.ts";

/** A repository with one table, and functions that add another one with its migration. */
async function aRepository() {
  const root = await mkdtemp(path.join(tmpdir(), "app-order-"));
  const run = (file: string, ...args: string[]) => promisify(execFile)(file, args, { cwd: root });
  const git = (...args: string[]) => run("git", "-c", "user.name=T", "-c", "user.email=t@example.test", ...args);
  const generate = (name: string, ...flags: string[]) =>
    run(process.execPath, "node_modules/drizzle-kit/bin.cjs", "generate", "--name", name, ...flags);
  await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
  await mkdir(path.join(root, "app/db/schema"), { recursive: true });
  await writeFile(path.join(root, "drizzle.config.ts"), await readFile(path.join(ROOT, "drizzle.config.ts")));
  await writeFile(path.join(root, ".gitignore"), "node_modules\n");
  const addTable = async (name: string, migration = name) => {
    const text = `import { sqliteTable, text } from "drizzle-orm/sqlite-core";\nexport const ${name} = sqliteTable("${name}", { id: text("id") });\n`;
    await writeFile(path.join(root, `app/db/schema/${name}.ts`), text);
    await generate(migration);
    await git("add", "-A");
    await git("commit", "-qm", `Add ${name}`);
  };
  await git("init", "-qb", "main");
  await addTable("first");
  return { root, git, generate, addTable, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

test("in a merge the other side's migrations go behind one's own, with a later time and one snapshot of both", async () => {
  await using repository = await aRepository();
  const { root, git, generate, addTable } = repository;
  await git("branch", "upstream");
  await git("checkout", "-q", "upstream");
  await addTable("theirs");
  await addTable("later");
  await git("checkout", "-q", "main");
  await addTable("own");
  await git("merge", "upstream").catch(() => undefined);
  expect(await orderMigrations(root)).toEqual(["0002_theirs", "0003_later"]);
  const journal = JSON.parse(await readFile(path.join(root, "migrations/meta/_journal.json"), "utf8"));
  expect(journal.entries.map(({ tag }: { tag: string }) => tag)).toEqual([
    "0000_first",
    "0001_own",
    "0002_theirs",
    "0003_later",
  ]);
  expect(await checkMigrations(root)).toMatchObject({ state: "fine" });
  expect(await readFile(path.join(root, "migrations/0002_theirs.sql"), "utf8")).toContain("CREATE TABLE `theirs`");
  expect((await generate("nothing")).stdout).toContain("No schema changes");
  await git("commit", "-qm", "Merge upstream");
  expect((await git("status", "--porcelain")).stdout).toBe("");
});

test("two incoming migrations of one name both stay", async () => {
  await using repository = await aRepository();
  const { root, git, addTable } = repository;
  await git("checkout", "-qb", "upstream");
  await addTable("theirs", "same");
  await addTable("later", "same");
  await git("checkout", "-q", "main");
  await addTable("own");
  await git("merge", "upstream").catch(() => undefined);
  expect(await orderMigrations(root)).toEqual(["0002_same", "0003_same"]);
  expect(await differencesFromSchema(root)).toEqual([]);
});

test("one's own migration stays as it was if an incoming one has its number and name", async () => {
  await using repository = await aRepository();
  const { root, git, addTable } = repository;
  await git("checkout", "-qb", "upstream");
  await addTable("theirs", "same");
  await git("checkout", "-q", "main");
  await addTable("own", "same");
  await git("merge", "upstream").catch(() => undefined);
  expect(await orderMigrations(root)).toEqual(["0002_same"]);
  const { stdout: own } = await git("show", "HEAD:migrations/0001_same.sql");
  expect(await readFile(path.join(root, "migrations/0001_same.sql"), "utf8")).toBe(own);
  expect(await checkMigrations(root)).toMatchObject({ state: "fine" });
  expect(await differencesFromSchema(root)).toEqual([]);
});

test("a later merge adds only what the other side has made since", async () => {
  await using repository = await aRepository();
  const { root, git, addTable } = repository;
  await git("branch", "upstream");
  await git("checkout", "-q", "upstream");
  await addTable("theirs");
  await git("checkout", "-q", "main");
  await addTable("own");
  await git("merge", "upstream").catch(() => undefined);
  expect(await orderMigrations(root)).toEqual(["0002_theirs"]);
  await git("commit", "-qm", "Merge upstream");
  await git("checkout", "-q", "upstream");
  await addTable("later");
  await git("checkout", "-q", "main");
  await git("merge", "upstream").catch(() => undefined);
  expect(await orderMigrations(root)).toEqual(["0003_later"]);
  expect(await differencesFromSchema(root)).toEqual([]);
});

test("an incoming migration that changes only rows goes behind one's own, which keep their SQL", async () => {
  await using repository = await aRepository();
  const { root, git, generate, addTable } = repository;
  await git("checkout", "-qb", "upstream");
  await generate("rows", "--custom");
  await git("add", "-A");
  await git("commit", "-qm", "Change rows");
  await git("checkout", "-q", "main");
  await addTable("own");
  await git("merge", "upstream").catch(() => undefined);
  expect(await orderMigrations(root)).toEqual(["0002_rows"]);
  expect(await checkMigrations(root)).toMatchObject({ state: "fine" });
  expect(await differencesFromSchema(root)).toEqual([]);
  expect((await generate("nothing")).stdout).toContain("No schema changes");
});

test("an incoming migration that creates a table again without one's own column and check is reported, and stays as it was mended", async () => {
  await using repository = await aRepository();
  const { root, git, generate } = repository;
  const change = async (name: string, { columns, checks = [] }: { columns: string[]; checks?: string[] }) => {
    const schema = `import { sql } from "drizzle-orm";
import { check, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const first = sqliteTable("first", { ${["id", ...columns].map((column) => `${column}: text("${column}")`).join(", ")} }, (table) => [${checks.join(", ")}]);
void [sql, check];
`;
    await writeFile(path.join(root, "app/db/schema/first.ts"), schema);
    await generate(name);
    await git("add", "-A");
    await git("commit", "-qm", name);
  };
  const theirs = 'check("first_theirs", sql`length("theirs") > 1`)';
  const own = 'check("first_own", sql`length("own") > 1`)';
  await git("branch", "upstream");
  await change("own", { columns: ["own"] });
  await git("checkout", "-q", "upstream");
  await change("theirs", { columns: ["theirs"] });
  await change("checked", { columns: ["theirs"], checks: [theirs] });
  await git("checkout", "-q", "main");
  expect(await differencesFromSchema(root)).toEqual([]);
  await git("merge", "upstream").catch(() => undefined);
  const merged = (await git("show", "upstream:app/db/schema/first.ts")).stdout
    .replace("theirs: ", 'own: text("own"), theirs: ')
    .replace(theirs, `${theirs}, ${own}`);
  await writeFile(path.join(root, "app/db/schema/first.ts"), merged);
  expect(await orderMigrations(root)).toEqual(["0002_theirs", "0003_checked"]);
  expect(await differencesFromSchema(root)).toEqual(["first has no column own", "first has no check first_own"]);
  const file = path.join(root, "migrations/0003_checked.sql");
  const mended = (await readFile(file, "utf8"))
    .replace("`theirs` text,", '`theirs` text,\n\t`own` text CONSTRAINT "first_own" CHECK(length("own") > 1),')
    .replace('("id", "theirs") SELECT "id", "theirs"', '("id", "theirs", "own") SELECT "id", "theirs", "own"');
  await writeFile(file, mended);
  expect(await orderMigrations(root), "a second run").toEqual(["0002_theirs", "0003_checked"]);
  expect(await readFile(file, "utf8")).toBe(mended);
  expect(await differencesFromSchema(root)).toEqual([]);
});
