import { expect, test } from "vitest";
import { SLUG_MAXIMUM } from "./limits.ts";
import { Slug } from "./schemas.ts";
import { slugCandidates } from "./slugs.ts";

const letters = (length: number) => "x7k2m9p4qz".slice(0, length);
const first = (name: string) => slugCandidates(name, letters)[0];

test("a slug is the name in small plain letters, its words joined by hyphens", () => {
  expect(first("Acme Outdoors")).toBe("acme-outdoors");
  expect(first("  Crème Brûlée & Søn, №9! ")).toBe("creme-brulee-s-n-no9");
  expect(first("İzmir ﬁlm ＡＢＣ")).toBe("izmir-film-abc");
  expect(first("--a--b--")).toBe("a-b");
});

test("a slug ends at 48 characters and never in a hyphen", () => {
  expect(first("a".repeat(60))).toBe("a".repeat(SLUG_MAXIMUM));
  expect(first(`${"a".repeat(47)} bc`)).toBe("a".repeat(47));
  for (const candidate of slugCandidates("word ".repeat(12), letters)) {
    expect(Slug.safeParse(candidate).success, candidate).toBe(true);
    expect(candidate).not.toMatch(/--|^-|-$/);
  }
});

test("a reserved or a very short slug gets a suffix at once", () => {
  expect(first("New")).toBe("new-x7k2");
  expect(first("Ádmin")).toBe("admin-x7k2");
  expect(first("A!")).toBe("a-x7k2");
});

test("a name of which nothing is left gets a readable slug", () => {
  expect(first("株式会社")).toBe("organization-x7k2");
  expect(first("🏔️🏔️")).toBe("organization-x7k2");
});

test("a taken slug is followed by others with ever longer suffixes", () => {
  expect(slugCandidates("Acme", letters)).toEqual(["acme", "acme-x7k2", "acme-x7k2", "acme-x7k2m9p4qz"]);
});
