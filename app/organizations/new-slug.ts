import { SLUG_MAXIMUM } from "#app/tenancy/limits.ts";
import { plainLatin } from "#app/text/letters.ts";

/** Small Latin letters, words joined by hyphens; empty when nothing is left. */
export async function slugOf(name: string): Promise<string> {
  // "İ" is "i" with a dot that goes.
  const latin = plainLatin(plainLatin(name).toLowerCase());
  // The tables take their time to load, and most names need none.
  const letters = /[^\p{ASCII}]/u.test(latin) ? (await import("@sindresorhus/transliterate")).default(latin) : latin;
  return cut(letters.toLowerCase().replace(/[^a-z0-9]+/g, "-"), SLUG_MAXIMUM);
}

export function cut(slug: string, length: number): string {
  return slug.replace(/^-/, "").slice(0, length).replace(/-$/, "");
}
