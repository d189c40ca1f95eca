import { existsSync } from "node:fs";
import { glob, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findUnusedKeys, readCatalogs } from "../app/i18n/catalogs.ts";
import { flagsOf } from "./flags.ts";
import { failed, orAsBefore } from "./generate/or-as-before.ts";
import { inWords, Mistake } from "./mistake.ts";
import { removeEmptied } from "./remove-domain/emptied.ts";
import { type Gone, without } from "./remove-domain/without.ts";
import { runIn } from "./tools.ts";

const HELP = `npm run remove-domain -- gallery   removes the example (see docs/guides/remove-a-resource.md)

To remove a generated resource: npm run generate -- resource notes --remove`;

/** The files and folders that can contain something of a domain. */
const CHANGED = ["app", "docs", "e2e", "migrations", "scripts", "package.json"];

const DOCUMENTS = ["*.md", "docs/*.md", "docs/guides/*.md"];

/**
 * Takes a domain out of the tree in `root`, step by step as docs/guides/remove-a-resource.md says. Resolves with the titles of
 * the journeys that were removed with it, since they visited its pages.
 */
export async function removeDomain(domain: string, root: string): Promise<string[]> {
  const gone = await whatGoes(domain, root);
  const before = await textsIn(root);
  const left = new Map([...before].filter(([file]) => !gone.files.has(file)));
  // This throws before anything is written if something names the domain outside of a list.
  const cut = [...left].map(([file, text]) => [file, without(file, text, gone)] as const);
  const taking = orAsBefore(root, CHANGED, () => takeOut({ domain, root, gone, before, left, cut }));
  await taking.catch(failed(`${domain} was not removed`));
  return [...left].flatMap(([file, text]) => {
    const kept = titlesIn(cut.find(([each]) => each === file)?.[1] ?? "");
    return titlesIn(text).filter((title) => !kept.includes(title));
  });
}

type Texts = ReadonlyMap<string, string>;
type Taken = {
  domain: string;
  root: string;
  gone: Gone;
  /** The texts of the tree, the texts of the files that stay, and these texts without the domain. */
  before: Texts;
  left: Texts;
  cut: readonly (readonly [string, string])[];
};

