import { expect, test } from "vitest";
import { SLUG_MAXIMUM } from "#app/tenancy/limits.ts";
import { Slug } from "#app/tenancy/slug.ts";
import { slugCandidates } from "./slugs.ts";

const letters = (length: number) => "x7k2m9p4qz".slice(0, length);
const first = async (name: string) => (await slugCandidates(name, letters))[0];

test("a slug is the name in small plain letters, its words joined by hyphens", async () => {
  expect(await first("Acme Outdoors")).toBe("acme-outdoors");
  expect(await first("  Crème Brûlée & Søn, №9! ")).toBe("creme-brulee-son-no9");
  expect(await first("İzmir ﬁlm ＡＢＣ")).toBe("izmir-film-abc");
  expect(await first("--a--b--")).toBe("a-b");
});

test("a slug ends at 48 characters and never in a hyphen", async () => {
  expect(await first("a".repeat(60))).toBe("a".repeat(SLUG_MAXIMUM));
  expect(await first(`${"a".repeat(47)} bc`)).toBe("a".repeat(47));
  for (const candidate of await slugCandidates("word ".repeat(12), letters)) {
    expect(Slug.safeParse(candidate).success, candidate).toBe(true);
    expect(candidate).not.toMatch(/--|^-|-$/);
  }
});

test("a reserved or very short slug already gets a suffix in the first candidate", async () => {
  expect(await first("New")).toBe("new-x7k2");
  expect(await first("Ádmin")).toBe("admin-x7k2");
  expect(await first("A!")).toBe("a-x7k2");
});

test("a name without any usable letters gets a readable slug", async () => {
  expect(await first("株式会社")).toBe("organization-x7k2");
  expect(await first("🏔️🏔️")).toBe("organization-x7k2");
});

test("a taken slug is followed by others with ever longer suffixes", async () => {
  expect(await slugCandidates("Acme", letters)).toEqual(["acme", "acme-x7k2", "acme-x7k2", "acme-x7k2m9p4qz"]);
});

test("letters such as ß, ø and þ are written by their sound", async () => {
  const slugs = {
    "Straße GROẞ": "strasse-gross",
    "Søren Ødegård": "soren-odegard",
    Łódź: "lodz",
    "Đorđe Ðorð": "dorde-dord",
    "Ærø Œuvre æ œ": "aero-oeuvre-ae-oe",
    "Þór þ": "thor-th",
    "Işık ISPARTA İzmir": "isik-isparta-izmir",
    "Ħaż-Żebbuġ ŋ Ŧ": "haz-zebbug-ng-t",
    "Müller Ängström": "muller-angstrom",
    "Nguyễn Thị Hằng": "nguyen-thi-hang",
  };
  for (const [name, slug] of Object.entries(slugs)) expect(await first(name), name).toBe(slug);
});

test("names of other alphabets are written in Latin letters where the tables know how", async () => {
  const slugs = {
    "Москва Щука": "moskva-schuka",
    Київ: "kiyiv",
    Αθήνα: "athina",
    تهران: "thran",
    "شركة الخليج": "shrkt-alkhlyj",
    Հայաստան: "hayastan",
    საქართველო: "saqartvelo",
    "Кафе Ünal 12": "kafe-unal-12",
    "東京 Works": "works",
  };
  for (const [name, slug] of Object.entries(slugs)) expect(await first(name), name).toBe(slug);
});
