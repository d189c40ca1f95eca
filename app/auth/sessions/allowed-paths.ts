export const AUTH_BASE_PATH = "/api/auth";

/**
 * The only Better Auth endpoints with a URL. Pages sign people in through their own actions; the library's endpoints would
 * answer past the four steps, and some hand session tokens to scripts.
 */
const ALLOWED = new Set(["GET /ok"]);

/** `pathname` is the whole path. */
export function isAllowedAuthPath(method: string, pathname: string): boolean {
  return pathname.startsWith(`${AUTH_BASE_PATH}/`) && ALLOWED.has(`${method} ${pathname.slice(AUTH_BASE_PATH.length)}`);
}
