/** Writes the one line a fault of ours gets; `path` is left out for work that goes on after the answer. */
export function logFault(error: unknown, where: { requestId: string; path?: string }) {
  console.error(JSON.stringify({ level: "error", ...where, fault: describe(error) }));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  if (!("query" in error && "params" in error)) return stack;
  // Drizzle's message lists the parameters, addresses and tokens among them, and not what went wrong.
  return `${stack.replace(error.message, () => `Failed query: ${error.query}`)}\nCaused by ${describe(error.cause)}`;
}
