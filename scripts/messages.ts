import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { findCatalogFaults, MESSAGES, offeredIn, readCatalogs } from "#app/i18n/catalogs.ts";
import { baseLocale, languageTag, locales } from "#app/i18n/locale.ts";
import { filled, findUntranslated, type Messages, pruned } from "#app/i18n/untranslated.ts";
import { flagsOf } from "./flags.ts";
import { inWords } from "./mistake.ts";
import { ROOT, runTool } from "./tools.ts";

const USAGE = `npm run messages -- --fill LANGUAGE   copies the texts that a language lacks from English, marked "[en]"
npm run messages -- --fill all        the same for every language
npm run messages -- --prune           removes the texts that English no longer has from every language
npm run messages                      names what is missing, and what is marked`;

const { values } = await inWords(async () =>
  flagsOf({ options: { fill: { type: "string" }, prune: { type: "boolean" }, help: { type: "boolean" } } }),
);
const tags = locales.map(languageTag).filter((tag) => tag !== baseLocale);
const chosen = values.fill === "all" ? tags : tags.filter((tag) => tag.toLowerCase() === values.fill?.toLowerCase());

if (values.help) console.log(USAGE);
else if (values.fill !== undefined && chosen.length === 0) {
  console.error(`There is no language "${values.fill}" to fill. There are: ${tags.join(", ")}.\n\n${USAGE}`);
  process.exitCode = 1;
} else {
  for (const tag of chosen) await edit(tag, (base, messages) => filled(tag, base, messages));
  if (values.prune) for (const tag of tags) await edit(tag, pruned);
  const catalogs = await readCatalogs(MESSAGES);
  for (const line of [...findCatalogFaults(catalogs), ...findUntranslated(catalogs, await offeredIn("."))])
    console.log(line);
}

async function edit(tag: string, change: (base: Messages, messages: Messages) => Messages) {
  const changed: string[] = [];
  for (const area of await readdir(MESSAGES)) {
    const file = path.join(ROOT, MESSAGES, area, `${tag}.json`);
    const base = JSON.parse(await readFile(path.join(ROOT, MESSAGES, area, `${baseLocale}.json`), "utf8"));
    const before = existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : {};
    const messages = change(base, before);
    if (Object.keys(messages).length === Object.keys(before).length) continue;
    await writeFile(file, `${JSON.stringify(messages, null, 2)}\n`);
    changed.push(file);
  }
  if (changed.length > 0) await runTool(["biome", "format", "--write", ...changed]);
}
