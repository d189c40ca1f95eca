import { expect, test } from "vitest";
import { nameFromFile } from "./image-name.ts";

test("an image name made from a file name is tidied, and is empty if none of it would be visible", () => {
  expect(nameFromFile("Jose\u0301 \u202egpj.png")).toBe("José gpj");
  for (const nothing of ["\u2800.png", "\u200b.jpeg", "\u202e", ".png"]) expect(nameFromFile(nothing)).toBe("");
});
