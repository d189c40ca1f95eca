import { createCookie } from "react-router";
import { type Preferences, parsePreferences } from "./preferences.ts";

const PREFERENCES_DAYS = 365;

const cookie = createCookie("tenantry_preferences", {
  path: "/",
  httpOnly: true,
  sameSite: "lax",
  maxAge: PREFERENCES_DAYS * 86_400,
});

/** What a person has saved (null: nothing) wins over what this device's cookie says. */
export async function readPreferences(
  cookieHeader: string | null,
  saved: Record<string, string | null> = {},
): Promise<Preferences> {
  const chosen = Object.entries(saved).filter(([, value]) => value !== null);
  return parsePreferences({ ...(await cookie.parse(cookieHeader)), ...Object.fromEntries(chosen) });
}

/** A `Set-Cookie` value. `isSecure`: the site is served over https. */
export function writePreferences(preferences: Preferences, isSecure: boolean): Promise<string> {
  return cookie.serialize(preferences, { secure: isSecure });
}
