import type { Problem } from "#app/request/answers.server.ts";

/** For a page about one thing: throws 404 when there is none. */
export function required<T>(found: T | null): T {
  if (found !== null) return found;
  const problem: Problem = { error: "not-found" };
  throw Response.json(problem, { status: 404 });
}
