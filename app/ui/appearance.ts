import { createContext } from "react";
import { type Locale, locales } from "#app/i18n/locale.ts";
import { PRODUCT_SLUG } from "#app/product.ts";

export type Appearance = {
  theme: string;
  color: string;
  font: string;
  locale: Locale;
  /** The languages that people can choose from. */
  languages: readonly Locale[];
  /** Null if times are shown in UTC. */
  timeZone: string | null;
};

export const unchosen: Appearance = {
  theme: "system",
  color: PRODUCT_SLUG,
  font: "figtree",
  locale: "en",
  languages: locales,
  timeZone: null,
};

export const AppearanceContext = createContext(unchosen);
