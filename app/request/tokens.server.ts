import { createHash, createHmac, randomBytes } from "node:crypto";

/** An unguessable token for a link: 256 bits, safe in a URL. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database keeps of a token, so that reading the database opens nothing. */
export function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** What a token is made for more than once: its kind and its id. */
export type TokenName = `invitation:${string}` | `authenticator:${string}` | `backup-code:${string}` | `log:${string}`;

/** The same unguessable token each time for one name: 256 bits, which nobody makes without the secret. */
export function tokenFor(secret: string, name: TokenName): string {
  return createHmac("sha256", secret).update(`link ${name}`).digest("base64url");
}
