import { createHash, randomBytes } from "node:crypto";

/** An unguessable token for a link: 256 bits, safe in a URL. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database keeps of a token, so that reading the database opens nothing. */
export function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
