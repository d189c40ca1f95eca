import { createHash, randomBytes } from "node:crypto";
import { digest } from "./tokens.server.ts";

/** RFC 4648, section 6, in lower case: every character is safe in a URL and a shell, and a double click selects all of them. */
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const SECRET_BYTES = 20;
const CHECKSUM_BYTES = 4;
const CHECKSUM_CHARACTERS = 6;
const FORM = /^tnt_[a-z2-7]{38}$/;

const KEY_PREFIX_CHARACTERS = 8;

/** `tnt_`, 160 bits and a checksum, by which typing errors and finds of secret scanners are recognized without a query. */
export function newKeySecret(bytes: Uint8Array = randomBytes(SECRET_BYTES)): string {
  const body = `tnt_${base32(bytes.subarray(0, SECRET_BYTES))}`;
  return body + checksumOf(body);
}

export function isKeySecret(text: string): boolean {
  const body = text.slice(0, -CHECKSUM_CHARACTERS);
  return FORM.test(text) && text.slice(-CHECKSUM_CHARACTERS) === checksumOf(body);
}

/** What the database stores of a secret: the digest finds the key and does not reveal the secret. */
export function keptOf(secret: string): { digest: string; prefix: string } {
  return { digest: digest(secret), prefix: secret.slice(0, KEY_PREFIX_CHARACTERS) };
}

function checksumOf(body: string): string {
  return base32(createHash("sha256").update(body).digest().subarray(0, CHECKSUM_BYTES)).slice(0, CHECKSUM_CHARACTERS);
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join("");
}
