import { type ByteReader, createByteReader } from "#app/bytes/byte-reader.server.ts";
import { concat } from "#app/bytes/concat.server.ts";
import { cleanedAvif } from "./avif.server.ts";
import { type Canvas, createCanvas, UnfitPicture } from "./canvas.server.ts";
import { cleanedGif } from "./gif.server.ts";
import type { ImageType } from "./image-type.ts";
import { cleanedJpeg } from "./jpeg.server.ts";
import { type Pieces, streamOf } from "./pieces.server.ts";
import { cleanedPng } from "./png.server.ts";
import { cleanedWebp } from "./webp.server.ts";

const CLEANERS: Record<ImageType, (bytes: ByteReader, canvas: Canvas) => Pieces> = {
  "image/jpeg": cleanedJpeg,
  "image/png": cleanedPng,
  "image/webp": cleanedWebp,
  "image/gif": cleanedGif,
  "image/avif": cleanedAvif,
};

/** Far more parts than a picture of any program has. Each part costs time, however small it is. */
const PIECES_MAXIMUM = 100_000;

/** Keeps the length, which storage needs first. Fails with `UnfitPicture` if there are too many pixels or the size is unknown. */
export function cleanPicture(picture: ReadableStream<Uint8Array>, type: ImageType): ReadableStream<Uint8Array> {
  return streamOf(walked(picture, type, createCanvas()));
}

export async function cleanWhole(picture: ReadableStream<Uint8Array>, type: ImageType) {
  const canvas = createCanvas();
  const pieces: Uint8Array[] = [];
  for await (const piece of walked(picture, type, canvas)) pieces.push(piece);
  return { bytes: concat(pieces), side: canvas.side() };
}

async function* walked(picture: ReadableStream<Uint8Array>, type: ImageType, canvas: Canvas): Pieces {
  let count = 0;
  try {
    for await (const piece of CLEANERS[type](createByteReader(picture), canvas)) {
      count += 1;
      if (count > PIECES_MAXIMUM) throw new UnfitPicture("unreadable");
      yield piece;
    }
  } catch (error) {
    // A part claims to be longer than it is.
    throw error instanceof RangeError ? new UnfitPicture("unreadable") : error;
  }
  canvas.side();
}
