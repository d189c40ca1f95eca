/**
 * The only Better Auth endpoints with a URL. Pages sign people in through their own actions; the library's endpoints would
 * answer past the four steps, and some hand session tokens to scripts.
 */
const ALLOWED = new Set(["GET /ok"]);

/** `pathname` is the whole path; `basePath` is where Better Auth is mounted. */
export function isAllowedAuthPath(method: string, pathname: string, basePath: string): boolean {
  return pathname.startsWith(`${basePath}/`) && ALLOWED.has(`${method} ${pathname.slice(basePath.length)}`);
}
