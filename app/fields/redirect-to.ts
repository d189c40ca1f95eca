import { z } from "zod";

/** The path of this site that `to` names; "/" for anything else (OWASP, "Unvalidated Redirects and Forwards"). */
export function safeRedirect(to: unknown): string {
  if (typeof to !== "string" || !to.startsWith("/")) return "/";
  // Resolving against a made-up origin leaves it for `//host`, `/\host` and all else that a browser reads as another site.
  const base = "https://app.invalid";
  const url = URL.canParse(to, base) ? new URL(to, base) : null;
  if (url?.origin !== base) return "/";
  const path = url.pathname + url.search + url.hash;
  // Dot segments are gone only now: `/.//host` has become `//host`.
  return path.startsWith("//") ? "/" : path;
}

export const RedirectTo = z.unknown().optional().transform(safeRedirect);
