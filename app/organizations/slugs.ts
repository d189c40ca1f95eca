import { features } from "#app/features.ts";
import { PRODUCT_SLUG } from "#app/product.ts";
import { SLUG_MAXIMUM, SLUG_MINIMUM } from "#app/tenancy/limits.ts";
import { cut, slugOf } from "./new-slug.ts";

/** Words that name a page, now or in the future, or that would let an organization pass for the site itself. */
const RESERVED = new Set([
  ...features.flatMap(({ slugs = [] }) => slugs),
  ...["new", "create", "edit", "delete", "files", "api", "admin", "root", "system", "internal"],
  ...["app", "www", "mail", "static", "assets", "public", "healthz", "readyz", "dev"],
  ...[
    "about",
    "blog",
    "docs",
    "help",
    "support",
    "status",
    "pricing",
    "billing",
    "legal",
    "privacy",
    "security",
    "terms",
  ],
  ...[PRODUCT_SLUG, "official", "null", "undefined", "true", "false"],
]);

/** Lengths of the suffixes that are tried in turn; the last one is never taken in practice. */
const SUFFIX_LENGTHS = [4, 4, 10];

const FALLBACK = "organization";

export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}

export function isFreeToChoose(slug: string): boolean {
  return slug.length >= SLUG_MINIMUM && !RESERVED.has(slug);
}

/** The best slug first: the plain name unless it is reserved or too short, then with a suffix made by `random`. */
export async function slugCandidates(name: string, random: (length: number) => string): Promise<string[]> {
  const plain = await slugOf(name);
  const stem = stemOf(plain);
  const suffixed = SUFFIX_LENGTHS.map((length) => `${cut(stem, SLUG_MAXIMUM - length - 1)}-${random(length)}`);
  return isFreeToChoose(plain) ? [plain, ...suffixed] : suffixed;
}

export function stemOf(slug: string): string {
  return slug === "" ? FALLBACK : slug;
}
