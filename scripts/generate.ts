import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { filled } from "../app/i18n/untranslated.ts";
import { flagsOf } from "./flags.ts";
import { bodyOf, changeOf } from "./generate/files/api.ts";
import { isImage, needs } from "./generate/files/parts.ts";
import { filesOf } from "./generate/files.ts";
import { generatedIn, referringTo, stillNaming } from "./generate/generated.ts";
import { partsOf } from "./generate/kinds.ts";
import { messagesOf } from "./generate/messages.ts";
import { obstacleTo } from "./generate/obstacles.ts";
import { failed, orAsBefore } from "./generate/or-as-before.ts";
import { type Resource, resourceOf } from "./generate/spec.ts";
import { touchedBy } from "./generate/touched.ts";
import { inWords, Mistake } from "./mistake.ts";
import { runIn } from "./tools.ts";

const run = promisify(execFile);
const HELP = `npm run generate -- resource notes --fields "title:text(120)!, body:text(5000), done:boolean, due:date"

  --fields   name:type, separated by commas, with ! after required ones. Types: text(120), text(5000), number, decimal,
             boolean, date, time, choice(low|high), member, image, tags:text[], money(EUR),
             unique(20), a text that only one row of an organization has at a time,
             reference(customers), a row of a resource that was generated before
  --one      the name of a single one, if it cannot be derived from the name
  --access   own: members change what they made, and admins everything (default); any: everyone changes everything;
             admins: only admins add and change
  --without  api: not available to programs and agents; events: not sent to webhooks; notifications: members named in a field
             are not notified. Several: --without api,events
  --remove   removes the resource`;

/** Writes a resource into the tree in `root`. Resolves with the paths of the files that it wrote or changed. */
export async function addResource(resource: Resource, root: string): Promise<string[]> {
  const obstacle = obstacleTo(resource, root);
  if (obstacle !== null) throw new Mistake(obstacle);
  const files = filesOf(resource);
  const { many, area } = resource;
  const touched = touchedBy(resource, sentTo(resource));
  const folders = [`app/${many.kebab}`, `e2e/${many.kebab}`, `app/i18n/messages/${area}`, "migrations"];
  const places = [...folders, ...[...files, ...touched].map(({ path: file }) => file)];
  return orAsBefore(root, places, () => writeResource(resource, root)).catch(failed(`${many.words} was not generated`));
}

async function writeResource(resource: Resource, root: string): Promise<string[]> {
  const files = filesOf(resource);
  const touched = touchedBy(resource, sentTo(resource));
  for (const { path: file, content } of files) await write(path.join(root, file), content);
  const catalogs = path.join(root, "app/i18n/messages");
  const known = messagesOf(resource);
  for (const file of await readdir(path.join(catalogs, "common"))) {
    const locale = path.basename(file, ".json");
    // The phrase book does not know a language that a product has added.
    const messages = known[locale] ?? filled(locale, known.en ?? {}, {});
    await write(path.join(catalogs, resource.area, file), `${JSON.stringify(messages, null, 2)}\n`);
  }
  const changed: string[] = [];
  for (const { path: file, add } of touched) if (await edit(path.join(root, file), add)) changed.push(file);
  const written = [...files.map(({ path: file }) => file), ...changed];
  await runIn(root, "@biomejs/biome/bin/biome", "check", "--write", ...written);
  const before = await migrationsIn(root);
  await runIn(root, "drizzle-kit/bin.cjs", "generate", "--name", resource.many.kebab);
  if ((await migrationsIn(root)) === before)
    throw new Error("drizzle-kit wrote no migration, so there would be no table.");
  const made = (await readdir(path.join(root, "migrations"))).filter((file) => file.endsWith(".sql")).sort();
  return [...written, `app/i18n/messages/${resource.area}/`, `migrations/${made.at(-1)}`];
}

/** What tests send to its rows of the API. */
export function sentTo(resource: Resource) {
  const { fields, title, hasApi, hasNotifications } = resource;
  const parts = fields.map((field) => ({ field, parts: partsOf(field, resource) }));
  return {
    create: bodyOf(parts),
    update: changeOf(parts, title),
    hasImages: fields.some(isImage),
    needs: needs(resource),
    hasApi,
    hasNotifications,
  };
}

async function migrationsIn(root: string): Promise<number> {
  return (await readdir(path.join(root, "migrations"))).length;
}

