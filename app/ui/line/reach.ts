import { isRouteErrorResponse } from "react-router";
import { tell } from "./trouble.ts";

const PATIENCE_MS = 8_000;

/** Whether the server responds, with any status. Never rejects. */
export async function isReached(): Promise<boolean> {
  if (!navigator.onLine) return false;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return fetch("/healthz", { method: "HEAD", cache: "no-store", signal }).then(
    () => true,
    () => false,
  );
}

/** Matches the browsers' messages for a request without a response, and the router's for a response that broke off. */
const LOST =
  /^(Failed to fetch|NetworkError|Load failed|Importing a module|error loading dynamically|Unable to decode)/i;

export function isLost(thrown: unknown): boolean {
  if (isRouteErrorResponse(thrown)) return thrown.status >= 502 && typeof thrown.data === "string";
  return thrown instanceof Error && LOST.test(thrown.message);
}

export async function tellWhyLost() {
  tell({ kind: (await isReached()) ? "outdated" : "offline" });
}
