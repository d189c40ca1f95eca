import { expect, test } from "vitest";
import { findCatalogFaults } from "./catalogs.ts";
import { locales } from "./locale.ts";
import { filled, findUntranslated, pruned, untranslatedInShort } from "./untranslated.ts";

const plural = (forms: Record<string, string>) => [
  {
    declarations: ["input count", "local countPlural = count: plural"],
    selectors: ["countPlural"],
    match: Object.fromEntries(Object.entries(forms).map(([form, text]) => [`countPlural=${form}`, text])),
  },
];
const en = { a_one: "Save {name}", a_two: plural({ one: "{count} image", other: "{count} images" }), a_three: "Close" };

test("missing texts are filled with marked English, in the order of English, and existing texts stay", () => {
  expect(Object.entries(filled("de", en, { a_three: "Schließen", a_own: "Eigenes" }))).toEqual([
    ["a_one", "[en] Save {name}"],
    ["a_two", plural({ one: "[en] {count} image", other: "[en] {count} images" })],
    ["a_three", "Schließen"],
    ["a_own", "Eigenes"],
  ]);
});

test("texts that English no longer has are pruned, and all others stay", () => {
  const messages = { a_three: "Schließen", a_own: "Eigenes", a_one: "[en] Save {name}" };
  expect(Object.entries(pruned(en, messages))).toEqual([
    ["a_three", "Schließen"],
    ["a_one", "[en] Save {name}"],
  ]);
});

test("a filled language has every plural form of its own, so that it can say everything", () => {
  for (const locale of ["ar", "ru", "fr-BE", "zh"]) {
    const catalogs = { en, [locale]: filled(locale, en, {}) };
    expect(findCatalogFaults(catalogs), locale).toEqual([]);
    expect(findUntranslated(catalogs, locales)).toEqual([`${locale}: 3 not translated (a_one, a_two, a_three)`]);
  }
});

test("a text counts as translated once nothing of it is marked", () => {
  const half = plural({ one: "{count} Bild", other: "[en] {count} images" });
  expect(findUntranslated({ en, de: { a_one: "{name} speichern", a_two: half } }, locales)).toEqual([
    "de: 1 not translated (a_two)",
  ]);
  expect(findUntranslated({ en, de: { a_one: "{name} speichern" } }, locales)).toEqual([]);
});

test("untranslated texts are summed up in one sentence, where a text counts once for all languages", () => {
  const messages = filled("de", en, {});
  expect(untranslatedInShort({ en, de: messages, fr: messages }, locales)).toBe(
    "3 texts wait for translation (de, fr)",
  );
  expect(untranslatedInShort({ en, de: { ...en, a_three: "[en] Close" } }, locales)).toBe(
    "1 text waits for translation (de)",
  );
  expect(untranslatedInShort({ en, de: en }, locales)).toBe(null);
});

test("untranslated texts of a language that is not offered are not reported", () => {
  const messages = filled("ar-MA", en, {});
  const catalogs = { en, fr: en, "ar-MA": messages };
  expect([untranslatedInShort(catalogs, ["en", "fr"]), findUntranslated(catalogs, ["en", "fr"])]).toEqual([null, []]);
  expect(untranslatedInShort(catalogs, ["en", "ar-ma"])).toBe("3 texts wait for translation (ar-MA)");
});

test("the missing texts of a new language are counted, and the first ones are named", () => {
  const sv = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`a_${index}`, "[en] Text"]));
  const [line = ""] = findUntranslated({ en: {}, de: sv }, locales);
  expect(line).toMatch(/^de: 12 not translated \(a_0, .*, a_9, 2 more, marked "\[en\]" in app\/i18n\/messages\)$/);
});
