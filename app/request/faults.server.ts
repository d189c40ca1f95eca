import { outageOf } from "#app/outside/outage.ts";

const MIGRATE =
  "The database lacks a migration. npm run dev applies it when it starts, and npm run deploy before it uploads.";

type Where = { requestId: string; path?: string } | { job: string };

export function logFault(error: unknown, where: Where) {
  const outage = outageOf(error)?.part;
  const fault = describe(error);
  const hint = /no such (table|column)/.test(fault) ? MIGRATE : undefined;
  console.error(JSON.stringify({ level: "error", ...where, outage, hint, fault }));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  const cause = error.cause instanceof Error ? `\nCaused by ${describe(error.cause)}` : "";
  if (!("query" in error && "params" in error)) return stack + cause;
  // Drizzle's message lists the parameters, which include addresses and tokens, but not what went wrong.
  return `${stack.replace(error.message, () => `Failed query: ${error.query}`)}${cause}`;
}
