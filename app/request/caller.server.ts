import type { Identity } from "#app/auth/sessions/identity.server.ts";
import { isKeySecret } from "#app/key-secret.server.ts";
import { digest } from "#app/tokens.server.ts";

/** The caller, as the request claims. The access check finds out whether the session or the key is alive. */
export type Caller = { kind: "person"; viewer: Identity } | KeyCaller;

export type KeyCaller = { kind: "key"; digest: string };

/** The token of `Authorization: Bearer` (RFC 6750, section 2.1). Where there is one, the person's cookies do not count. */
export function bearerOf(headers: Headers): string | null {
  return /^bearer +(\S+) *$/i.exec(headers.get("Authorization") ?? "")?.[1] ?? null;
}

/** Null if no key has this form. Then no query is needed. */
export function keyCaller(bearer: string): KeyCaller | null {
  return isKeySecret(bearer) ? { kind: "key", digest: digest(bearer) } : null;
}
