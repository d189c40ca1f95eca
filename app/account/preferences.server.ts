import { createCookie } from "react-router";
import { type Preferences, parsePreferences } from "./preferences.ts";

const PREFERENCES_DAYS = 365;

const cookie = createCookie("tenantry_preferences", {
  path: "/",
  httpOnly: true,
  sameSite: "lax",
  maxAge: PREFERENCES_DAYS * 86_400,
});

export async function readPreferences(cookieHeader: string | null): Promise<Preferences> {
  return parsePreferences(await cookie.parse(cookieHeader));
}

/** A `Set-Cookie` value. `isSecure`: the site is served over https. */
export function writePreferences(preferences: Preferences, isSecure: boolean): Promise<string> {
  return cookie.serialize(preferences, { secure: isSecure });
}
