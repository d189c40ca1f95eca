import { baseLocale, locales } from "./paraglide/runtime.js";

export { baseLocale, locales };
export type Locale = (typeof locales)[number];

/** What each language calls itself. */
export const localeNames: Record<Locale, string> = { en: "English", ar: "العربية" };

const rightToLeft: ReadonlySet<Locale> = new Set<Locale>(["ar"]);

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return rightToLeft.has(locale) ? "rtl" : "ltr";
}

/** A person's saved choice wins over the browser's cookie, and that over what the browser prefers. */
export function chooseLocale(wishes: {
  saved: string | null;
  cookie: string | null;
  acceptLanguage: string | null;
}): Locale {
  if (isLocale(wishes.saved)) return wishes.saved;
  if (isLocale(wishes.cookie)) return wishes.cookie;
  return preferredLocale(wishes.acceptLanguage ?? "") ?? baseLocale;
}

// RFC 9110, 12.5.4, with the lookup of RFC 4647, 3.4: `ar-EG` is content with `ar`.
function preferredLocale(acceptLanguage: string): Locale | undefined {
  const ranges = acceptLanguage
    .toLowerCase()
    .split(",")
    .map((part) => {
      const [range = "", quality] = part.trim().split(/\s*;\s*q=/);
      return { range, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { range } of ranges) {
    for (let tag = range; tag !== ""; tag = tag.slice(0, Math.max(0, tag.lastIndexOf("-")))) {
      if (isLocale(tag)) return tag;
    }
  }
  return undefined;
}
