import { expect, test } from "vitest";
import { directionOf, type Locale, localeNames, locales, preferredLocale } from "./locale.ts";

test("a browser gets the language it likes best of those there are", () => {
  const cases: [header: string, locale: Locale | undefined][] = [
    ["ar-EG,ar;q=0.9,en;q=0.8", "ar"],
    ["AR-eg", "ar"],
    ["nl, en;q=0.5, ar;q=0.7", "ar"],
    ["en;q=0.2, ar;q=0.9", "ar"],
    ["ar;q=0, en", "en"],
    ["ar ; q=0.9", "ar"],
    ["*", undefined],
    ["nl", undefined],
    ["", undefined],
    [";q=1,,-,ar;q=nonsense", undefined],
  ];
  for (const [header, locale] of cases) expect(preferredLocale(header), header).toBe(locale);
});

test("every language has a name and a direction", () => {
  expect(locales.map((locale) => [locale, localeNames[locale], directionOf(locale)])).toEqual([
    ["en", "English", "ltr"],
    ["ar", "العربية", "rtl"],
  ]);
});
