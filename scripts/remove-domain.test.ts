import { expect, test } from "vitest";
import { without } from "./remove-domain/without.ts";

test("an element of a list goes with what it names; what names it anywhere else is told with its place", () => {
  const gone = {
    root: "/tree",
    files: new Set(["/tree/app/gallery/limits.ts"]),
    words: new Set(["routes/gallery.ts"]),
  };
  const strip = (text: string) =>
    without("/tree/app/other/file.ts", `import { PAGE, A } from "#app/gallery/limits.ts";\n${text}`, gone);
  expect(strip("export const all = [1, PAGE, { a: [A] }, 2];\n").trim()).toBe("export const all = [1, 2];");
  expect(strip("export const all = { one, PAGE, two: [A] };\n").trim()).toBe("export const all = { one, };");
  expect(strip('route("a", [route("g", "routes/gallery.ts"), route("b", "b.ts")]);\n').trim()).toBe(
    'route("a", [ route("b", "b.ts")]);',
  );
  expect(
    strip("export const rows = [reads({ id: 1, gives: (found) => A(found), of: PAGE }), reads({ id: 2 })];\n").trim(),
  ).toBe("export const rows = [ reads({ id: 2 })];");
  expect(() => strip("test('it', () => {\n  expect(PAGE).toBe(1);\n});\n")).toThrow(
    "/tree/app/other/file.ts:3 names PAGE, and is no list",
  );
});
