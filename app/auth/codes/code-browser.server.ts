import { digest, newToken } from "#app/tokens.server.ts";
import { CODE_MINUTES } from "../limits.ts";
import { ownCookie } from "../sessions/own-cookies.server.ts";

/** The browser that asked for a code: what it keeps is part of the code's digest, so the rows alone tell no code. */
export type CodeBrowser = {
  /** Of what the browser brings, or of nothing. */
  hash(): string;
  codeHash(asked: { email: string; code: string }): string;
  /** Goes on with the same, or begins. */
  bind(): CodeBrowser;
};

type Browser = { requestHeaders: Headers; responseHeaders: Headers; appUrl: string };

/** Every request reads it and few ask for a code, so nothing is made before it is asked for. */
export function readCodeBrowser({ requestHeaders, responseHeaders, appUrl }: Browser): CodeBrowser {
  const cookie = ownCookie("code", { appUrl, value: /^[\w-]{43}$/ });
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
  // Nobody is told what stands here for a browser that brings nothing.
  return browserOf(() => kept ?? newToken());
}
