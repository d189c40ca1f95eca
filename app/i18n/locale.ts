export const locales = ["en", "fr", "be", "de", "hi", "es", "pt", "it", "ru", "zh", "tr", "ar", "ar-ma"] as const;
export type Locale = (typeof locales)[number];

export const baseLocale: Locale = "en";

export const localeNames: Record<Locale, string> = {
  en: "English",
  fr: "Français",
  be: "Français (Belgique)",
  de: "Deutsch",
  hi: "हिन्दी",
  es: "Español",
  pt: "Português",
  it: "Italiano",
  ru: "Русский",
  zh: "中文",
  tr: "Türkçe",
  ar: "العربية",
  "ar-ma": "العربية (المغرب)",
};

/** Tags for codes that are not BCP 47 tags (there, `be` is Belarusian). Documents, messages and `Intl` use the tags. */
const tags: Partial<Record<string, string>> = { be: "fr-BE", "ar-ma": "ar-MA" };

export function languageTag(locale: Locale): string {
  return tags[locale] ?? locale;
}

function localeOfTag(tag: string, among: readonly Locale[] = locales): Locale | undefined {
  return among.find((locale) => languageTag(locale).toLowerCase() === tag.toLowerCase());
}

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale.startsWith("ar") ? "rtl" : "ltr";
}

/** The locale that a browser prefers (RFC 9110, 12.5.4), with the lookup of RFC 4647, 3.4: `ar-EG` also matches `ar`. */
export function preferredLocale(acceptLanguage: string, among: readonly Locale[] = locales): Locale | undefined {
  for (const { range } of rangesOf(acceptLanguage)) {
    for (let tag = range; tag !== ""; tag = tag.slice(0, Math.max(0, tag.lastIndexOf("-")))) {
      const locale = localeOfTag(tag, among);
      if (locale !== undefined) return locale;
    }
  }
  return undefined;
}

/** The tag for formatting dates. English uses the region that the browser names, such as `en-GB` or `en-AU`. */
export function dateTag(locale: Locale, acceptLanguage: string): string {
  if (locale !== "en") return languageTag(locale);
  return rangesOf(acceptLanguage).find(({ range }) => /^en-[A-Z]{2}$/i.test(range))?.range ?? "en";
}

function rangesOf(acceptLanguage: string): { range: string; quality: number }[] {
  return acceptLanguage
    .split(",")
    .map((part) => {
      const [range = "", quality] = part.trim().split(/\s*;\s*q=/i);
      return { range, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
}
