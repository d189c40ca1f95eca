/** As long as the tokens of links (`app/tokens.server.ts`), or the beginning of an API key. */
const SECRET = /(?<=[/=])(?:[\w-]{43}(?![\w-])|tnt_\w+)/g;

/** The path for a log line, without what opens something: some links in mails end with a token, and keys are pasted anywhere. */
export function pathToLog(url: string): string {
  return new URL(url).pathname.replace(SECRET, "…");
}

/** Whether the address itself opens something for its reader, so that no search engine may list it. */
export function opensSomething(url: string): boolean {
  const { pathname, search } = new URL(url);
  return (pathname + search).search(SECRET) !== -1;
}
