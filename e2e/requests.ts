import { inject } from "vitest";

/**
 * The Worker closes idle connections after five seconds. A test process that is busy at that moment can send a request on one that
 * is closed, and gets no response.
 */
export const OWN_CONNECTION = { Connection: "close" };

/** Sends a request to the built Worker as its own pages do, with this cookie. Does not follow redirects. */
export async function ask(url: string, cookie: string | null, init: RequestInit = {}) {
  const headers = {
    ...OWN_CONNECTION,
    Origin: inject("appUrl"),
    "Accept-Language": "en",
    ...(cookie !== null && { Cookie: cookie }),
  };
  return fetch(new URL(url, inject("appUrl")), {
    redirect: "manual",
    ...init,
    headers: { ...headers, ...init.headers },
  });
}
