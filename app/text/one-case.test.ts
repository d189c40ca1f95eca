import { expect, test } from "vitest";
import { inOneCase } from "./one-case.ts";

test("capital and small letters of any script are the same in one case", () => {
  const pairs = [
    ["ACME-1", "acme-1"],
    ["ÄÖÜ Straße", "äöü STRASSE"],
    ["ОБЪЕКТ-7", "объект-7"],
    ["ΟΔΟΣ", "οδος"],
    ["İş-1", "iş-1"],
    ["ILGIN", "ılgın"],
  ];
  for (const [one = "", other = ""] of pairs) expect(inOneCase(one)).toBe(inOneCase(other));
});

test("accents, marks and digits still count, and no text stays none", () => {
  expect(new Set(["Müller", "Muller", "A-1", "A1", "１", "1"].map(inOneCase)).size).toBe(6);
  expect(inOneCase(null)).toBeNull();
});
