import { DAY_SECONDS } from "#app/durations.server.ts";
import { digest, newToken, TOKEN } from "#app/tokens.server.ts";
import { SIGN_UP_BROWSER_DAYS } from "../limits.ts";
import { ownCookie } from "../sessions/own-cookies.server.ts";

export type SignUpBrowser = {
  hash: string | null;
  bind(): string;
  forget(): void;
};

type Browser = { requestHeaders: Headers; responseHeaders: Headers; appUrl: string };

export function readSignUpBrowser({ requestHeaders, responseHeaders, appUrl }: Browser): SignUpBrowser {
  const cookie = ownCookie("sign-up", { appUrl, value: TOKEN });
  const key = cookie.read(requestHeaders);
  const hashOf = (key: string) => digest(`sign-up:${key}`);
  return {
    hash: key === null ? null : hashOf(key),
    bind() {
      const key = newToken();
      responseHeaders.append("Set-Cookie", cookie.textOf(key, SIGN_UP_BROWSER_DAYS * DAY_SECONDS));
      return hashOf(key);
    },
    forget: () => responseHeaders.append("Set-Cookie", cookie.textOf("", 0)),
  };
}
