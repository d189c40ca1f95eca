import { expect, test } from "vitest";
import { chooseLocale, directionOf, type Locale, localeNames, locales } from "./locale.ts";

const none = { saved: null, cookie: null, acceptLanguage: null };

test("a saved choice wins over the cookie, and the cookie over the browser's wishes", () => {
  expect(chooseLocale({ saved: "ar", cookie: "en", acceptLanguage: "en" })).toBe("ar");
  expect(chooseLocale({ saved: null, cookie: "ar", acceptLanguage: "en" })).toBe("ar");
  expect(chooseLocale({ ...none, acceptLanguage: "ar" })).toBe("ar");
  expect(chooseLocale(none)).toBe("en");
});

test("a choice of a language that does not exist counts as none", () => {
  expect(chooseLocale({ saved: "xx", cookie: "__proto__", acceptLanguage: "ar" })).toBe("ar");
});

test("a browser gets the language it likes best of those there are", () => {
  const cases: [header: string, locale: Locale][] = [
    ["ar-EG,ar;q=0.9,en;q=0.8", "ar"],
    ["AR-eg", "ar"],
    ["nl, en;q=0.5, ar;q=0.7", "ar"],
    ["en;q=0.2, ar;q=0.9", "ar"],
    ["ar;q=0, en", "en"],
    ["ar ; q=0.9", "ar"],
    ["*", "en"],
    ["nl", "en"],
    ["", "en"],
    [";q=1,,-,ar;q=nonsense", "en"],
  ];
  for (const [header, locale] of cases) expect(chooseLocale({ ...none, acceptLanguage: header }), header).toBe(locale);
});

test("every language has a name and a direction", () => {
  expect(locales.map((locale) => [locale, localeNames[locale], directionOf(locale)])).toEqual([
    ["en", "English", "ltr"],
    ["ar", "العربية", "rtl"],
  ]);
});
