export const AUTH_BASE_PATH = "/api/auth";

/** The library's other endpoints would bypass the four steps, and some return session tokens to scripts. */
const ALLOWED = new Set(["GET /ok"]);

export function isAllowedAuthPath(method: string, pathname: string): boolean {
  return pathname.startsWith(`${AUTH_BASE_PATH}/`) && ALLOWED.has(`${method} ${pathname.slice(AUTH_BASE_PATH.length)}`);
}
