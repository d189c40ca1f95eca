import type { ByteReader } from "#app/bytes/byte-reader.server.ts";
import { type Canvas, UnfitPicture } from "./canvas.server.ts";
import { blanked, type Pieces, passed, viewOf } from "./pieces.server.ts";

const WINDOW_BYTES = 65_536;
const COMMENT = 0xfe;
const KEPT = ["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"];

/** Removes comments, XMP and plain texts from a GIF (https://www.w3.org/Graphics/GIF/spec-gif89a.txt). */
export async function* cleanedGif(bytes: ByteReader, canvas: Canvas): Pieces {
  const head = await bytes.peek(13);
  if (head.length < 13) throw new UnfitPicture("unreadable");
  canvas.measure(viewOf(head).getUint16(6, true), viewOf(head).getUint16(8, true));
  yield* passed(bytes, 13 + coloursOf(head[10] ?? 0));
  for (;;) {
    const [kind, label] = await bytes.peek(2);
    if (kind === 0x2c) yield* frame(bytes, canvas);
    else if (kind === 0x21 && label !== undefined) yield* extension(bytes, label);
    else break;
  }
  const [end] = await bytes.peek(1);
  if (end === 0x3b) yield* passed(bytes, 1);
  yield* blanked(bytes);
}

async function* frame(bytes: ByteReader, canvas: Canvas): Pieces {
  const head = await bytes.peek(10);
  if (head.length < 10) return yield* blanked(bytes);
  const at = (place: number) => viewOf(head).getUint16(place, true);
  canvas.measure(at(1) + at(5), at(3) + at(7));
  canvas.addFrames(1);
  yield* passed(bytes, 10 + coloursOf(head[9] ?? 0) + 1);
  yield* blocks(bytes, (window) => window);
}

async function* extension(bytes: ByteReader, label: number): Pieces {
  const name = String.fromCharCode(...(await bytes.peek(14)).subarray(3));
  const isKept = label === 0xf9 || (label === 0xff && KEPT.includes(name));
  yield Uint8Array.of(0x21, isKept ? label : COMMENT);
  bytes.skip(2);
  yield* blocks(bytes, isKept ? (window) => window : unsaid);
}

async function* blocks(bytes: ByteReader, change: (blocks: Uint8Array) => Uint8Array): Pieces {
  for (;;) {
    const window = await bytes.peek(WINDOW_BYTES);
    let at = 0;
    while (at < window.length && window[at] !== 0 && at + 1 + (window[at] ?? 0) <= window.length) {
      at += 1 + (window[at] ?? 0);
    }
    yield change(window.subarray(0, at));
    bytes.skip(at);
    if (window[at] === 0) return yield* passed(bytes, 1);
    if (at === 0) return yield* blanked(bytes);
  }
}

/** Returns as many bytes, as blocks of one zero: in XMP, even the lengths of the blocks are letters of the text. */
function unsaid({ length }: Uint8Array): Uint8Array {
  const said = new Uint8Array(length);
  for (let at = 0; at + 1 < length; at += 2) said[at] = 1;
  if (length % 2 === 1) said.set([2, 0, 0], length - 3);
  return said;
}

function coloursOf(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}
