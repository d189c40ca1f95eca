import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { checkMigrations } from "./doctor/here.ts";
import { orderMigrations } from "./order-migrations.ts";
import { ROOT } from "./tools.ts";

/** A repository with one table, and functions that add another one with its migration. */
async function aRepository() {
  const root = await mkdtemp(path.join(tmpdir(), "app-order-"));
  const run = (file: string, ...args: string[]) => promisify(execFile)(file, args, { cwd: root });
  const git = (...args: string[]) => run("git", "-c", "user.name=T", "-c", "user.email=t@example.test", ...args);
  const generate = (name: string) =>
    run(process.execPath, "node_modules/drizzle-kit/bin.cjs", "generate", "--name", name);
  await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
  await mkdir(path.join(root, "app/db/schema"), { recursive: true });
  await writeFile(path.join(root, "drizzle.config.ts"), await readFile(path.join(ROOT, "drizzle.config.ts")));
  await writeFile(path.join(root, ".gitignore"), "node_modules\n");
  const addTable = async (name: string) => {
    const text = `import { sqliteTable, text } from "drizzle-orm/sqlite-core";\nexport const ${name} = sqliteTable("${name}", { id: text("id") });\n`;
    await writeFile(path.join(root, `app/db/schema/${name}.ts`), text);
    await generate(name);
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
