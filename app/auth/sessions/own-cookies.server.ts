import { PRODUCT_SLUG } from "#app/product.ts";

export const COOKIE_PREFIX = PRODUCT_SLUG;

/** With `__Host-`, no neighbour under the same domain can set it. Not over http: some browsers refuse `Secure` from localhost. */
export function cookieName(name: string, isSecure: boolean): string {
  return `${isSecure ? "__Host-" : ""}${name}`;
}

export function isSecure(appUrl: string): boolean {
  return appUrl.startsWith("https:");
}

export const sessionCookies = {
  token: (appUrl: string) => cookieName(`${COOKIE_PREFIX}.session_token`, isSecure(appUrl)),
  cache: (appUrl: string) => cookieName(`${COOKIE_PREFIX}.session_data`, isSecure(appUrl)),
};

/** The value of the cookie with exactly this name, or null. A neighbour's cookie, under another name, is ignored. */
export function readCookie(headers: Headers, name: string): string | null {
  const cookies = (headers.get("Cookie") ?? "").split(/;\s*/);
  return cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

function cookieText(name: string, content: string, { appUrl, seconds }: { appUrl: string; seconds: number }) {
  const secure = isSecure(appUrl) ? "; Secure" : "";
  return `${name}=${content}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

export function expiredCookie(name: string, appUrl: string): string {
  return cookieText(name, "", { appUrl, seconds: 0 });
}

/** `userId.milliseconds`: whose row this browser last changed, and when. The cookie cache is made from that row. */
export const changedCookie = (appUrl: string) => ownCookie("changed", { appUrl, value: /^[\w-]+\.\d+$/ });

export function ownCookie(name: string, { appUrl, value }: { appUrl: string; value: RegExp }) {
  const fullName = cookieName(`${COOKIE_PREFIX}.${name}`, isSecure(appUrl));
  return {
    read(headers: Headers): string | null {
      const found = readCookie(headers, fullName);
      return found !== null && value.test(found) ? found : null;
    },
    textOf: (content: string, seconds: number) => cookieText(fullName, content, { appUrl, seconds }),
  };
}
