import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { TokenName } from "#app/tokens.server.ts";

export type SecretFor = (name: TokenName) => string;

const SECRET_PREFIX = "whsec_";

/** As Standard Webhooks writes it: 32 bytes in base64. Derived, so that a copy of the database signs nothing. */
export function webhookSecret(secretFor: SecretFor, name: string): string {
  return SECRET_PREFIX + Buffer.from(secretFor(`webhook:${name}`), "base64url").toString("base64");
}

type Signed = { id: string; seconds: number; body: string };

/** The value of `webhook-signature`: one `v1` signature a secret, parted by spaces (Standard Webhooks, "Signature scheme"). */
export function signatures({ id, seconds, body }: Signed, secrets: readonly string[]): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
      return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
    })
    .join(" ");
}
