export const AUTH_BASE_PATH = "/api/auth";

/** The library's endpoints would answer past the four steps, and some hand session tokens to scripts. */
const ALLOWED = new Set(["GET /ok"]);

export function isAllowedAuthPath(method: string, pathname: string): boolean {
  return pathname.startsWith(`${AUTH_BASE_PATH}/`) && ALLOWED.has(`${method} ${pathname.slice(AUTH_BASE_PATH.length)}`);
}
