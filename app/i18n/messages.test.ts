import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import startedWith from "#scripts/init/landing.json" with { type: "json" };
import { PRODUCT_NAME } from "../product.ts";
import { findCatalogFaults, findUnusedKeys, formsOf, languageTags, readCatalogs } from "./catalogs.ts";

test("every language can say everything, with the same inputs and all its plural forms", async () => {
  const catalogs = await readCatalogs("app/i18n/messages");
  expect(Object.keys(catalogs).sort()).toEqual([...languageTags].sort());
  expect(findCatalogFaults(catalogs)).toEqual([]);
});

test("every message is used in the source", async () => {
  expect(findUnusedKeys(await readCatalogs("app/i18n/messages"), await sourceOf(["app", "workers"]))).toEqual([]);
});

test("a fault is told with the name of its key", () => {
  const plural = (forms: Record<string, string>) => [
    { declarations: ["input count", "local form = count: plural"], selectors: ["form"], match: forms },
  ];
  const faults = findCatalogFaults({
    en: {
      a_one: "Hello {name}",
      a_two: "Bye",
      a_three: plural({ "form=one": "1 file", "form=other": "{count} files" }),
    },
    ar: {
      a_one: "مرحبًا {person}",
      a_three: plural({ "form=one": "ملف", "form=other": "{count} ملف" }),
      a_four: "زائد",
    },
    de: { a_one: "Hallo {name}", a_three: plural({ "form=one": "1 Datei", "form=other": "{count} Dateien" }) },
  });
  expect(faults).toEqual([
    "a_two: missing in ar, de (npm run messages -- --fill all)",
    "a_one: takes {person} in ar, {name} in en",
    'a_three: no form for "few" in ar',
    'a_three: no form for "many" in ar',
    'a_three: no form for "two" in ar',
    'a_three: no form for "zero" in ar',
    "a_four: in ar, but not in en",
  ]);
});

test("a key that occurs in the source only as part of a longer key is unused", () => {
  expect(findUnusedKeys({ en: { a_title: "A", a_title_long: "B" } }, "m.a_title_long()")).toEqual(["a_title"]);
  expect(findUnusedKeys({ en: { a_title: "A", a_title_long: "B" } }, 'says: "a_title",')).toEqual(["a_title_long"]);
  expect(findUnusedKeys({ en: { a_title: "A" } }, 'saidNext("a_title", undefined)')).toEqual([]);
});

async function sourceOf(folders: string[]): Promise<string> {
  const files = (await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true }))))
    .flat()
    .filter((file) => file.isFile() && /\.tsx?$/.test(file.name) && !file.parentPath.includes("paraglide"));
  const sources = await Promise.all(files.map((file) => readFile(path.join(file.parentPath, file.name), "utf8")));
  return sources.join("\n");
}

test("no message says the product's name itself: it is {product} there, and said once in product.ts", async () => {
  const folder = path.join(import.meta.dirname, "messages");
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith(".json")) continue;
    expect(await readFile(path.join(folder, file), "utf8"), file).not.toContain(PRODUCT_NAME);
  }
});

test("English messages avoid the words that docs/guides/words.md excludes", async () => {
  const others =
    /\b(somebody|everybody|nobody|anybody|whoever|whom|e-mails?|mails?|slugs?|two factors|log ?in|log ?out|hand(ed|ing)? over|withdr(aw|awn|ew)|colours?|cannot|(do|does|did|is|are|was|were) not)\b|'|!/i;
  const { en = {} } = await readCatalogs("app/i18n/messages");
  const said = Object.entries(en).flatMap(([key, message]) => formsOf(message).map(([, text]) => `${key}: ${text}`));
  expect(said.filter((line) => others.test(line.replace(/^\w+: /, "")))).toEqual([]);
});

test("French punctuation is never separated from its word by a breaking space", async () => {
  const { fr = {}, "fr-BE": be = {} } = await readCatalogs("app/i18n/messages");
  const said = [fr, be].flatMap(Object.values).flatMap((message) => formsOf(message).map(([, text]) => text));
  expect(said.filter((text) => / [:;?!»]|« /.test(text))).toEqual([]);
});

/** Articles, contractions, elisions, endings and genders that may not fit the name of another product. */
const HANGING: Record<string, RegExp> = {
  en: /\ban? \{product\}/i,
  de: /\b(der|die|das|den|dem|des|beim|im|zum|zur|vom) \{product\}(?!-)|\{product\}, wie (er|sie|es) /i,
  fr: /\b(le|la|du|de|au|une?) \{product\}|[ld]’\{product\}|\{product\} (a été|est) (mis|\p{L}+é)(?!\p{L})|\{product\} tel/iu,
  es: /\b(el|la|del|al|una?) \{product\}|\{product\} (ha sido|está) \p{L}+[ao]do/iu,
  pt: /(^|\s)(o|no|na|do|da|ao|à|uma?) \{product\}|\{product\} foi /iu,
  it: /\b(il|lo|la|del|dello|della|al|allo|alla|nel|nella|sul|dal|una?) \{product\}|[ld]’\{product\}|\{product\} è stat/i,
  ru: /\{product\} (сейчас )?\p{L}+(л|лся|ен|пен|тен)(?!\p{L})/u,
  tr: /\{product\}[’']/,
  ar: /\{product\} (غير|كما)/,
  hi: /\{product\} अपडेट/,
};

test("no article, ending or gender hangs on the product's name, so it may be any name", async () => {
  const catalogs = await readCatalogs("app/i18n/messages");
  // `npm run init` writes these in the place of ours.
  const hanging = [...Object.entries(catalogs), ...Object.entries(startedWith)].flatMap(([language, messages]) => {
    const rule = HANGING[language] ?? HANGING[language.split("-")[0] ?? ""];
    const texts = Object.entries(messages).flatMap(([key, message]) =>
      formsOf(message).map(([, text]) => [key, text] as const),
    );
    const named = (text: string) => text.replaceAll(PRODUCT_NAME, "{product}");
    return texts.filter(([, text]) => rule?.test(named(text))).map(([key]) => `${language} ${key}`);
  });
  expect(hanging).toEqual([]);
});

test("no French text has “de” or “que” before a name, since a vowel would elide it", async () => {
  const { fr = {}, "fr-BE": be = {} } = await readCatalogs("app/i18n/messages");
  const said = [fr, be].flatMap(Object.values).flatMap((message) => formsOf(message).map(([, text]) => text));
  expect(said.filter((text) => /\b(de|que) \{(organization|name)\}/.test(text))).toEqual([]);
});

test("Chinese messages never use 您, as docs/guides/words.md requires", async () => {
  const { zh = {} } = await readCatalogs("app/i18n/messages");
  const said = Object.entries(zh).flatMap(([key, message]) => formsOf(message).map(([, text]) => `${key}: ${text}`));
  expect(said.filter((text) => text.includes("您"))).toEqual([]);
});