export async function removeResource(name: string, root: string): Promise<string[]> {
  const generated = generatedIn(root).find(({ many }) => many.kebab === name);
  if (generated === undefined) throw new Mistake(`There is no generated resource “${name}”.`);
  const { many: names, table, domain, area, doors } = generated;
  const others = referringTo(name, root).join(", ");
  if (others !== "") {
    throw new Mistake(
      `${names.words} cannot be removed, since others refer to it: ${others}. Remove these first, or their field.`,
    );
  }
  const touches = touchedBy({ many: names, one: { ...names, camel: table }, domain, access: "own" });
  const touched = touches.map(({ path: file }) => file);
  const gone = [
    ...doors,
    `app/${name}`,
    `app/db/schema/${name}.ts`,
    `app/i18n/messages/${area}`,
    `e2e/${name}`,
    `app/routes/files/${name}.ts`,
  ];
  const take = async () => {
    for (const { path: file, drop } of touches) await edit(path.join(root, file), drop);
    for (const each of gone) await rm(path.join(root, each), { recursive: true, force: true });
    await runIn(root, "@biomejs/biome/bin/biome", "check", "--write", ...touched);
    await dropTable(name, root);
  };
  await orAsBefore(root, [...touched, ...gone, "migrations"], take).catch(failed(`${names.words} was not removed`));
  return touched;
}

/** Deletes the migration if Git does not track it and it is the last one. Otherwise adds a migration that drops the table. */
async function dropTable(name: string, root: string): Promise<void> {
  const folder = path.join(root, "migrations");
  const made = (await readdir(folder)).find((file) => /^\d+_/.test(file) && file.slice(5) === `${name}.sql`);
  const journalFile = path.join(folder, "meta/_journal.json");
  const journal = JSON.parse(await readFile(journalFile, "utf8")) as { entries: { idx: number; tag: string }[] };
  const last = journal.entries.at(-1);
  if (made === undefined || last?.tag !== made.slice(0, -4) || (await isTracked(`migrations/${made}`, root))) {
    await runIn(root, "drizzle-kit/bin.cjs", "generate", "--name", `without-${name}`);
    return;
  }
  journal.entries.pop();
  await writeFile(journalFile, JSON.stringify(journal, null, 2));
  await rm(path.join(folder, made));
  await rm(path.join(folder, `meta/${made.slice(0, 4)}_snapshot.json`));
}

async function isTracked(file: string, root: string): Promise<boolean> {
  const { stdout } = await run("git", ["ls-files", file], { cwd: root });
  return stdout.trim() !== "";
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Resolves with whether the text has changed. */
async function edit(file: string, change: (text: string) => string): Promise<boolean> {
  const before = await readFile(file, "utf8");
  const after = change(before);
  if (after !== before) await writeFile(file, after);
  return after !== before;
}

async function main() {
  const { values, positionals } = flagsOf({
    allowPositionals: true,
    options: {
      fields: { type: "string" },
      one: { type: "string" },
      access: { type: "string" },
      without: { type: "string" },
      remove: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [kind, name, ...more] = positionals;
  if (values.help || kind === undefined) return console.log(HELP);
  if (kind !== "resource") throw new Mistake(`“${kind}” cannot be generated. Only a resource can.\n\n${HELP}`);
  if (name === undefined) throw new Mistake(`Give the plural name, such as: resource notes.\n\n${HELP}`);
  if (more.length > 0) throw new Mistake(`“${more.join(" ")}” is too much. Use hyphens between the words of a name.`);
  const root = path.join(import.meta.dirname, "..");
  if (values.remove) {
    const table = generatedIn(root).find(({ many }) => many.kebab === name)?.table ?? name;
    await removeResource(name, root);
    const own = stillNaming({ name, table }, root).map((file) => `  ${file}`);
    if (own.length > 0) console.log(`What you wrote still names ${name}. Take it out of:\n${own.join("\n")}\n`);
    console.log(`${name} is removed. Check \`git status\`, then run \`npm test\`.`);
    return;
  }
  const { fields = "", without = "" } = values;
  const written = await addResource(
    resourceOf({ ...values, name, fields, without: without.split(",").filter(Boolean), generated: generatedIn(root) }),
    root,
  );
  console.log(
    [
      ...written,
      "",
      "Read `git status` and `git diff`, then start (or restart) `npm run dev`. Texts to translate are marked [en] in app/i18n/messages; `npm run messages` lists them.",
    ].join("\n"),
  );
}

if (import.meta.main) await inWords(main);
