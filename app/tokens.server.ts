import { createHash, createHmac, randomBytes } from "node:crypto";

export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The form of new tokens and of those of links. */
export const TOKEN = /^[\w-]{43}$/;

/** What the database stores instead of a token, so that someone who reads the database gains no access. */
export function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

export type TokenName =
  `${"invitation" | "invite-link" | "authenticator" | "backup-code" | "log" | "webhook" | "key" | "unsubscribe"}:${string}`;

export function tokenFor(secret: string, name: TokenName): string {
  return createHmac("sha256", secret).update(`link ${name}`).digest("base64url");
}
