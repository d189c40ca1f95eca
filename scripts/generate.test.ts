import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import phrases from "./generate/phrases.json" with { type: "json" };
import { Mistake, resourceOf } from "./generate/spec.ts";
import { addResource, removeResource } from "./generate.ts";

const run = promisify(execFile);
const ROOT = path.join(import.meta.dirname, "..");

async function aCopy() {
  const root = await mkdtemp(path.join(tmpdir(), "app-generated-"));
  const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  for (const file of stdout.split("\0").filter((file) => file !== "" && !file.startsWith("docs/screenshots/"))) {
    await cp(path.join(ROOT, file), path.join(root, file), { force: true }).catch(ignoreMissing);
  }
  await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
  const git = (...args: string[]) => run("git", args, { cwd: root });
  await git("init", "-q");
  await git("add", "-A");
  await git("-c", "user.name=T", "-c", "user.email=t@example.test", "commit", "-qm", "As it was");
  return { root, git, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** Deleted and not committed yet. */
function ignoreMissing(error: NodeJS.ErrnoException) {
  if (error.code !== "ENOENT") throw error;
}

const odd = [
  {
    name: "notes",
    fields: "title:text!, body:text(5000), done:boolean, tags:text[], price:money(EUR), at:time, ratio:decimal",
  },
  // Two words, a choice in two words, and a member.
  {
    name: "bug-reports",
    access: "any",
    fields: "title:text(80)!, severity:choice(low|not-known)!, seenAt:date!, reporter:member",
  },
  // A word of the language, and a plural of its own.
  { name: "classes", access: "admins", fields: "subject:text!, seats:number!" },
];

test("what is generated fits the house, and is taken out without a trace", { timeout: 1_800_000 }, async () => {
  await using copy = await aCopy();
  const { root, git } = copy;
  for (const each of odd) await addResource(resourceOf(each), root);
  const node = (...args: string[]) => run(process.execPath, args, { cwd: root });
  await node("scripts/compile-messages.ts");
  await node("node_modules/@react-router/dev/bin.js", "typegen");
  await node("node_modules/typescript-native/bin/tsc");
  await node("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "app", "e2e");
  await node("node_modules/knip/bin/knip.js");
  for (const { name } of [...odd].reverse()) await removeResource(name, root);
  expect((await git("status", "--porcelain")).stdout).toBe("");
});

test("a resource whose migration is in the history leaves one that drops its table", {
  timeout: 1_800_000,
}, async () => {
  await using copy = await aCopy();
  const { root, git } = copy;
  await addResource(resourceOf({ name: "notes", fields: "title:text!" }), root);
  await git("add", "-A");
  await git("-c", "user.name=T", "-c", "user.email=t@example.test", "commit", "-qm", "Add notes");
  await removeResource("notes", root);
  const { stdout } = await git("status", "--porcelain", "--untracked-files=all", "migrations");
  const [drop = ""] = /migrations\/\d+_without-notes\.sql/.exec(stdout) ?? [];
  expect(await readFile(path.join(root, drop), "utf8")).toMatch(/DROP TABLE `note`/);
});

test("the phrase book has the same words in each language, and French signs on the line of the word before them", () => {
  const { en, fr, "fr-BE": be } = phrases;
  for (const [locale, words] of Object.entries(phrases)) expect(Object.keys(words), locale).toEqual(Object.keys(en));
  const said = [fr, be].flatMap((words) => Object.values(words));
  expect(said.filter((text) => / [:;?!»]|« /.test(text))).toEqual([]);
});

test("what cannot be made is said in words, before anything is written", async () => {
  const wrong = (asked: Partial<Parameters<typeof resourceOf>[0]>) => () =>
    resourceOf({ name: "tasks", fields: "title:text!", ...asked });
  for (const asked of [
    { name: "Tasks" },
    { name: "news" },
    { fields: "" },
    { fields: "title:text" },
    { fields: "title:words!" },
    { fields: "title:text!, id:number" },
    { fields: "title:text!, title:text" },
    { fields: "title:text!, owner:member!" },
    { fields: "title:text!, state:choice(one)" },
    { fields: "title:text!, price:money" },
    { access: "everyone" },
  ]) {
    expect(wrong(asked), JSON.stringify(asked)).toThrow(Mistake);
  }
  expect(wrong({ fields: "title:text!, cover:image" })).toThrow("images are not written by command");
  await expect(addResource(resourceOf({ name: "members", fields: "name:text!" }), ROOT)).rejects.toThrow(Mistake);
  await expect(removeResource("dashboard", ROOT)).rejects.toThrow(Mistake);
});
