import { ownCookie } from "#app/auth/sessions/own-cookies.server.ts";
import { type Messages, m } from "#app/i18n/messages.ts";
import { isNavigation } from "./answers.server.ts";

export type Saying = keyof Messages & string;

/** Long enough for the page that comes next. */
const KEPT_SECONDS = 60;

/** What some form says when it is done: nothing else is ever said of a cookie. */
const sayings = new Set<string>();

export function willSay(saying: Saying) {
  sayings.add(saying);
}

const saidCookie = (appUrl: string) => ownCookie("said", { appUrl, value: /^[a-z_]+(\.\d{1,6})?$/ });

/** For a browser without scripts: the page it is led to says it, once. */
export function saidNext(saying: Saying, count: number | undefined, appUrl: string): string {
  return saidCookie(appUrl).textOf(count === undefined ? saying : `${saying}.${count}`, KEPT_SECONDS);
}

/** The key of what this page says, and how many it was about. */
export function readSaid(request: Request, appUrl: string): string | null {
  return request.method === "GET" && isNavigation(request) ? saidCookie(appUrl).read(request.headers) : null;
}

export function wordsOf(said: string | null): string | null {
  const [saying = "", count] = said?.split(".") ?? [];
  if (!sayings.has(saying)) return null;
  // Which text it is, no type knows.
  const say = m[saying as Saying] as (inputs: { count: number }) => string;
  return say({ count: Number(count) });
}

export function forgottenSaid(appUrl: string): string {
  return saidCookie(appUrl).textOf("", 0);
}
