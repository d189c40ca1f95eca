import { readFile } from "node:fs/promises";
import path from "node:path";

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
const MOMENTS = [
  "First light over",
  "Morning at",
  "Midday above",
  "Autumn on",
  "Last sun at",
  "Mist across",
  "Moon above",
];

export type Picture = { name: string; type: "image/webp"; bytes: Buffer };

/** The first `count` of the 75 pictures in `pictures/`, which were drawn for this product and need no licence. */
export function demoPictures(count: number): Promise<Picture[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      // The pictures show these moments in this order.
      name: `${MOMENTS[(index * 3) % MOMENTS.length]} ${PLACES[index % PLACES.length]}`,
      type: "image/webp" as const,
      bytes: await readFile(demoPictureFile(index)),
    })),
  );
}

export function demoPictureFile(index: number): string {
  return path.join(import.meta.dirname, "pictures", `${String(index % 75).padStart(2, "0")}.webp`);
}
