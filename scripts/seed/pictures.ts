import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { landscape } from "./landscape.ts";
import { MOODS } from "./palettes.ts";

const PLACES = [
  "Alder Lake",
  "Cold Ridge",
  "Stone Pass",
  "Hollow Vale",
  "Larch Hill",
  "North Shore",
  "Quiet Bay",
  "Fern Peak",
  "Heron Cove",
  "Long Moor",
];
const MOMENTS: Record<string, string> = {
  dawn: "First light over",
  morning: "Morning at",
  noon: "Midday above",
  autumn: "Autumn on",
  dusk: "Last sun at",
  mist: "Mist across",
  night: "Moon above",
};
const FORMATS = [
  { type: "image/jpeg", encode: (picture: Sharp) => picture.jpeg({ quality: 84 }) },
  { type: "image/webp", encode: (picture: Sharp) => picture.webp({ quality: 82, effort: 1 }) },
  { type: "image/png", encode: (picture: Sharp) => picture.png({ palette: true, effort: 1 }) },
] as const;

export type Picture = { name: string; type: (typeof FORMATS)[number]["type"]; bytes: Buffer };

/** Draws `count` pictures, or reads them from `cacheDir` when they were drawn before. */
export async function drawPictures({ count, cacheDir }: { count: number; cacheDir: string }): Promise<Picture[]> {
  await mkdir(cacheDir, { recursive: true });
  const pictures: Picture[] = [];
  const waiting = Array.from({ length: count }, (_, index) => index);
  const draw = async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      pictures[index] = await drawPicture(index, cacheDir);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, draw));
  return pictures;
}

async function drawPicture(index: number, cacheDir: string): Promise<Picture> {
  const mood = MOODS[(index * 3) % MOODS.length] ?? "dawn";
  const format = FORMATS[index % 10 === 4 ? 1 : index % 20 === 11 ? 2 : 0] ?? FORMATS[0];
  const name = `${MOMENTS[mood]} ${PLACES[index % PLACES.length]}`;
  const file = path.join(cacheDir, `${index}.${format.type.split("/")[1]}`);
  const bytes = await readFile(file).catch(async () => {
    const drawn = await format.encode(sharp(Buffer.from(landscape(mood, index * 7 + 3)))).toBuffer();
    // Written under another name first, so a stopped run leaves no half picture behind.
    await writeFile(`${file}.part`, drawn);
    await rename(`${file}.part`, file);
    return drawn;
  });
  return { name, type: format.type, bytes };
}
