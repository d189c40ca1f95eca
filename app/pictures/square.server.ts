import { outageOf } from "#app/outside/outage.ts";
import { UnfitPicture } from "./canvas.server.ts";
import { cleanWhole } from "./clean-picture.server.ts";
import type { ImageType } from "./image-type.ts";
import { SQUARE_SIDE } from "./limits.ts";
import { type Decoder, isServiceReading } from "./readable.server.ts";

type Uploaded = { file: { stream(): ReadableStream<Uint8Array> }; type: ImageType };

export type Square =
  | { ok: true; picture: { stream: ReadableStream<Uint8Array>; length: number; type: "image/webp" } }
  | { ok: false; reason: "too-many-pixels" | "unreadable" | "unavailable" };

/** A small picture made anew: its middle, turned upright, as a WebP that says nothing but its pixels. */
export async function squareOf(decode: Decoder, { file, type }: Uploaded): Promise<Square> {
  try {
    const { bytes, side } = await cleanWhole(file.stream(), type);
    const width = Math.min(side, SQUARE_SIDE);
    const made = await drawSquare(decode, bytes, width);
    if (made === "unavailable") return { ok: false, reason: made };
    if (made === "failed")
      return { ok: false, reason: (await isServiceReading(decode, "image/png")) ? "unreadable" : "unavailable" };
    return { ok: true, picture: { stream: made.stream(), length: made.size, type: "image/webp" } };
  } catch (error) {
    if (error instanceof UnfitPicture) return { ok: false, reason: error.reason };
    throw error;
  }
}

async function drawSquare(decode: Decoder, bytes: Uint8Array<ArrayBuffer>, side: number) {
  try {
    return await decode(new Blob([bytes]).stream(), { width: side, height: side, fit: "cover" });
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", picture: "square", fault: String(error) }));
    return outageOf(error) === null ? "failed" : "unavailable";
  }
}
