import { COOKIE_PREFIX, isSecure } from "./auth.server.ts";

/** A cookie of ours beside Better Auth's, which no script reads. `value`: what it may hold. */
export function ownCookie(name: string, { appUrl, value }: { appUrl: string; value: RegExp }) {
  const secure = isSecure(appUrl);
  const fullName = `${secure ? "__Host-" : ""}${COOKIE_PREFIX}.${name}`;
  return {
    read(headers: Headers): string | null {
      const cookies = (headers.get("Cookie") ?? "").split(/;\s*/);
      const found = cookies.find((each) => each.startsWith(`${fullName}=`))?.slice(fullName.length + 1);
      return found !== undefined && value.test(found) ? found : null;
    },
    /** The `Set-Cookie` that keeps it; with no seconds, the one that drops it. */
    kept(content: string, seconds: number): string {
      return `${fullName}=${content}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
    },
  };
}
