import { expect, test } from "vitest";
import { changeLocale, withLocale } from "./locale.server.ts";
import { dateTag, directionOf, type Locale, languageTag, localeNames, locales, preferredLocale } from "./locale.ts";
import { m } from "./messages.ts";

test("a browser gets the language it likes best of those there are", () => {
  const cases: [header: string, locale: Locale | undefined][] = [
    ["ar-EG,ar;q=0.9,en;q=0.8", "ar"],
    ["AR-eg", "ar"],
    ["eo, en;q=0.5, ar;q=0.7", "ar"],
    ["en;q=0.2, ar;q=0.9", "ar"],
    ["ar;q=0, en", "en"],
    ["ar ; q=0.9", "ar"],
    ["*", undefined],
    ["fr-BE, fr;q=0.9", "be"],
    ["fr-CA, en;q=0.5", "fr"],
    ["ar-MA", "ar-ma"],
    ["zh-Hant-TW", "zh"],
    // Belarusian, which does not exist here: the code of Belgian French is not a tag.
    ["be", undefined],
    ["be, ru;q=0.8", "ru"],
    ["eo", undefined],
    ["", undefined],
    [";q=1,,-,ar;q=nonsense", undefined],
  ];
  for (const [header, locale] of cases) expect(preferredLocale(header), header).toBe(locale);
});

test("every language has a name and a direction", () => {
  expect(Object.keys(localeNames)).toEqual([...locales]);
  // A product can have more languages than these.
  const ours = ["en", "fr", "be", "de", "hi", "es", "pt", "it", "ru", "zh", "tr", "ar", "ar-ma"] as const;
  expect(locales).toEqual(expect.arrayContaining([...ours]));
  expect(ours.filter((locale) => directionOf(locale) === "rtl")).toEqual(["ar", "ar-ma"]);
});

test("every language is one that `Intl` knows, by its tag", () => {
  const tags = locales.map(languageTag);
  expect(tags.filter((tag) => Intl.getCanonicalLocales(tag)[0] !== tag)).toEqual([]);
  expect(Intl.DateTimeFormat.supportedLocalesOf(tags)).toEqual(tags);
});

test("English dates go by the region that the browser prefers; every other language's by the language", () => {
  expect(dateTag("en", "en-GB,en;q=0.9")).toBe("en-GB");
  expect(dateTag("en", "de-DE, en-US;q=0.5, en-AU;q=0.8")).toBe("en-AU");
  expect(dateTag("en", "en, fr-FR")).toBe("en");
  expect(dateTag("en", "en-gibberish, en-GB;q=0")).toBe("en");
  expect([dateTag("de", "en-GB"), dateTag("be", "fr-FR"), dateTag("ar-ma", "")]).toEqual(["de", "fr-BE", "ar-MA"]);
});

test("a change of language applies to its request only, and not to a nested block with its own language", () => {
  const said = () => m.errors_too_many_description();
  const [english, french] = [withLocale("en", said), withLocale("fr", said)];
  const heard = withLocale("en", () => {
    const within = withLocale("en", () => {
      changeLocale("fr", { dates: "fr" });
      return said();
    });
    const before = said();
    changeLocale("fr", { dates: "fr" });
    return [within, before, said()];
  });
  expect(heard).toEqual([english, english, french]);
  expect(withLocale("en", said), "the next request has its own language").toBe(english);
});
