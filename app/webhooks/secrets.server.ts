import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { TokenName } from "#app/tokens.server.ts";

export type SecretFor = (name: TokenName) => string;

const SECRET_PREFIX = "whsec_";

/** The format of Standard Webhooks: 32 bytes in base64. It is derived, so that a copy of the database can sign nothing. */
export function webhookSecret(secretFor: SecretFor, name: string): string {
  return SECRET_PREFIX + Buffer.from(secretFor(`webhook:${name}`), "base64url").toString("base64");
}

type Signed = { id: string; seconds: number; body: string };

/** The value of `webhook-signature`: a `v1` signature per secret, separated by spaces (Standard Webhooks, "Signature scheme"). */
export function signatures({ id, seconds, body }: Signed, secrets: readonly string[]): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
      return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
    })
    .join(" ");
}
