import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { drawSprite, readSprite } from "./icons.ts";
import { ROOT } from "./tools.ts";

test("the sprite holds every icon of the list, as Lucide draws it", async () => {
  expect(await readSprite(), "run `npm run icons` to draw it again").toBe(await drawSprite());
});

test("the icons for phones, older browsers and links have the color of the tab's icon, and a phone's has no transparent corner", async () => {
  const read = (file: string) => readFile(path.join(ROOT, "public", file));
  const files = ["favicon.svg", "apple-touch-icon.png", "favicon.ico", "preview.png"];
  const [svg, phone, ico, preview] = (await Promise.all(files.map(read))) as [Buffer, Buffer, Buffer, Buffer];
  // A letter is left out: it looks different in each machine's font.
  const atTop = async (picture: Buffer) =>
    (
      await sharp(picture)
        .resize(48, 48)
        .extract({ left: 24, top: 2, width: 1, height: 1 })
        .removeAlpha()
        .raw()
        .toBuffer()
    ).toString("hex");
  expect([...ico.subarray(0, 8)]).toEqual([0, 0, 1, 0, 1, 0, 48, 48]);
  expect(await sharp(phone).metadata()).toMatchObject({ width: 180, height: 180, format: "png", hasAlpha: false });
  expect(await sharp(preview).metadata()).toMatchObject({ width: 1200, height: 630, format: "png" });
  const color = await atTop(svg);
  const others = [phone, ico.subarray(22), preview];
  expect(await Promise.all(others.map(atTop)), "run `npm run icons` to draw them again").toEqual(
    others.map(() => color),
  );
});

test("no icon is a component, which would be code in the browser", async () => {
  const app = path.join(import.meta.dirname, "../app");
  const files = (await readdir(app, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(path.join(app, file), "utf8")));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((_, index) => texts[index]?.includes("lucide-react"))).toEqual([]);
});
