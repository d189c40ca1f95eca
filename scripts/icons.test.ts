import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { drawSprite, readSprite } from "./icons.ts";

test("the sprite holds every icon of the list, as Lucide draws it", async () => {
  expect(await readSprite(), "run `npm run icons` to draw it again").toBe(await drawSprite());
});

test("no icon is a component, which would be code in the browser", async () => {
  const app = path.join(import.meta.dirname, "../app");
  const files = (await readdir(app, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(path.join(app, file), "utf8")));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((_, index) => texts[index]?.includes("lucide-react"))).toEqual([]);
});
