import { digest, newToken } from "#app/request/tokens.server.ts";
import { SIGN_UP_BROWSER_DAYS } from "../limits.ts";
import { ownCookie } from "../sessions/own-cookies.server.ts";

/** The browser that somebody signed up with, by a cookie of that one sign-up: what was chosen there counts there alone. */
export type SignUpBrowser = {
  /** What the database keeps of the cookie; null: this browser has not signed up. */
  hash: string | null;
  /** Gives the browser the cookie of a new sign-up, and answers what the database keeps of it. */
  bind(): string;
  forget(): void;
};

type Browser = { requestHeaders: Headers; responseHeaders: Headers; appUrl: string };

export function readSignUpBrowser({ requestHeaders, responseHeaders, appUrl }: Browser): SignUpBrowser {
  const cookie = ownCookie("sign-up", { appUrl, value: /^[\w-]{43}$/ });
  const key = cookie.read(requestHeaders);
  const hashOf = (key: string) => digest(`sign-up:${key}`);
  return {
    hash: key === null ? null : hashOf(key),
    bind() {
      const key = newToken();
      responseHeaders.append("Set-Cookie", cookie.kept(key, SIGN_UP_BROWSER_DAYS * 86_400));
      return hashOf(key);
    },
    forget: () => responseHeaders.append("Set-Cookie", cookie.kept("", 0)),
  };
}
