import { m } from "#app/i18n/messages.ts";
import type { Said } from "#app/i18n/said.ts";
import { isNavigation } from "./answers.server.ts";
import { isSaying, saidCookie } from "./said-cookie.server.ts";

/** The key of the message that this page shows and, after a dot, the count. */
export function readSaid(request: Request, appUrl: string): string | null {
  return request.method === "GET" && isNavigation(request) ? saidCookie(appUrl).read(request.headers) : null;
}

export function sayingOf(said: string | null): Said | null {
  const [saying = "", count] = said?.split(".") ?? [];
  if (!isSaying(saying)) return null;
  // The type of a message of which only the key is known.
  const say = m[saying] as (inputs: { count: number }) => string;
  return { saying, words: say({ count: Number(count) }) };
}

export function forgottenSaid(appUrl: string): string {
  return saidCookie(appUrl).textOf("", 0);
}
