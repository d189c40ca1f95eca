import { z } from "zod";

/** Returns the path of this site that `to` names, otherwise "/" (OWASP, "Unvalidated Redirects and Forwards"). */
export function safeRedirect(to: unknown): string {
  if (typeof to !== "string" || !to.startsWith("/")) return "/";
  // Resolving against a made-up origin shows whether a browser would read it as another site, as with `//host` or `/\host`.
  const base = "https://app.invalid";
  const url = URL.canParse(to, base) ? new URL(to, base) : null;
  if (url?.origin !== base) return "/";
  const path = url.pathname + url.search + url.hash;
  // Parsing has removed dot segments only now: `/.//host` has become `//host`.
  return path.startsWith("//") ? "/" : path;
}

export const RedirectTo = z.unknown().optional().transform(safeRedirect);
