import { SLUG_MAXIMUM, SLUG_MINIMUM } from "./limits.ts";

/** Words that mean a page of ours, now or soon, or that would let an organization pass for the site itself. */
const RESERVED = new Set([
  ...["new", "create", "edit", "delete", "settings", "account", "profile", "members", "invitations", "invite"],
  ...["dashboard", "gallery", "images", "files", "audit", "notifications", "organization", "organizations"],
  ...["api", "admin", "root", "system", "internal", "auth", "login", "logout", "signin", "signup", "onboarding"],
  ...["app", "www", "mail", "static", "assets", "public", "healthz", "readyz", "dev", "preferences"],
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
  ...["tenantry", "official", "null", "undefined", "true", "false"],
]);

/** Lengths of the suffixes that are tried in turn; the last one is never taken in practice. */
const SUFFIX_LENGTHS = [4, 4, 10];

const FALLBACK = "organization";

export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}

/**
 * Slugs for an organization of this name, the best first: the name itself unless it is reserved or leaves too little, then
 * with a suffix out of `random`, which answers letters and digits.
 */
export function slugCandidates(name: string, random: (length: number) => string): string[] {
  const plain = cut(plainSlug(name), SLUG_MAXIMUM);
  const stem = plain === "" ? FALLBACK : plain;
  const suffixed = SUFFIX_LENGTHS.map((length) => `${cut(stem, SLUG_MAXIMUM - length - 1)}-${random(length)}`);
  return plain.length < SLUG_MINIMUM || RESERVED.has(plain) ? suffixed : [plain, ...suffixed];
}

function plainSlug(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
}

function cut(slug: string, length: number): string {
  return slug.replace(/^-/, "").slice(0, length).replace(/-$/, "");
}
