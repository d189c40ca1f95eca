import type { Identity } from "#app/auth/sessions/identity.server.ts";
import { isKeySecret } from "#app/key-secret.server.ts";
import { digest } from "#app/tokens.server.ts";

/** Who asks, by what the request brought. Whether the session or the key is alive is found with access. */
export type Caller = { kind: "person"; viewer: Identity } | KeyCaller;

export type KeyCaller = { kind: "key"; digest: string };

/** The token of `Authorization: Bearer` (RFC 6750, section 2.1). A request that brings one brings no cookies of a person. */
export function bearerOf(headers: Headers): string | null {
  return /^bearer +(\S+) *$/i.exec(headers.get("Authorization") ?? "")?.[1] ?? null;
}

/** Null: no key has this form, so nobody needs to be asked. */
export function keyCaller(bearer: string): KeyCaller | null {
  return isKeySecret(bearer) ? { kind: "key", digest: digest(bearer) } : null;
}
