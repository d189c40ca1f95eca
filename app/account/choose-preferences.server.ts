import { change } from "#app/change/change.server.ts";
import { user } from "#app/db/schema/people.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import type { ChoosePreferences } from "./schemas.ts";

export async function choosePreferences(
  grant: Grant<"public">,
  { redirectTo: _, sidebar, shortcuts, ...look }: ChoosePreferences,
): Promise<{ ok: true } | { ok: false; reason: "not-offered" }> {
  if (look.locale !== undefined && !grant.languages.includes(look.locale)) return { ok: false, reason: "not-offered" };
  if (grant.viewer !== null && Object.values(look).some((value) => value !== undefined)) {
    await change(grant, {
      unlogged: "How pages look to one person concerns no one else.",
      makes: (entry) => ({ look: entry.update(user, { ...look, updatedAt: grant.now }) }),
    });
    grant.signIns().renew(grant.viewer.userId);
  }
  if (look.timeZone !== undefined) grant.keepTimeZone(look.timeZone);
  const before = grant.preferences;
  await grant.keepPreferences({
    theme: look.theme ?? before.theme,
    color: look.color ?? before.color,
    font: look.font ?? before.font,
    locale: look.locale ?? before.locale,
    sidebar: sidebar ?? before.sidebar,
    shortcuts: shortcuts ?? before.shortcuts,
  });
  return { ok: true };
}
