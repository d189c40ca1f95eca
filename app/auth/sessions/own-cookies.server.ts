import { COOKIE_PREFIX, cookieName, isSecure } from "./auth.server.ts";

/** What a cookie of this very name holds: a neighbour's, under another name, is not looked at. */
export function readCookie(headers: Headers, name: string): string | null {
  const cookies = (headers.get("Cookie") ?? "").split(/;\s*/);
  return cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** The `Set-Cookie` of a cookie that no script reads; with no seconds, the one that drops it. */
export function writtenCookie(name: string, content: string, { appUrl, seconds }: { appUrl: string; seconds: number }) {
  const secure = isSecure(appUrl) ? "; Secure" : "";
  return `${name}=${content}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** A cookie of ours beside Better Auth's. `value`: what it may hold. */
export function ownCookie(name: string, { appUrl, value }: { appUrl: string; value: RegExp }) {
  const fullName = cookieName(`${COOKIE_PREFIX}.${name}`, isSecure(appUrl));
  return {
    read(headers: Headers): string | null {
      const found = readCookie(headers, fullName);
      return found !== null && value.test(found) ? found : null;
    },
    /** The `Set-Cookie` that keeps it; with no seconds, the one that drops it. */
    kept: (content: string, seconds: number) => writtenCookie(fullName, content, { appUrl, seconds }),
  };
}
