import { inject } from "vitest";

/** Sends a request to the built Worker as its own pages do, with this cookie. Does not follow redirects. */
export async function ask(url: string, cookie: string | null, init: RequestInit = {}) {
  const headers = { Origin: inject("appUrl"), "Accept-Language": "en", ...(cookie !== null && { Cookie: cookie }) };
  return fetch(new URL(url, inject("appUrl")), {
    redirect: "manual",
    ...init,
    headers: { ...headers, ...init.headers },
  });
}
