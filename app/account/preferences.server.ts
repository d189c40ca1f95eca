import { createCookie } from "react-router";
import { COOKIE_PREFIX, cookieName, isSecure } from "#app/auth/sessions/own-cookies.server.ts";
import { type Preferences, parsePreferences } from "./preferences.ts";

const PREFERENCES_DAYS = 365;

const cookieFor = (isSecure: boolean) =>
  createCookie(cookieName(`${COOKIE_PREFIX}_preferences`, isSecure), {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    maxAge: PREFERENCES_DAYS * 86_400,
    secure: isSecure,
  });

const [guarded, plain] = [cookieFor(true), cookieFor(false)];

/** What a person has saved (null: nothing) wins over what this device's cookie says. */
export async function readPreferences(
  cookieHeader: string | null,
  saved: Record<string, string | null> = {},
): Promise<Preferences> {
  const chosen = Object.entries(saved).filter(([, value]) => value !== null);
  // The plain one is what browsers hold without https, and from before there was another; it is a look, and opens nothing.
  const kept = (await guarded.parse(cookieHeader)) ?? (await plain.parse(cookieHeader));
  return parsePreferences({ ...kept, ...Object.fromEntries(chosen) });
}

/** Of `Set-Cookie`. */
export function writePreferences(preferences: Preferences, appUrl: string): Promise<string> {
  return (isSecure(appUrl) ? guarded : plain).serialize(preferences);
}
