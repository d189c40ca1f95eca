import { createContext } from "react";
import type { Locale } from "#app/i18n/locale.ts";
import { PRODUCT_SLUG } from "#app/product.ts";

export type Appearance = {
  theme: string;
  color: string;
  font: string;
  locale: Locale;
  /** Null: times are in UTC. */
  timeZone: string | null;
};

export const unchosen: Appearance = {
  theme: "system",
  color: PRODUCT_SLUG,
  font: "figtree",
  locale: "en",
  timeZone: null,
};

export const AppearanceContext = createContext(unchosen);
