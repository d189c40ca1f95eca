import { eq } from "drizzle-orm";
import { z } from "zod";
import { user } from "#app/db/schema/people.ts";
import { locales } from "#app/i18n/locale.ts";
import type { Grant } from "#app/request/grant.server.ts";
import { RedirectTo } from "#app/request/redirect-to.ts";
import { colors, fonts, type Preferences, themes } from "./preferences.ts";

export const ChoosePreferences = z.object({
  theme: z.enum(themes).optional(),
  color: z.enum(colors).optional(),
  font: z.enum(fonts).optional(),
  locale: z.enum(locales).optional(),
  sidebar: z.enum(["open", "collapsed"]).optional(),
  redirectTo: RedirectTo,
});
export type ChoosePreferences = z.infer<typeof ChoosePreferences>;

/** Keeps what was chosen now over what was chosen before; of whoever is signed in, for all their devices. */
export async function choosePreferences(grant: Grant<"public">, input: ChoosePreferences) {
  const { redirectTo: _, sidebar, ...look } = input;
  if (grant.viewer !== null && Object.values(look).some((value) => value !== undefined)) {
    await grant.commit([grant.db.update(user).set(look).where(eq(user.id, grant.userId))]);
    grant.signIns().renew();
  }
  const before = grant.preferences;
  const preferences: Preferences = {
    theme: look.theme ?? before.theme,
    color: look.color ?? before.color,
    font: look.font ?? before.font,
    locale: look.locale ?? before.locale,
    sidebar: sidebar ?? before.sidebar,
  };
  return { ok: true, preferences } as const;
}
