import type { ByteReader } from "#app/bytes/byte-reader.server.ts";
import { itemsOf, type Stretch } from "./avif-items.server.ts";
import { type Box, blankBox, boxAt, boxesIn } from "./boxes.server.ts";
import { type Canvas, UnfitPicture } from "./canvas.server.ts";
import { keptExif } from "./exif.server.ts";
import { blanked, type Pieces, passed, taken, viewOf } from "./pieces.server.ts";

/** The description of a picture is held in memory as a whole; the rest of the file is not. */
const DESCRIPTION_MAXIMUM = 2_000_000;

const INNER = ["trak", "mdia", "minf", "stbl"];
const SPOKEN = ["udta", "meta", "uuid", "free", "skip"];

/** ISO/IEC 23008-12 and 14496-12. Rotation and colour are properties of the picture, so they are kept. */
export async function* cleanedAvif(bytes: ByteReader, canvas: Canvas): Pieces {
  let spoken: Stretch[] = [];
  for (;;) {
    const head = await bytes.peek(16);
    if (head.length < 8) return yield* blanked(bytes);
    const box = boxAt(head, 0);
    if (box === null) throw new UnfitPicture("unreadable");
    const at = bytes.position();
    if (box.type === "ftyp" || box.type === "mdat") yield* without(bytes, spoken, at + box.length);
    else if (box.type === "meta") {
      const meta = await description(bytes, box);
      const found = itemsOf(meta, { from: box.from, at }, canvas);
      // The bytes before this point have been passed on already.
      if (found.some(({ from }) => from < at)) throw new UnfitPicture("unreadable");
      for (const stretch of found.filter(({ to }) => to <= at + meta.length)) {
        const item = meta.subarray(stretch.from - at, stretch.to - at);
        item.set(stretch.isExif ? keptItem(item) : new Uint8Array(item.length));
      }
      spoken = found.filter(({ to }) => to > at + meta.length).sort((one, other) => one.from - other.from);
      yield meta;
    } else if (box.type === "moov") {
      const moov = await description(bytes, box);
      cleanSequence(moov, { from: box.from, end: moov.length }, canvas);
      yield moov;
    } else yield* nobodys(bytes, box);
  }
}

async function description(bytes: ByteReader, { length }: Box): Promise<Uint8Array<ArrayBuffer>> {
  const whole = length <= DESCRIPTION_MAXIMUM ? await taken(bytes, length) : null;
  if (whole === null) throw new UnfitPicture("unreadable");
  return whole;
}

async function* without(bytes: ByteReader, spoken: Stretch[], end: number): Pieces {
  for (const { from, to, isExif } of spoken) {
    if (to <= bytes.position() || from >= end) continue;
    yield* passed(bytes, from - bytes.position());
    const length = Math.min(to, end) - bytes.position();
    const exif = isExif && length <= DESCRIPTION_MAXIMUM ? await taken(bytes, length) : null;
    if (exif === null) yield* blanked(bytes, length);
    else yield keptItem(exif);
  }
  yield* passed(bytes, end - bytes.position());
}

function keptItem(item: Uint8Array): Uint8Array {
  const kept = new Uint8Array(item.length);
  if (item.length <= 4) return kept;
  const start = 4 + viewOf(item).getUint32(0);
  kept.set(keptExif(item.subarray(start < item.length ? start : 4)), 4);
  return kept;
}

async function* nobodys(bytes: ByteReader, { length, headBytes }: Box): Pieces {
  const head = await taken(bytes, headBytes);
  if (head === null) return yield* blanked(bytes);
  blankBox(head, { start: 0, from: headBytes, end: headBytes });
  yield head;
  yield* blanked(bytes, length - headBytes);
}

function cleanSequence(whole: Uint8Array, inside: Pick<Box, "from" | "end">, canvas: Canvas) {
  for (const box of boxesIn(whole, inside)) {
    if (SPOKEN.includes(box.type)) blankBox(whole, box);
    else if (INNER.includes(box.type)) cleanSequence(whole, box, canvas);
    else if (box.type === "tkhd" && box.end - box.from >= 8) {
      const view = viewOf(whole);
      canvas.measure(view.getUint16(box.end - 8), view.getUint16(box.end - 4));
    } else if (box.type === "stsz" && box.end - box.from >= 12) canvas.addFrames(viewOf(whole).getUint32(box.from + 8));
  }
}
