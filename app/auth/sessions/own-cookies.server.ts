import { COOKIE_PREFIX, cookieName, isSecure } from "./auth.server.ts";

/** What a cookie of this very name holds: a neighbour's, under another name, is not looked at. */
export function readCookie(headers: Headers, name: string): string | null {
  const cookies = (headers.get("Cookie") ?? "").split(/;\s*/);
  return cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

export function cookieText(name: string, content: string, { appUrl, seconds }: { appUrl: string; seconds: number }) {
  const secure = isSecure(appUrl) ? "; Secure" : "";
  return `${name}=${content}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

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
