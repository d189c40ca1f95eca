import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import phrases from "./generate/phrases.json" with { type: "json" };
import { Mistake, resourceOf } from "./generate/spec.ts";
import { addResource, removeResource } from "./generate.ts";
import { aCopy } from "./prove-start/copy.ts";
import { oddResources } from "./prove-start/resources.ts";
import { ROOT } from "./tools.ts";

/** In one copy, since the checks look at the whole tree and take most of the time. */
test("three resources take the place of the example: all compiles, is clean and keeps its tests, and they go without a trace", {
  timeout: 1_800_000,
}, async () => {
  await using copy = await aCopy("generated");
  const { root, git, node, commit, check, failing } = copy;
  const hasExample = existsSync(path.join(root, "scripts/remove-domain.ts"));
  if (hasExample) await node("scripts/remove-domain.ts", "gallery");
  await commit("Without the example");
  for (const each of oddResources) await addResource(resourceOf(each), root);
  await check();
  const kept = ["app/rooms.test.ts", "app/routes.test.ts", "app/i18n/messages.test.ts"];
  await node("node_modules/vitest/vitest.mjs", "run", "--project", "node", ...kept);
  const names = oddResources.map(({ name }) => name);
  // What is promised of each door, for theirs alone.
  const sought = `^(?!.*(write by|GET of|POST of) )|\\b(${names.join("|")})[./]`;
  expect(await failing("worker", [...names.map((name) => `app/${name}/`), "app/promises.test.ts"], sought)).toEqual([]);

  const [first, ...others] = oddResources;
  for (const { name } of others.toReversed()) await removeResource(name, root);
  await commit("Add one");
  await removeResource(first.name, root);
  await commit("Take it out");
  const left = (await git("diff", "--name-only", "HEAD~2")).split("\n").filter(Boolean);
  expect(left.filter((file) => !file.startsWith("migrations/"))).toEqual([]);
  const [added = "", dropped = "", ...more] = left.filter((file) => file.endsWith(".sql"));
  expect([added.slice(16), dropped.slice(16), more]).toEqual([`${first.name}.sql`, `without-${first.name}.sql`, []]);
  expect(await readFile(path.join(root, dropped), "utf8")).toMatch(/DROP TABLE `note`/);
  const example = await git("log", "-1", "--format=", "--name-only", "HEAD~2", "--", "migrations/*.sql");
  expect(hasExample ? await readFile(path.join(root, example.trim()), "utf8") : "DROP TABLE `image`").toContain(
    "DROP TABLE `image`",
  );
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
    { fields: "title:text!, cover:image, coverRemoved:boolean" },
    { fields: "title:text!, a:image, b:image, c:image, d:image, e:image" },
    { access: "everyone" },
    { without: ["words"] },
  ]) {
    expect(wrong(asked), JSON.stringify(asked)).toThrow(Mistake);
  }
  await expect(addResource(resourceOf({ name: "members", fields: "name:text!" }), ROOT)).rejects.toThrow(Mistake);
  await expect(removeResource("dashboard", ROOT)).rejects.toThrow(Mistake);
});
