import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { CompilerOptions } from "@inlang/paraglide-js";
import { PRODUCT_NAME } from "../product.ts";
import { baseLocale, type Locale, languageTag, locales } from "./locale.ts";
import { Languages } from "./offered.ts";

export const MESSAGES = "app/i18n/messages";

export const languageTags = locales.map(languageTag);

function withProductName(text: string): string {
  return text.replaceAll("{product}", PRODUCT_NAME);
}

export const compilerOptions = {
  outdir: "./app/i18n/paraglide",
  // With one module per language, a browser can fetch a single language.
  outputStructure: "locale-modules",
  strategy: ["baseLocale"],
  isServer: "import.meta.env.SSR",
  disableAsyncLocalStorage: true,
  emitReadme: false,
  emitPrettierIgnore: false,
} satisfies Omit<CompilerOptions, "project">;

/** The languages that production offers, according to `wrangler.toml` in `root`. */
export async function offeredIn(root: string): Promise<readonly Locale[]> {
  const [, production = ""] = (await readFile(path.join(root, "wrangler.toml"), "utf8")).split("[env.production.vars]");
  return Languages.parse(/^LANGUAGES = "(.*)"/m.exec(production)?.[1]);
}

export type Catalogs = Record<string, Record<string, unknown>>;

export async function readMessages(file: string): Promise<Record<string, unknown>> {
  const text = withProductName(await readFile(file, "utf8"));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

export async function readCatalogs(folder: string): Promise<Catalogs> {
  const catalogs: Catalogs = {};
  for (const area of await readdir(folder)) {
    for (const file of await readdir(path.join(folder, area))) {
      const messages = await readMessages(path.join(folder, area, file));
      const stray = Object.keys(messages).find((key) => !key.startsWith(`${area}_`));
      if (stray) throw new Error(`${area}/${file}: "${stray}" does not start with "${area}_"`);
      const locale = path.basename(file, ".json");
      catalogs[locale] = { ...catalogs[locale], ...messages };
    }
  }
  return catalogs;
}

/** Returns one line per fault, with its key. An empty list means that every language has every message. */
export function findCatalogFaults(catalogs: Catalogs): string[] {
  const base = catalogs[baseLocale] ?? {};
  const faults = Object.entries(catalogs).flatMap(([locale, messages]) =>
    Object.entries(messages).flatMap(([key, message]) => [
      ...(key in base ? [] : [`${key}: in ${locale}, but not in ${baseLocale}`]),
      ...(key in base && inputsOf(message) !== inputsOf(base[key])
        ? [`${key}: takes {${inputsOf(message)}} in ${locale}, {${inputsOf(base[key])}} in ${baseLocale}`]
        : []),
      ...missingPluralForms(locale, message).map((form) => `${key}: no form for "${form}" in ${locale}`),
    ]),
  );
  return [...missingIn(catalogs, Object.keys(base)), ...faults];
}

/** A text that has just been written is missing in every other language: one line for it, and what to do. */
function missingIn(catalogs: Catalogs, keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const lacking = Object.keys(catalogs).filter((locale) => !(key in (catalogs[locale] ?? {})));
    return lacking.length === 0 ? [] : [`${key}: missing in ${lacking.join(", ")} (npm run messages -- --fill all)`];
  });
}

/** A message is used as `m.key()`, or said by the next page: `says: "key"` of a form, or `saidNext("key")`. */
export function findUnusedKeys(catalogs: Catalogs, source: string): string[] {
  const used = new Set([...source.matchAll(/\b(?:m\.|says: "|saidNext\(")(\w+)/g)].map(([, key]) => key));
  return Object.keys(catalogs[baseLocale] ?? {}).filter((key) => !used.has(key));
}

function declarationsOf(message: unknown): string[] {
  return [message].flat().flatMap((variant) => {
    const { declarations } = Object(variant);
    return Array.isArray(declarations) ? declarations.map(String) : [];
  });
}

export function formsOf(message: unknown): [condition: string, text: string][] {
  if (typeof message === "string") return [["", message]];
  return [message]
    .flat()
    .flatMap((variant) =>
      Object.entries(Object(Object(variant).match)).map(([condition, text]): [string, string] => [
        condition,
        String(text),
      ]),
    );
}

// Another language can spell out a number that English prints, so compare the inputs, not the text of each form.
function inputsOf(message: unknown): string {
  const declarations = declarationsOf(message);
  const local = new Set(declarations.flatMap((line) => /^local (\w+)/.exec(line)?.[1] ?? []));
  const declared = declarations.flatMap((line) => /^input (\w+)/.exec(line)?.[1] ?? []);
  const printed = formsOf(message).flatMap(([, text]) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ""),
  );
  return [...new Set([...declared, ...printed])]
    .filter((name) => !local.has(name))
    .sort()
    .join(", ");
}

function missingPluralForms(locale: string, message: unknown): string[] {
  const selector = declarationsOf(message).flatMap((line) => /^local (\w+) = \w+: plural$/.exec(line)?.[1] ?? [])[0];
  if (!selector) return [];
  const conditions = formsOf(message).map(([condition]) => condition);
  const hasForm = (form: string) => conditions.some((condition) => condition.includes(`${selector}=${form}`));
  if (hasForm("*")) return [];
  return new Intl.PluralRules(locale)
    .resolvedOptions()
    .pluralCategories.toSorted()
    .filter((form) => !hasForm(form));
}
