import { ownCookie } from "#app/auth/sessions/own-cookies.server.ts";
import { type Messages, m } from "#app/i18n/messages.ts";
import { isNavigation } from "./answers.server.ts";

export type Saying = keyof Messages & string;

/** Long enough for the next page to load. */
const KEPT_SECONDS = 60;

/** The messages that forms show when they are done. A cookie can show no others. */
const sayings = new Set<string>();

export function willSay(saying: Saying) {
  sayings.add(saying);
}

const saidCookie = (appUrl: string) => ownCookie("said", { appUrl, value: /^[a-z_]+(\.\d{1,6})?$/ });

/** A cookie for a browser without scripts, so that the next page shows the message once. */
export function saidNext(saying: Saying, count: number | undefined, appUrl: string): string {
  return saidCookie(appUrl).textOf(count === undefined ? saying : `${saying}.${count}`, KEPT_SECONDS);
}

/** The key of the message that this page shows and, after a dot, the count. */
export function readSaid(request: Request, appUrl: string): string | null {
  return request.method === "GET" && isNavigation(request) ? saidCookie(appUrl).read(request.headers) : null;
}

export function wordsOf(said: string | null): string | null {
  const [saying = "", count] = said?.split(".") ?? [];
  if (!sayings.has(saying)) return null;
  // The type of a message of which only the key is known.
  const say = m[saying as Saying] as (inputs: { count: number }) => string;
  return say({ count: Number(count) });
}

export function forgottenSaid(appUrl: string): string {
  return saidCookie(appUrl).textOf("", 0);
}
