import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

type Cost = { N: number; r: number; p: number };

/** OWASP's setting for 16 MB (Password Storage Cheat Sheet, "scrypt"). */
const COST: Cost = { N: 2 ** 14, r: 8, p: 5 };

/** Of hashes without a version, as Better Auth makes them: `salt:key`, the salt being its own hexadecimal text. */
const FORMER_COST: Cost = { N: 2 ** 14, r: 16, p: 1 };

const VERSION = "$scrypt$ln=14,r=8,p=5$";
const KEY_BYTES = 64;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derived(password, salt, COST);
  return `${VERSION}${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** Never rejects: what is no hash matches nothing. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const { salt, key, cost } = partsOf(hash);
  const found = await derived(password, salt, cost);
  return found.length === key.length && timingSafeEqual(found, key);
}

export function isOutdated(hash: string): boolean {
  return !hash.startsWith(VERSION);
}

function partsOf(hash: string): { salt: Buffer | string; key: Buffer; cost: Cost } {
  if (!isOutdated(hash)) {
    const [salt = "", key = ""] = hash.slice(VERSION.length).split("$");
    return { salt: Buffer.from(salt, "base64url"), key: Buffer.from(key, "base64url"), cost: COST };
  }
  const [salt = "", key = ""] = hash.split(":");
  return { salt, key: Buffer.from(key, "hex"), cost: FORMER_COST };
}

function derived(password: string, salt: Buffer | string, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 128 * cost.N * cost.r * 2;
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { ...cost, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
