import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { type HashCost, PASSWORD_COST } from "./hash-cost.server.ts";

/** For hashes without a version, as Better Auth makes them: `salt:key`, where the hexadecimal text itself is the salt. */
const FORMER_COST: HashCost = { ln: 14, r: 16, p: 1 };

const VERSION = `$scrypt$ln=${PASSWORD_COST.ln},r=${PASSWORD_COST.r},p=${PASSWORD_COST.p}$`;
const KEY_BYTES = 64;

/** A well-formed hash that no known password matches. */
export const UNMATCHABLE_HASH = `${VERSION}${"A".repeat(22)}$${"A".repeat(86)}`;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derived(password, salt, PASSWORD_COST);
  return `${VERSION}${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** Never rejects: a malformed hash matches no password. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const { salt, key, cost } = partsOf(hash);
  const found = await derived(password, salt, cost);
  return found.length === key.length && timingSafeEqual(found, key);
}

export function isOutdated(hash: string): boolean {
  return !hash.startsWith(VERSION);
}

function partsOf(hash: string): { salt: Buffer | string; key: Buffer; cost: HashCost } {
  if (!isOutdated(hash)) {
    const [salt = "", key = ""] = hash.slice(VERSION.length).split("$");
    return { salt: Buffer.from(salt, "base64url"), key: Buffer.from(key, "base64url"), cost: PASSWORD_COST };
  }
  const [salt = "", key = ""] = hash.split(":");
  return { salt, key: Buffer.from(key, "hex"), cost: FORMER_COST };
}

function derived(password: string, salt: Buffer | string, { ln, r, p }: HashCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const N = 2 ** ln;
    const maxmem = 128 * N * r * 2;
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
