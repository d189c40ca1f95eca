import type { ByteReader } from "#app/bytes/byte-reader.server.ts";
import { type Canvas, UnfitPicture } from "./canvas.server.ts";
import { keptExif } from "./exif.server.ts";
import { blanked, type Pieces, passed, taken } from "./pieces.server.ts";

const WINDOW_BYTES = 65_536;

/** Application segments that are needed to read the picture. The others describe it. */
const KEPT: Record<number, string> = { 224: "JFIF\0", 226: "ICC_PROFILE\0", 238: "Adobe" };
const EXIF = "Exif\0\0";
const NOBODYS = 0xef;

/** ITU-T T.81, annex B. A second picture, as phones add it, has its own Exif, so it is blanked with the list that names it. */
export async function* cleanedJpeg(bytes: ByteReader, canvas: Canvas): Pieces {
  for (;;) {
    const [mark, code, ...sizes] = await bytes.peek(4);
    if (mark === undefined || code === undefined) return yield* blanked(bytes);
    if (mark !== 0xff || code === 0) yield* blanked(bytes, await toMark(bytes));
    else if (code === 0xff) yield* passed(bytes, 1);
    else if (code === 0xd9) return yield* ended(bytes);
    else if (code === 0x01 || (code >= 0xd0 && code <= 0xd8)) yield* passed(bytes, 2);
    else yield* segment(bytes, canvas, { code, length: 2 + (sizes[0] ?? 0) * 256 + (sizes[1] ?? 0) });
  }
}

async function* ended(bytes: ByteReader): Pieces {
  yield* passed(bytes, 2);
  yield* blanked(bytes);
}

async function* segment(bytes: ByteReader, canvas: Canvas, { code, length }: { code: number; length: number }): Pieces {
  if (length < 4) throw new UnfitPicture("unreadable");
  if (isFrame(code)) {
    const [, , , , , highRows = 0, rows = 0, highColumns = 0, columns = 0] = await bytes.peek(9);
    canvas.measure(highColumns * 256 + columns, highRows * 256 + rows);
  }
  if (isTable(code)) yield* passed(bytes, length);
  else if (await says(bytes, KEPT[code])) yield* passed(bytes, length);
  else if (code === 0xe1 && (await says(bytes, EXIF))) yield* exif(bytes, length);
  else {
    yield Uint8Array.of(0xff, NOBODYS);
    bytes.skip(2);
    yield* passed(bytes, 2);
    yield* blanked(bytes, length - 4);
  }
  if (code === 0xda) yield* scan(bytes);
}

async function* exif(bytes: ByteReader, length: number): Pieces {
  const whole = await taken(bytes, length);
  if (whole === null) return yield* blanked(bytes);
  const start = 4 + EXIF.length;
  whole.set(keptExif(whole.subarray(start)), Math.min(start, length));
  yield whole;
}

function isTable(code: number): boolean {
  return code >= 0xc0 && code < 0xe0;
}

function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);
}

async function says(bytes: ByteReader, name: string | undefined): Promise<boolean> {
  if (name === undefined) return false;
  const start = await bytes.peek(4 + name.length);
  return String.fromCharCode(...start.subarray(4)) === name;
}

async function* scan(bytes: ByteReader): Pieces {
  for (;;) {
    const window = await bytes.peek(WINDOW_BYTES);
    const end = endOfScan(window);
    yield* passed(bytes, end);
    if (end < window.length - 1 || window.length < WINDOW_BYTES) return;
  }
}

/** The position of the next marker. Without one, the end, or an `FF` at the end, which can be half a marker. */
function endOfScan(window: Uint8Array): number {
  for (let at = window.indexOf(0xff); at >= 0; at = window.indexOf(0xff, at + 1)) {
    const code = window[at + 1];
    if (code === undefined || (code !== 0 && !(code >= 0xd0 && code <= 0xd7))) return at;
  }
  return window.length;
}

async function toMark(bytes: ByteReader): Promise<number> {
  const window = await bytes.peek(WINDOW_BYTES);
  const at = window.indexOf(0xff, 1);
  return at < 0 ? window.length : at;
}
