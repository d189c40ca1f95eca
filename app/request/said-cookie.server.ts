import { ownCookie } from "#app/auth/sessions/own-cookies.server.ts";
import type { Saying } from "#app/i18n/said.ts";

/** Long enough for the next page to load. */
const KEPT_SECONDS = 60;

/** From the start those of the pages of accounts, since the form may have run in another instance of the Worker. */
const sayings = new Set<string>([
  "account_nothing_changed",
  "account_reset_done",
  "account_email_restored",
  "account_deleted",
  "security_session_ended",
] satisfies Saying[]);

/** Only such messages are shown: a cookie can show no others. */
export function willSay(saying: Saying) {
  sayings.add(saying);
}

export function isSaying(key: string): key is Saying {
  return sayings.has(key);
}

export const saidCookie = (appUrl: string) => ownCookie("said", { appUrl, value: /^[a-z_]+(\.\d{1,6})?$/ });

/** A cookie for a page that comes without the scripts of the one before it, so that it shows the message once. */
export function saidNext(saying: Saying, count: number | undefined, appUrl: string): string {
  return saidCookie(appUrl).textOf(count === undefined ? saying : `${saying}.${count}`, KEPT_SECONDS);
}
