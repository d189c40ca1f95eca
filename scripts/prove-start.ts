import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { flagsOf } from "./flags.ts";
import { generatedIn } from "./generate/generated.ts";
import { resourceOf } from "./generate/spec.ts";
import { addResource, removeResource } from "./generate.ts";
import { inWords } from "./mistake.ts";
import { aCopy, type Copy } from "./prove-start/copy.ts";
import { mutants } from "./prove-start/mutants.ts";
import { oddResources } from "./prove-start/resources.ts";
import { ROOT } from "./tools.ts";

/** Files that may still contain the product's former name after `npm run init`. */
const MAY_NAME_US = ["LICENSE", "README.md"];

/** Written in two parts; otherwise this file would contain the name of the started product. */
const NEW_NAME = ["Blue", "Bird"].join(" ");

const isFlag = { type: "boolean", default: false } as const;
const { values: asked } = await inWords(async () =>
  flagsOf({ options: { resources: isFlag, init: isFlag, all: isFlag, help: isFlag } }),
);
if (asked.help) {
  console.log(`npm run prove:start                 tests generate and init on copies; takes minutes
  --resources, --init               runs only one half
  --all                             runs all tests of the new product`);
  process.exit();
}

let faults = 0;

/** Prints whether a part of the proof passed, and how long it took. */
async function prove(title: string, take: () => Promise<string[]>): Promise<void> {
  const start = performance.now();
  const found = await take().catch((error: Error) => [error.message]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${found.length === 0 ? "proved" : "FAILED"}  ${title} (${seconds} s)`);
  for (const each of found) console.log(`        ${each.replaceAll("\n", "\n        ")}`);
  faults += found.length;
}

async function nothing(work: Promise<unknown>): Promise<string[]> {
  await work;
  return [];
}

async function proveResources() {
  await using copy = await aCopy("generated");
  const { root, git, node, check, failing } = copy;
  await prove("three resources are written", async () => {
    for (const each of oddResources) await addResource(resourceOf({ ...each, generated: generatedIn(root) }), root);
    return [];
  });
  await prove("types, style, and nothing unused, without an edit", () => nothing(check()));
  const domains = oddResources.map(({ name }) => name);
  const named = `${domains.map((name) => `\\b${name}[./]`).join("|")}|a key|access table|four steps|is a door`;
  await prove("their own tests, and what every operation promises: trips 1 and 2, rights, plans", async () => [
    ...(await failing("worker", [
      ...domains.map((name) => `app/${name}`),
      "app/tenancy",
      "app/operation/json-schema.test.ts",
      "app/developers",
      "app/account",
    ])),
    ...(await failing("worker", ["app/promises/", "app/api.test.ts"], named)),
    ...(await failing("node", [
      "app/rooms.test.ts",
      "app/routes.test.ts",
      "app/i18n/messages.test.ts",
      "app/developers/lint.test.ts",
    ])),
  ]);
  await prove("their journeys, the access table, trips, budgets, and axe on their pages, in a browser", async () => {
    await node("scripts/build.ts");
    await mkdir(path.join(root, "e2e/looks"));
    await copyFile(path.join(root, "scripts/prove-start/looks.ts"), path.join(root, "e2e/looks/looks.test.ts"));
    process.env.PICTURES ??= path.join(ROOT, "build/generated-pages");
    process.env.ONLY_PAGES = domains.join("|");
    const journeys = domains.map((name) => `e2e/${name}`);
    return failing("e2e", [
      ...journeys,
      "e2e/access.test.ts",
      "e2e/trips.test.ts",
      "e2e/budgets.test.ts",
      "e2e/bundle.test.ts",
      "e2e/accessibility.test.ts",
      "e2e/keys",
      "e2e/looks",
    ]);
  });
  await rm(path.join(root, "e2e/looks"), { recursive: true });
  console.log(`        Pictures of their pages: ${process.env.PICTURES}`);
  await prove("taken out, the tree is as before", async () => {
    for (const { name } of oddResources.toReversed()) await removeResource(name, root);
    return (await git("status", "--porcelain")).split("\n").filter(Boolean);
  });
}

/** Runs two mutants at a time, each in a copy of its own, since a run of one test file mostly uses one core. */
async function proveMutants() {
  const left = [...mutants];
  const take = async () => {
    await using copy = await aCopy("mutated");
    for (const each of oddResources) {
      await addResource(resourceOf({ ...each, generated: generatedIn(copy.root) }), copy.root);
    }
    await copy.node("scripts/compile-messages.ts");
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const { title } = mutant;
      await prove(`a test fails that forgets ${title}`, isCaught.bind(null, copy, mutant));
    }
  };
  await Promise.all([take(), take()]);
}

async function isCaught(
  { root, failing }: Copy,
  { file, from, to, caughtBy, isPromise, testedBy }: (typeof mutants)[number],
) {
  const place = path.join(root, await whereIs(root, file));
  const text = await readFile(place, "utf8");
  const mutated = text.replace(from, to);
  if (mutated === text) return [`${file} has no place for this mutant.`];
  await writeFile(place, mutated);
  const failed = isPromise
    ? await failing("worker", ["app/promises/"], "/notes\\.")
    : await failing("worker", [testedBy === undefined ? path.dirname(file) : `app/${testedBy}`]);
  await writeFile(place, text);
  return failed.some((title) => title.includes(caughtBy)) ? [] : [`“${caughtBy}” did not fail; these did:`, ...failed];
}

/** Returns the path of a file. A migration is found by its name without the number. */
async function whereIs(root: string, file: string): Promise<string> {
  if (!file.startsWith("migrations/")) return file;
  const all = await readdir(path.join(root, "migrations"));
  return `migrations/${all.find((each) => each.slice(5) === path.basename(file))}`;
}

async function proveInit() {
  await using copy = await aCopy("started");
  const { git, commit, node, check, failing } = copy;
  const init = (...more: string[]) => node("scripts/init.ts", "--name", NEW_NAME, ...more);
  const chosen = ["--domain", "app.bluebird.io", "--sender", "no-reply@bluebird.io", "--color", "violet"];
  await prove("init gives it another name and takes the gallery out", async () => {
    await init(...chosen, "--without-gallery");
    await commit("Start another product");
    return [];
  });
  await prove("a second run finds everything done", async () => {
    const said = await init(...chosen, "--without-gallery");
    const changed = (await git("status", "--porcelain")).trim();
    return [...(said.includes("   done") ? [said] : []), ...(changed === "" ? [] : [changed])];
  });
  await prove("the former name stands nowhere but where it may, and no page speaks of images", async () => {
    const { PRODUCT_NAME } = await import("../app/product.ts");
    const named = await git("grep", "-liI", PRODUCT_NAME, "--", ".").catch(() => "");
    const others = named.split("\n").filter((file) => file !== "" && !MAY_NAME_US.includes(file));
    const gallery = await git(
      "grep",
      "-liE",
      "galler|your images|their images|any image",
      "--",
      "app/i18n/messages/*/en.json",
    ).catch(() => "");
    return [...others, ...gallery.split("\n").filter(Boolean)];
  });
  await prove("types, style, and nothing unused", () => nothing(check()));
  await prove("documents, rooms, routes, messages, permissions", () =>
    failing("node", ["scripts/docs.test.ts", "app/rooms.test.ts", "app/routes.test.ts", "app/i18n/messages.test.ts"]),
  );
  await prove("npm run deploy -- --dry-run", () => nothing(node("scripts/deploy.ts", "--dry-run")));
  await prove("landing page, access table, trips, budgets, in a browser", async () => {
    await node("scripts/build.ts");
    return failing("e2e", [
      "e2e/landing.test.ts",
      "e2e/access.test.ts",
      "e2e/trips.test.ts",
      "e2e/budgets.test.ts",
      "e2e/bundle.test.ts",
    ]);
  });
  if (asked.all) await prove("npm test", () => nothing(node("scripts/test.ts")));
}

if (!asked.init) {
  await proveResources();
  await proveMutants();
}
if (!asked.resources) await proveInit();
console.log(faults === 0 ? "\nStarting a product works." : `\n${faults} faults.`);
process.exitCode = faults === 0 ? 0 : 1;
