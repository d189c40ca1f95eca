import type { ByteReader } from "#app/bytes/byte-reader.server.ts";
import { type Canvas, UnfitPicture } from "./canvas.server.ts";
import { keptExif } from "./exif.server.ts";
import { blanked, lettersAt, type Pieces, passed, taken, viewOf } from "./pieces.server.ts";

/** https://developers.google.com/speed/webp/docs/riff_container */
const KEPT = ["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ICCP"];
/** A frame of an animation. Its picture follows in separate chunks. */
const FRAME = "ANMF";
const FRAME_HEAD_BYTES = 16;
const NOBODYS = "JUNK";
const EXIF_MAXIMUM = 1_000_000;
const HAS_XMP = 0x04;

export async function* cleanedWebp(bytes: ByteReader, canvas: Canvas): Pieces {
  const riff = await bytes.peek(12);
  if (riff.length < 12) throw new UnfitPicture("unreadable");
  const end = viewOf(riff).getUint32(4, true) + 8;
  yield* passed(bytes, 12);
  while (bytes.position() + 8 <= end) {
    const head = await bytes.peek(30);
    if (head.length < 8) return yield* blanked(bytes);
    const [type, length] = [lettersAt(head, 0), viewOf(head).getUint32(4, true)];
    const evenLength = length + (length % 2);
    measure(head, type, canvas);
    if (type === "VP8X") yield* features(bytes, evenLength);
    else if (type === FRAME) yield* passed(bytes, 8 + FRAME_HEAD_BYTES);
    else if (KEPT.includes(type)) yield* passed(bytes, 8 + evenLength);
    else if (type === "EXIF" && length <= EXIF_MAXIMUM) yield* exif(bytes, length, evenLength);
    else yield* nobodys(bytes, evenLength);
  }
  yield* blanked(bytes);
}

function measure(head: Uint8Array, type: string, canvas: Canvas) {
  const view = viewOf(head);
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  const needed = { VP8X: 18, "VP8 ": 18, VP8L: 13, [FRAME]: 20 }[type] ?? 0;
  if (head.length < needed) throw new UnfitPicture("unreadable");
  if (type === "VP8X") canvas.measure(three(12) + 1, three(15) + 1);
  if (type === "VP8 ") canvas.measure(view.getUint16(14, true) & 0x3fff, view.getUint16(16, true) & 0x3fff);
  if (type === FRAME) {
    canvas.measure(three(14) + 1, three(17) + 1);
    canvas.addFrames(1);
  }
  if (type === "VP8L") {
    const bits = view.getUint32(9, true);
    canvas.measure((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
}

async function* features(bytes: ByteReader, length: number): Pieces {
  yield* passed(bytes, 8);
  const flags = await taken(bytes, 1);
  if (flags === null) return;
  yield Uint8Array.of((flags[0] ?? 0) & ~HAS_XMP);
  yield* passed(bytes, length - 1);
}

/** Some writers put "Exif" before the data, as in a JPEG. */
async function* exif(bytes: ByteReader, length: number, evenLength: number): Pieces {
  const whole = await taken(bytes, 8 + evenLength);
  if (whole === null) return yield* blanked(bytes);
  const start = length > 6 && lettersAt(whole, 8) === "Exif" ? 14 : 8;
  whole.set(keptExif(whole.subarray(start, 8 + length)), start);
  whole.fill(0, 8 + length);
  yield whole;
}

async function* nobodys(bytes: ByteReader, length: number): Pieces {
  yield Uint8Array.from(NOBODYS, (letter) => letter.charCodeAt(0));
  bytes.skip(4);
  yield* passed(bytes, 4);
  yield* blanked(bytes, length);
}
