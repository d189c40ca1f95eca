import { outageOf } from "#app/outside/outage.ts";
import { UnfitPicture } from "./canvas.server.ts";
import { cleanWhole } from "./clean-picture.server.ts";
import type { ImageType } from "./image-type.ts";
import { type Decoder, isServiceReading } from "./readable.server.ts";

export type Uploaded = { file: { stream(): ReadableStream<Uint8Array> }; type: ImageType };

export type NotDrawn = { ok: false; reason: "too-many-pixels" | "unreadable" | "unavailable" };

export type Drawn =
  | { ok: true; picture: { stream: ReadableStream<Uint8Array>; length: number; type: "image/webp" } }
  | NotDrawn;

/** Draws a small picture again: upright, as a WebP that contains nothing but pixels. `sizeOf` gets the shorter side. */
export async function drawAnew(
  decode: Decoder,
  { file, type }: Uploaded,
  sizeOf: (side: number) => ImageTransform,
): Promise<Drawn> {
  try {
    const { bytes, side } = await cleanWhole(file.stream(), type);
    const made = await draw(decode, bytes, sizeOf(side));
    if (made === "unavailable") return { ok: false, reason: made };
    if (made === "failed")
      return { ok: false, reason: (await isServiceReading(decode, "image/png")) ? "unreadable" : "unavailable" };
    return { ok: true, picture: { stream: made.stream(), length: made.size, type: "image/webp" } };
  } catch (error) {
    if (error instanceof UnfitPicture) return { ok: false, reason: error.reason };
    throw error;
  }
}

async function draw(decode: Decoder, bytes: Uint8Array<ArrayBuffer>, size: ImageTransform) {
  try {
    return await decode(new Blob([bytes]).stream(), size);
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", picture: "drawn", fault: String(error) }));
    return outageOf(error) === null ? "failed" : "unavailable";
  }
}
