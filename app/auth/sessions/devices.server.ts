import { DAY_SECONDS } from "#app/durations.server.ts";
import { digest, newToken, TOKEN } from "#app/tokens.server.ts";
import { KNOWN_DEVICE_DAYS } from "../limits.ts";
import { ownCookie } from "./own-cookies.server.ts";

/** The browser of a request, known by a cookie that it keeps after signing out. The cookie gives no access. */
export type Device = {
  hash: string;
  cookie: string;
};

export function readDevice(requestHeaders: Headers, appUrl: string): Device {
  const cookie = ownCookie("device", { appUrl, value: TOKEN });
  const id = cookie.read(requestHeaders) ?? newToken();
  return { hash: digest(`device:${id}`), cookie: cookie.textOf(id, KNOWN_DEVICE_DAYS * DAY_SECONDS) };
}
