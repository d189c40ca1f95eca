import { createCookie } from "react-router";
import { COOKIE_PREFIX, cookieName, isSecure } from "#app/auth/sessions/own-cookies.server.ts";
import { DAY_SECONDS } from "#app/durations.server.ts";
import { type Preferences, parsePreferences } from "./preferences.ts";

const PREFERENCES_DAYS = 365;

const cookieFor = (isSecure: boolean) =>
  createCookie(cookieName(`${COOKIE_PREFIX}_preferences`, isSecure), {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    maxAge: PREFERENCES_DAYS * DAY_SECONDS,
    secure: isSecure,
  });

const [guarded, plain] = [cookieFor(true), cookieFor(false)];

/** A person's saved choices, except those that are null, take precedence over this device's cookie. */
export async function readPreferences(
  cookieHeader: string | null,
  saved: Record<string, string | null> = {},
): Promise<Preferences> {
  const chosen = Object.entries(saved).filter(([, value]) => value !== null);
  // Browsers have the plain cookie without https, or from before there was a guarded one. It gives no access to anything.
  const kept = (await guarded.parse(cookieHeader)) ?? (await plain.parse(cookieHeader));
  return parsePreferences({ ...kept, ...Object.fromEntries(chosen) });
}

/** Returns the value of a `Set-Cookie` header. */
export function writePreferences(preferences: Preferences, appUrl: string): Promise<string> {
  return (isSecure(appUrl) ? guarded : plain).serialize(preferences);
}
