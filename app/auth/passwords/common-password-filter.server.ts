import { createHash } from "node:crypto";
import { PASSWORD_MINIMUM } from "../limits.ts";

/** 128 kB, which keep 44,000 passwords so that one in 90,000 others is taken for one of them. */
const BITS = 2 ** 20;

export function foldedPassword(password: string): string {
  return password.normalize("NFKC").toLowerCase();
}

export function filterOf(passwords: readonly string[]): Uint8Array {
  const filter = new Uint8Array(BITS / 8);
  for (const password of passwords) {
    const folded = foldedPassword(password);
    if (Math.max(password.length, folded.length) < PASSWORD_MINIMUM) continue;
    for (const { byte, bit } of placesOf(folded)) filter[byte] = (filter[byte] ?? 0) | bit;
  }
  return filter;
}

export function isInFilter(filter: Uint8Array, folded: string): boolean {
  return placesOf(folded).every(({ byte, bit }) => ((filter[byte] ?? 0) & bit) !== 0);
}

function placesOf(folded: string): { byte: number; bit: number }[] {
  const hash = createHash("sha512").update(folded).digest();
  return Array.from({ length: 16 }, (_, word) => {
    const place = hash.readUInt32LE(word * 4) % BITS;
    return { byte: place >> 3, bit: 1 << (place & 7) };
  });
}
