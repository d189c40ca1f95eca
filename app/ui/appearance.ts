import { createContext } from "react";
import type { Locale } from "#app/i18n/locale.ts";

export type Appearance = { theme: string; color: string; font: string; locale: Locale };

export const unchosen: Appearance = { theme: "system", color: "tenantry", font: "automatic", locale: "en" };

export const AppearanceContext = createContext(unchosen);
