import { PRODUCT_NAME, PRODUCT_SLUG } from "#app/product.ts";

export type Known = { email: string; name: string };

/** A shorter name occurs inside many words by chance, so it counts only as a word of its own. */
const SHORTEST_PART = 4;

/** The number of characters that must remain of a password when the words of the person's name are removed. */
const LEAST_REST = 8;

/**
 * Whether the password contains the address, the whole name or the product's name (NIST SP 800-63B-4, 3.1.1.2; ASVS 5.0, 6.2.11),
 * or is little more than words of the name.
 */
export function holdsKnown(password: string, { email, name }: Known): boolean {
  const parts = partsOf(password);
  const known = [email, email.split("@")[0] ?? "", name, PRODUCT_NAME, PRODUCT_SLUG];
  if (known.some((each) => holds(parts, each))) return true;
  const words = partsOf(name).sort((one, other) => other.length - one.length);
  const rest = words.reduce((left, word) => left.replaceAll(word, ""), parts.join(""));
  return words.some((word) => holds(parts, word)) && [...rest].length < LEAST_REST;
}

function holds(parts: readonly string[], words: string): boolean {
  const sought = partsOf(words).join("");
  if (sought === "") return false;
  return [...sought].length < SHORTEST_PART ? parts.includes(sought) : parts.join("").includes(sought);
}

function partsOf(text: string): string[] {
  return (
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{M}/gu, "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
