/** Inline scripts need the request's nonce. Inline styles are allowed, since components position menus with style attributes. */
function contentSecurityPolicy({ nonce, formTargets }: Page): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    ["form-action 'self'", ...formTargets].join(" "),
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

type Page = {
  nonce: string;
  isSecure: boolean;
  /** Origins that the response to a form can redirect to. */
  formTargets: readonly string[];
};

/** Sets the headers that a response has not set itself: OWASP's Secure Headers, and `no-store` for everything private. */
export function secureHeaders(headers: Headers, page: Page) {
  const defaults: Record<string, string> = {
    "Content-Security-Policy": contentSecurityPolicy(page),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    ...(page.isSecure && { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }),
  };
  for (const [name, value] of Object.entries(defaults)) {
    if (!headers.has(name)) headers.set(name, value);
  }
}

/**
 * Whether a browser sent this request from our own pages (OWASP CSRF Cheat Sheet, "Verifying Origin"). A request with neither
 * header does not come from a browser, so it carries no person's cookies.
 */
export function isFromOwnPages(request: Request, appUrl: string): boolean {
  const origin = request.headers.get("Origin");
  if (origin !== null) return origin === new URL(request.url).origin || origin === appUrl;
  const site = request.headers.get("Sec-Fetch-Site");
  return site === null || site === "same-origin" || site === "none";
}
