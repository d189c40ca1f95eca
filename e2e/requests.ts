import { inject } from "vitest";

/** A request to the built Worker from its own pages, with this cookie; a redirect is an answer. */
export async function ask(url: string, cookie: string | null, init: RequestInit = {}) {
  const headers = { Origin: inject("appUrl"), "Accept-Language": "en", ...(cookie !== null && { Cookie: cookie }) };
  return fetch(new URL(url, inject("appUrl")), {
    redirect: "manual",
    ...init,
    headers: { ...headers, ...init.headers },
  });
}
