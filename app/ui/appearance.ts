import { createContext } from "react";
import type { Locale } from "#app/i18n/locale.ts";

export type Appearance = { theme: string; color: string; font: string; locale: Locale };

export const unchosen: Appearance = { theme: "system", color: "tenantry", font: "automatic", locale: "en" };

/** What holds for this visitor; the root provides it, so the switches work on every page, an error's too. */
export const AppearanceContext = createContext(unchosen);
