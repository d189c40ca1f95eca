import { SLUG_MAXIMUM } from "#app/tenancy/limits.ts";
import { plainLatin } from "#app/text/letters.ts";

/** Lower-case Latin letters and digits, with words joined by hyphens; empty if nothing is left. */
export async function slugOf(name: string): Promise<string> {
  // In lower case "İ" becomes "i" with a combining dot, which the second call removes.
  const latin = plainLatin(plainLatin(name).toLowerCase());
  // The tables are slow to load, and most names do not need them.
  const letters = /[^\p{ASCII}]/u.test(latin) ? (await import("@sindresorhus/transliterate")).default(latin) : latin;
  return cut(letters.toLowerCase().replace(/[^a-z0-9]+/g, "-"), SLUG_MAXIMUM);
}

export function cut(slug: string, length: number): string {
  return slug.replace(/^-/, "").slice(0, length).replace(/-$/, "");
}
