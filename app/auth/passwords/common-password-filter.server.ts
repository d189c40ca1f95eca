import { createHash } from "node:crypto";
import { PASSWORD_MINIMUM } from "../limits.ts";

/** 16 bits for each of 44,000 passwords, 98 kB in the Worker. One in 25,000 other passwords is mistaken for one of them. */
export type PackedFilter = {
  /** The number of prints in each place, as one base-36 digit per place. */
  counts: string;
  /** The prints of all passwords, place by place: two bytes each. */
  prints: Buffer;
};

/** `ends` has for each place the index after its last print. */
export type PasswordFilter = { ends: number[]; prints: Buffer };

const PLACES = 2 ** 14;

export function foldedPassword(password: string): string {
  return password.normalize("NFKC").toLowerCase();
}

export function filterOf(passwords: readonly string[]): PackedFilter {
  const places = Array.from({ length: PLACES }, () => new Set<number>());
  for (const password of passwords) {
    const folded = foldedPassword(password);
    if (Math.max(password.length, folded.length) < PASSWORD_MINIMUM) continue;
    const { place, print } = placed(folded);
    places[place]?.add(print);
  }
  const prints = places.flatMap((here) => [...here].sort((one, other) => one - other));
  return {
    counts: places.map(({ size }) => size.toString(36)).join(""),
    prints: Buffer.from(Uint16Array.from(prints).buffer),
  };
}

export function unpackedFilter({ counts, prints }: PackedFilter): PasswordFilter {
  let end = 0;
  return { ends: Array.from(counts, (count) => (end += Number.parseInt(count, 36))), prints };
}

export function isInFilter({ ends, prints }: PasswordFilter, folded: string): boolean {
  const { place, print } = placed(folded);
  const end = ends[place] ?? 0;
  for (let at = ends[place - 1] ?? 0; at < end; at += 1) if (prints.readUInt16LE(at * 2) === print) return true;
  return false;
}

function placed(folded: string): { place: number; print: number } {
  const hash = createHash("sha256").update(folded).digest();
  return { place: hash.readUInt16LE(0) % PLACES, print: hash.readUInt16LE(2) };
}
