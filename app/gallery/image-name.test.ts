import { expect, test } from "vitest";
import { nameFromFile } from "./image-name.ts";

test("a name that comes from a file is tidied as a typed one is, and none when nothing of it can be seen", () => {
  expect(nameFromFile("Jose\u0301 \u202egpj.png")).toBe("José gpj");
  for (const nothing of ["\u2800.png", "\u200b.jpeg", "\u202e", ".png"]) expect(nameFromFile(nothing)).toBe("");
});
