import { DAY_SECONDS } from "#app/durations.server.ts";
import { KNOWN_DEVICE_DAYS } from "../limits.ts";
import { ownCookie } from "./own-cookies.server.ts";

const lastMethodCookie = (appUrl: string) => ownCookie("last-method", { appUrl, value: /^[a-z-]{1,20}$/ });

/** The last sign-in method in this browser, by any person, for the sign-in page to mark. It is no secret and gives no access. */
export function readLastMethod(requestHeaders: Headers, appUrl: string): string | null {
  return lastMethodCookie(appUrl).read(requestHeaders);
}

export function lastMethodText(method: string, appUrl: string): string {
  return lastMethodCookie(appUrl).textOf(method, KNOWN_DEVICE_DAYS * DAY_SECONDS);
}
