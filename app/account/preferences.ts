import { isLocale, type Locale } from "#app/i18n/locale.ts";
import { PRODUCT_SLUG } from "#app/product.ts";

export const themes = ["light", "dark", "system"] as const;
type Theme = (typeof themes)[number];

export const colors = [PRODUCT_SLUG, "nova", "vega", "maia", "lyra", "mira", "luma"] as const;
type Color = (typeof colors)[number];

/** The product's own font comes first and loads with every page; "automatic" is the system's. */
export const fonts = ["figtree", "inter", "source-serif", "atkinson", "automatic"] as const;
type Font = (typeof fonts)[number];

/** The choice instead of a time zone: times are shown in the browser's zone. */
export const AUTOMATIC_ZONE = "automatic";

export type Preferences = {
  theme: Theme;
  color: Color;
  font: Font;
  locale: Locale | null;
  sidebar: "open" | "collapsed";
  /** Keyboard shortcuts without a modifier key. */
  shortcuts: "on" | "off";
};

/** Never throws: an invalid value counts as not chosen. */
export function parsePreferences(stored: unknown): Preferences {
  const { theme, color, font, locale, sidebar, shortcuts }: Record<string, unknown> = Object(stored);
  return {
    theme: oneOf(themes, theme) ?? "system",
    color: oneOf(colors, color) ?? PRODUCT_SLUG,
    font: oneOf(fonts, font) ?? "figtree",
    locale: isLocale(locale) ? locale : null,
    sidebar: sidebar === "collapsed" ? "collapsed" : "open",
    shortcuts: shortcuts === "off" ? "off" : "on",
  };
}

function oneOf<const T extends string>(values: readonly T[], value: unknown): T | null {
  return values.find((each) => each === value) ?? null;
}
