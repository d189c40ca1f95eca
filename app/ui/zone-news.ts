import { TIME_ZONE_COOKIE } from "#app/i18n/time-zone.ts";

const YEAR_SECONDS = 31_536_000;

let news: string | null = null;

/** Tells the server the browser's time zone in a cookie: on the sign-in page already, so that the next pages use it. */
export function tellTimeZone(): void {
  const { zone = "UTC", zoneChosen } = document.documentElement.dataset;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const isSecure = location.protocol === "https:";
  const told = `${isSecure ? "__Host-" : ""}${TIME_ZONE_COOKIE}=${timeZone}`;
  // Compare with the cookie, because the server may know the same zone by another name.
  if (document.cookie.split("; ").includes(told)) return;
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the other way to set a cookie
  document.cookie = `${told};path=/;max-age=${YEAR_SECONDS};samesite=lax${isSecure ? ";secure" : ""}`;
  if (zoneChosen === undefined && timeZone !== zone) news = timeZone;
}

/** The browser's time zone if the page was rendered in another one; otherwise null. */
export function zoneNews(): string | null {
  return news;
}

export function forgetZoneNews(): void {
  news = null;
}
