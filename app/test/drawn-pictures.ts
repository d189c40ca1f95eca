import { crc32 } from "node:zlib";
import sharp from "sharp";
import { UnfitPicture } from "#app/pictures/canvas.server.ts";
import { cleanPicture } from "#app/pictures/clean-picture.server.ts";
import type { ImageType } from "#app/pictures/image-type.ts";
import { bytesOf } from "./in-chunks.ts";

export function drawing({ side = 64, alpha = false } = {}) {
  const pixels = Buffer.from(Array.from({ length: side * side * 3 }, (_, at) => (at * 7 + (at >> 6)) % 256));
  const made = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
  return (alpha ? made.ensureAlpha(0.5) : made).withIccProfile("p3");
}

export function frames(count: number, side = 16) {
  const pixels = Buffer.from(Array.from({ length: side * side * 3 * count }, (_, at) => (at * 11 + (at >> 9)) % 256));
  return sharp(pixels, { raw: { width: side, height: side * count, channels: 3, pageHeight: side } });
}

export const joined = (...parts: (Uint8Array | number[] | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));

export const chunk = (type: string, content: string | Uint8Array) => {
  const body = joined(type, content);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return joined(frame.subarray(0, 4), body, frame.subarray(4));
};

export function box(type: string, ...contents: (Uint8Array | number[] | string)[]): Buffer {
  const whole = joined([0, 0, 0, 0], type, ...contents);
  whole.writeUInt32BE(whole.length);
  return whole;
}

export function patched(picture: Uint8Array, at: number, bytes: Uint8Array | number[]): Uint8Array {
  const other = Uint8Array.from(picture);
  other.set(bytes, at);
  return other;
}

export async function outcomeOf(picture: ReadableStream<Uint8Array>, type: ImageType): Promise<Uint8Array | string> {
  try {
    return await bytesOf(cleanPicture(picture, type));
  } catch (error) {
    if (error instanceof UnfitPicture) return error.reason;
    throw error;
  }
}