async function takeOut({ domain, root, gone, before, left, cut }: Taken): Promise<void> {
  for (const file of gone.files) await rm(file);
  for (const folder of [`app/${domain}`, `app/i18n/messages/${domain}`]) {
    await rm(path.join(root, folder), { recursive: true });
  }
  for (const [file, text] of cut) {
    if (text === left.get(file)) continue;
    const hasTests = /\btest(\.\w+)?\(/.test(text) || !file.endsWith(".test.ts");
    await (hasTests ? writeFile(file, text) : rm(file));
  }
  await removeWords(domain, root);
  await removeEmptied([...gone.files, path.join(root, wordsOfGone(domain))]);
  await keepUnused(root);
  await removeUnsaid(root);
  const changed = [...(await textsIn(root))].flatMap(([file, text]) => (before.get(file) === text ? [] : [file]));
  await runIn(root, "@biomejs/biome/bin/biome", "check", "--write", ...changed, "package.json", "app/i18n/messages");
  await runIn(root, "drizzle-kit/bin.cjs", "generate", "--name", `without_${domain}`);
  await noteTakenOut(domain, [...before], root);
}

/** Documents keep the domain as their example. This notes what they name of it, so that their test knows that it is gone. */
async function noteTakenOut(domain: string, before: (readonly [string, string])[], root: string): Promise<void> {
  const wordsOf = (texts: Iterable<string>) => new Set([...texts].flatMap((text) => text.match(/\w+/g) ?? []));
  const after = await textsIn(root);
  const was = wordsOf(before.map(([, text]) => text));
  const is = wordsOf(after.values());
  const documents = await Promise.all((await filesIn(root, DOCUMENTS)).map((file) => readFile(file, "utf8")));
  const told = documents.join("\n");
  const names = [...wordsOf([told])].filter((word) => /[a-z][A-Z]/.test(word) && was.has(word) && !is.has(word));
  const files = [
    ...before.filter(([file]) => !after.has(file)),
    [path.join(root, wordsOfGone(domain))] as const,
  ].flatMap(([file]) => [path.relative(root, file), path.dirname(path.relative(root, file))]);
  const paths = [...new Set([...files, `app/i18n/messages/${domain}`])].filter(
    (file) => told.includes(file) && !existsSync(path.join(root, file)),
  );
  const text = JSON.stringify({ paths: paths.sort(), names: names.sort(), commands: [OWN_COMMAND] }, null, 2);
  await writeFile(path.join(root, "docs/taken-out.json"), `${text}\n`);
  await runIn(root, "@biomejs/biome/bin/biome", "check", "--write", "docs/taken-out.json");
}

const wordsOfGone = (domain: string) => `scripts/remove-domain/words/${domain}.json`;

function titlesIn(text: string): string[] {
  return [...text.matchAll(/^ *test(?:\.\w+)?\(\s*["`]([^"`]+)/gm)].map(([, title = ""]) => title);
}

/** Gives messages of other domains that mention this one the words they have without it, in every language. */
async function removeWords(domain: string, root: string): Promise<void> {
  const file = path.join(root, wordsOfGone(domain));
  if (!existsSync(file)) return;
  const words: Record<string, Record<string, string>> = JSON.parse(await readFile(file, "utf8"));
  for (const each of await filesIn(root, ["app/i18n/messages/*/*.json"])) {
    const messages: Record<string, unknown> = JSON.parse(await readFile(each, "utf8"));
    const locale = path.basename(each, ".json");
    const others = Object.keys(messages).filter((key) => words[key]?.[locale] !== undefined);
    if (others.length === 0) continue;
    for (const key of others) messages[key] = words[key]?.[locale];
    await writeFile(each, `${JSON.stringify(messages, null, 2)}\n`);
  }
  await rm(file);
}

/** The script of this command is removed together with the example. */
const OWN_COMMAND = "remove-domain";

type Named = { name: string };
type Issue = { file: string } & Record<"files" | "exports" | "types" | "dependencies" | "devDependencies", Named[]>;

/**
 * Keeps the parts of the base that only the domain used, so that a later version of the base merges without conflicts and the
 * product can use them. Tells knip to ignore them.
 */
async function keepUnused(root: string): Promise<void> {
  const { stdout } = await runIn(root, "knip/bin/knip.js", "--reporter", "json", "--no-exit-code");
  const { issues }: { issues: Issue[] } = JSON.parse(stdout.slice(stdout.indexOf("{")));
  const kinds = ["files", "exports", "types"] as const;
  const ignoreIssues = Object.fromEntries(
    issues
      .map((issue) => [issue.file, kinds.filter((kind) => issue[kind].length > 0)] as const)
      .filter(([, kept]) => kept.length > 0),
  );
  const place = path.join(root, "package.json");
  const { knip, ...rest } = JSON.parse(await readFile(place, "utf8"));
  delete rest.scripts[OWN_COMMAND];
  const packages = issues.flatMap(({ dependencies, devDependencies }) => [...dependencies, ...devDependencies]);
  const ignoreDependencies = [...new Set([...knip.ignoreDependencies, ...packages.map(({ name }) => name)])];
  const told = { ...knip, ignoreDependencies, ignoreIssues };
  await writeFile(place, `${JSON.stringify({ ...rest, knip: told }, null, 2)}\n`);
}

/** Finds the domain's files, the doors to them, and the words by which other files name the domain. */
export async function whatGoes(domain: string, root: string): Promise<Gone> {
  const own = await filesIn(root, [
    `app/${domain}/**/*.{ts,tsx}`,
    `{app/db/schema,scripts/seed}/${domain}{,.test}.ts`,
    `e2e/${domain}/**/*.ts`,
    // The code that takes the example out is removed with it.
    "scripts/remove-domain{.ts,.test.ts,/**/*.ts}",
  ]);
  const doors = await Promise.all(
    (await filesIn(root, ["app/routes/**/*.{ts,tsx}"])).map(async (file) =>
      (await readFile(file, "utf8")).includes(`"#app/${domain}/`) ? [file] : [],
    ),
  );
  const { permissions = {} } = await declared(path.join(root, "app", domain, "feature.ts"));
  const files = [...own, ...doors.flat()];
  const inApp = files.map((file) => path.relative(path.join(root, "app"), file).replaceAll("\\", "/"));
  return { root, files: new Set(files), words: new Set([...inApp, ...Object.keys(permissions)]), domain };
}

async function declared(file: string): Promise<{ permissions?: object }> {
  if (!existsSync(file)) {
    const name = path.basename(path.dirname(file));
    throw new Mistake(`There is no domain “${name}”: no app/${name}/feature.ts.`);
  }
  const [feature] = Object.values(await import(pathToFileURL(file).href));
  return Object(feature);
}

/** Removes messages that no code uses any more. */
async function removeUnsaid(root: string): Promise<void> {
  const folder = path.join(root, "app/i18n/messages");
  const sources = await Promise.all(
    (await filesIn(root, ["{app,workers}/**/*.{ts,tsx}"])).map((file) => readFile(file, "utf8")),
  );
  const unsaid = new Set(findUnusedKeys(await readCatalogs(folder), sources.join("\n")));
  if (unsaid.size === 0) return;
  for (const file of await filesIn(root, ["app/i18n/messages/*/*.json"])) {
    const messages = Object.entries(JSON.parse(await readFile(file, "utf8")));
    const said = messages.filter(([key]) => !unsaid.has(key));
    if (said.length < messages.length) await writeFile(file, `${JSON.stringify(Object.fromEntries(said), null, 2)}\n`);
  }
}

async function textsIn(root: string): Promise<Map<string, string>> {
  const files = await filesIn(root, ["{app,e2e,scripts,workers}/**/*.{ts,tsx}"]);
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")] as const)));
}

async function filesIn(root: string, patterns: string[]): Promise<string[]> {
  const found = await Array.fromAsync(glob(patterns, { cwd: root }));
  return found.filter((file) => !file.includes("paraglide")).map((file) => path.join(root, file));
}

if (import.meta.main) {
  const root = path.resolve(import.meta.dirname, "..");
  await inWords(async () => {
    const { values, positionals } = flagsOf({
      allowPositionals: true,
      options: { help: { type: "boolean", default: false } },
    });
    const [domain, ...more] = positionals;
    if (values.help) return console.log(HELP);
    if (domain === undefined) throw new Mistake(`Name a domain.\n\n${HELP}`);
    if (more.length > 0) throw new Mistake(`“${more.join(" ")}” is too much. Remove one domain at a time.`);
    const lost = await removeDomain(domain, root);
    if (lost.length > 0)
      console.log(["These journeys visited its pages and were removed with it:", ...lost].join("\n  "));
    console.log(`${domain} is removed. Check \`git status\`, then run \`npm test\`.`);
  });
}
