import { digest, newToken } from "#app/request/tokens.server.ts";
import { COOKIE_PREFIX, isSecure } from "./auth.server.ts";
import { KNOWN_DEVICE_DAYS } from "./limits.ts";

/** The browser a request comes from, by a cookie that it keeps after signing out. It opens nothing. */
export type Device = {
  hash: string;
  /** The `Set-Cookie` that keeps it; for whoever signs in, and for nobody else. */
  cookie: string;
};

export function readDevice(requestHeaders: Headers, appUrl: string): Device {
  const secure = isSecure(appUrl);
  const name = `${secure ? "__Host-" : ""}${COOKIE_PREFIX}.device`;
  const id = cookieOf(requestHeaders, name) ?? newToken();
  const cookie = `${name}=${id}; Path=/; Max-Age=${KNOWN_DEVICE_DAYS * 86_400}; HttpOnly; SameSite=Lax`;
  return { hash: digest(`device:${id}`), cookie: secure ? `${cookie}; Secure` : cookie };
}

function cookieOf(headers: Headers, name: string): string | null {
  const cookies = (headers.get("Cookie") ?? "").split(/;\s*/);
  const value = cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
}
