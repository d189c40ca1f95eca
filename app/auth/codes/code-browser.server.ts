import { digest, newToken, TOKEN } from "#app/tokens.server.ts";
import { CODE_MINUTES } from "../limits.ts";
import { ownCookie } from "../sessions/own-cookies.server.ts";

/** The browser that requested a code. Its cookie is part of the code's digest, so the rows alone do not reveal the code. */
export type CodeBrowser = {
  /** A digest of the browser's cookie; without a cookie, of a random token, so that it matches no row. */
  hash(): string;
  codeHash(asked: { email: string; code: string }): string;
  /** Sets the cookie, with its current value or a new one, and returns the browser that has it. */
  bind(): CodeBrowser;
};

type Browser = { requestHeaders: Headers; responseHeaders: Headers; appUrl: string };

/** Called for every request, though few need a code, so tokens and digests are made only when they are used. */
export function readCodeBrowser({ requestHeaders, responseHeaders, appUrl }: Browser): CodeBrowser {
  const cookie = ownCookie("code", { appUrl, value: TOKEN });
  const kept = cookie.read(requestHeaders);
  const browserOf = (key: () => string): CodeBrowser => ({
    hash: () => digest(`code-browser:${key()}`),
    codeHash: ({ email, code }) => digest(`sign-in-code:${key()}:${email}:${code}`),
    bind() {
      const bound = kept ?? newToken();
      responseHeaders.append("Set-Cookie", cookie.textOf(bound, CODE_MINUTES * 60));
      return browserOf(() => bound);
    },
  });
  // Without a cookie the key is a random token that is never sent, so nothing matches.
  return browserOf(() => kept ?? newToken());
}
