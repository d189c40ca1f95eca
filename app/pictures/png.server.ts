import { crc32 } from "node:zlib";
import type { ByteReader } from "#app/bytes/byte-reader.server.ts";
import { type Canvas, UnfitPicture } from "./canvas.server.ts";
import { keptExif } from "./exif.server.ts";
import { blanked, lettersAt, type Pieces, passed, taken, viewOf } from "./pieces.server.ts";

/** The chunks for how to show the picture and when it last changed: https://www.w3.org/TR/png-3/#4Concepts.FormatTypes */
const KEPT = [
  ...["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "acTL", "fcTL", "fdAT", "bKGD", "hIST", "pHYs", "sPLT", "tIME"],
  ...["cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI"],
];
const NOBODYS = "paDd";
const EXIF_MAXIMUM = 1_000_000;

export async function* cleanedPng(bytes: ByteReader, canvas: Canvas): Pieces {
  yield* passed(bytes, 8);
  for (;;) {
    const head = await bytes.peek(24);
    if (head.length < 8) return yield* blanked(bytes);
    const [length, type] = [viewOf(head).getUint32(0), lettersAt(head, 4)];
    measure(head, canvas);
    if (type === "eXIf" && length <= EXIF_MAXIMUM) yield* exif(bytes, length);
    else if (KEPT.includes(type)) yield* passed(bytes, 8 + length + 4);
    else yield* nobodys(bytes, length);
    if (type === "IEND") return yield* blanked(bytes);
  }
}

function measure(head: Uint8Array, canvas: Canvas) {
  const [view, type] = [viewOf(head), lettersAt(head, 4)];
  if (type === "IHDR" || type === "acTL") {
    if (head.length < 16) throw new UnfitPicture("unreadable");
    if (type === "IHDR") canvas.measure(view.getUint32(8), view.getUint32(12));
    else canvas.addFrames(view.getUint32(8));
  }
}

async function* exif(bytes: ByteReader, length: number): Pieces {
  const whole = await taken(bytes, 8 + length + 4);
  if (whole === null) return yield* blanked(bytes);
  whole.set(keptExif(whole.subarray(8, 8 + length)), 8);
  viewOf(whole).setUint32(8 + length, crc32(whole.subarray(4, 8 + length)));
  yield whole;
}

async function* nobodys(bytes: ByteReader, length: number): Pieces {
  const type = Uint8Array.from(NOBODYS, (letter) => letter.charCodeAt(0));
  yield* passed(bytes, 4);
  bytes.skip(4);
  yield type;
  let sum = crc32(type);
  for await (const piece of blanked(bytes, length)) {
    sum = crc32(piece, sum);
    yield piece;
  }
  if ((await taken(bytes, 4)) === null) return yield* blanked(bytes);
  const end = new Uint8Array(4);
  viewOf(end).setUint32(0, sum);
  yield end;
}
