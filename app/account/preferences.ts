import { isLocale, type Locale } from "#app/i18n/locale.ts";

export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** What a visitor chose; null means not chosen. Lives in one cookie that scripts need not read. */
export type Preferences = { theme: Theme; locale: Locale | null; sidebar: "open" | "collapsed" };

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

/** Never rejects: what is not understood counts as not chosen. */
export function parsePreferences(stored: unknown): Preferences {
  const chosen: Record<string, unknown> = typeof stored === "object" && stored !== null ? { ...stored } : {};
  return {
    theme: isTheme(chosen.theme) ? chosen.theme : "system",
    locale: isLocale(chosen.locale) ? chosen.locale : null,
    sidebar: chosen.sidebar === "collapsed" ? "collapsed" : "open",
  };
}
