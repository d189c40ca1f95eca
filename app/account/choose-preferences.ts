import { z } from "zod";
import { locales } from "#app/i18n/locale.ts";
import type { Grant } from "#app/request/grant.server.ts";
import { RedirectTo } from "#app/request/redirect-to.ts";
import { type Preferences, themes } from "./preferences.ts";

export const ChoosePreferences = z.object({
  theme: z.enum(themes).optional(),
  locale: z.enum(locales).optional(),
  sidebar: z.enum(["open", "collapsed"]).optional(),
  redirectTo: RedirectTo,
});
export type ChoosePreferences = z.infer<typeof ChoosePreferences>;

/** What was chosen now over what was chosen before. */
export async function choosePreferences(grant: Grant<"public">, { theme, locale, sidebar }: ChoosePreferences) {
  const before = grant.preferences;
  const preferences: Preferences = {
    theme: theme ?? before.theme,
    locale: locale ?? before.locale,
    sidebar: sidebar ?? before.sidebar,
  };
  return { ok: true, preferences } as const;
}
