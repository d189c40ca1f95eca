import type { Identity } from "#app/auth/sessions/identity.server.ts";
import { cookieName, isSecure, ownCookie, readCookie } from "#app/auth/sessions/own-cookies.server.ts";
import { DAY_SECONDS } from "#app/durations.server.ts";
import { parseTimeZone, TIME_ZONE_COOKIE, type TimeZones } from "#app/i18n/time-zone.ts";

const KEPT_SECONDS = 365 * DAY_SECONDS;

type Options = { requestHeaders: Headers; responseHeaders: Headers; appUrl: string };

export type ZoneCookies = {
  /** The browser's own time zone, from its cookie; null if the cookie has no valid one. */
  told: string | null;
  /** For a presumed person, takes the choice from this browser's cookie, since statements are made before the row is read. */
  zonesOf(viewer: Identity | null, isPresumed: boolean): TimeZones;
  keep(chosen: string | null): void;
};

export function createZoneCookies({ requestHeaders, responseHeaders, appUrl }: Options): ZoneCookies {
  const chosenCookie = ownCookie("zone", { appUrl, value: /./ });
  const kept = parseTimeZone(chosenCookie.read(requestHeaders));
  const told = parseTimeZone(readCookie(requestHeaders, cookieName(TIME_ZONE_COOKIE, isSecure(appUrl))));

  function keep(chosen: string | null) {
    const text = chosenCookie.textOf(chosen ?? "", chosen === null ? 0 : KEPT_SECONDS);
    responseHeaders.append("Set-Cookie", text);
  }

  return {
    told,
    keep,
    zonesOf(viewer, isPresumed) {
      if (viewer === null || isPresumed) return { chosen: kept, told };
      const chosen = parseTimeZone(viewer.chosen.timeZone);
      // The choice was made in another browser.
      if (chosen !== kept) keep(chosen);
      return { chosen, told: told ?? parseTimeZone(viewer.chosen.browserTimeZone) };
    },
  };
}
