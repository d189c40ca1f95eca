import { viewOf } from "./pieces.server.ts";

/** The tags to keep: a list of tags to remove would miss what the next camera writes. Numbers from CIPA DC-008 (Exif 3.0). */
const KEPT = {
  picture: {
    texts: [0x010f, 0x0110, 0x0132], // make, model, time
    numbers: [0x0112, 0x011a, 0x011b, 0x0128, 0x0213], // orientation, resolution, chroma position
  },
  photograph: {
    texts: [0x9000, 0x9003, 0x9004, 0xa433, 0xa434], // version, times, make and model of the lens
    numbers: [
      ...[0x829a, 0x829d, 0x8822, 0x8827, 0x9201, 0x9202, 0x9203, 0x9204, 0x9205, 0x9207, 0x9208, 0x9209, 0x920a],
      ...[0xa001, 0xa002, 0xa003, 0xa402, 0xa403, 0xa404, 0xa405, 0xa406, 0xa408, 0xa409, 0xa40a],
    ],
  },
  // Distinguishes Adobe RGB from sRGB in pictures without a colour profile.
  interoperability: { texts: [0x0001, 0x0002], numbers: [] },
};

const PHOTOGRAPH = 0x8769;
const INTEROPERABILITY = 0xa005;

const VALUE_BYTES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 8: 2, 9: 4, 10: 8 };
const NUMBER_TYPES = [3, 4, 5, 8, 9, 10];
const TEXT_TYPES = [2, 7];
/** Longer than any camera's name. Longer texts are written by people. */
const VALUE_BYTES_MAXIMUM = 64;

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;

type Entry = { tag: number; type: number; count: number; value: Uint8Array };
type Directory = { entries: Entry[]; pointers: Map<number, number> };

/** Keeps only `KEPT`, without the thumbnail, which can show what was cut away. All zeros if not even an empty directory fits. */
export function keptExif(tiff: Uint8Array): Uint8Array<ArrayBuffer> {
  const written = new Uint8Array(tiff.length);
  if (tiff.length < HEADER_BYTES + directoryBytes(0)) return written;
  const isLittle = tiff[0] === 0x49;
  const source = { tiff, view: viewOf(tiff), isLittle };
  const isTiff = isLittle ? tiff[1] === 0x49 : tiff[0] === 0x4d && tiff[1] === 0x4d;
  const start = isTiff ? source.view.getUint32(4, isLittle) : 0;
  const picture = readDirectory(source, start, KEPT.picture);
  const photograph = readDirectory(source, picture.pointers.get(PHOTOGRAPH), KEPT.photograph);
  const pointed = photograph.pointers.get(INTEROPERABILITY);
  const directories = [
    { entries: picture.entries, pointer: PHOTOGRAPH },
    { entries: photograph.entries, pointer: INTEROPERABILITY },
    { entries: readDirectory(source, pointed, KEPT.interoperability).entries, pointer: null },
  ];
  const orientation = picture.entries.filter(({ tag }) => tag === 0x0112);
  const [whole, least] = [directories, [{ entries: orientation, pointer: null }]].map(trim);
  for (const tried of [whole, least, [{ entries: [], pointer: null }]]) {
    if (tried && write(written, tried, isLittle)) return written;
  }
  return written;
}

type Kept = { texts: readonly number[]; numbers: readonly number[] };
type Source = { tiff: Uint8Array; view: DataView; isLittle: boolean };

function readDirectory({ tiff, view, isLittle }: Source, at: number | undefined, kept: Kept): Directory {
  const found: Directory = { entries: [], pointers: new Map() };
  if (at === undefined || at < HEADER_BYTES || at + 2 > tiff.length) return found;
  const count = Math.min(view.getUint16(at, isLittle), Math.floor((tiff.length - at - 2) / ENTRY_BYTES));
  for (let index = 0; index < count; index += 1) {
    const entry = at + 2 + index * ENTRY_BYTES;
    const [tag, type] = [view.getUint16(entry, isLittle), view.getUint16(entry + 2, isLittle)];
    const values = view.getUint32(entry + 4, isLittle);
    if (tag === PHOTOGRAPH || tag === INTEROPERABILITY) found.pointers.set(tag, view.getUint32(entry + 8, isLittle));
    const isKept = kept.texts.includes(tag)
      ? TEXT_TYPES.includes(type)
      : kept.numbers.includes(tag) && NUMBER_TYPES.includes(type);
    const length = values * (VALUE_BYTES[type] ?? 0);
    const from = length <= 4 ? entry + 8 : view.getUint32(entry + 8, isLittle);
    const isTwice = found.entries.some((other) => other.tag === tag);
    if (!isKept || isTwice || length === 0 || length > VALUE_BYTES_MAXIMUM || from + length > tiff.length) continue;
    found.entries.push({ tag, type, count: values, value: tiff.subarray(from, from + length) });
  }
  found.entries.sort((one, other) => one.tag - other.tag);
  return found;
}

type Written = { entries: Entry[]; pointer: number | null };

function trim(directories: Written[]): Written[] {
  const last = Math.max(
    0,
    directories.findLastIndex(({ entries }) => entries.length > 0),
  );
  return directories.slice(0, last + 1).map((each, index) => (index === last ? { ...each, pointer: null } : each));
}

function write(target: Uint8Array, directories: Written[], isLittle: boolean): boolean {
  const counts = directories.map(({ entries, pointer }) => entries.length + (pointer === null ? 0 : 1));
  const starts = counts.map((_, index) =>
    counts.slice(0, index).reduce((sum, count) => sum + directoryBytes(count), HEADER_BYTES),
  );
  let free = counts.reduce((sum, count) => sum + directoryBytes(count), HEADER_BYTES);
  const outside = directories.flatMap(({ entries }) => entries).filter(({ value }) => value.length > 4);
  if (free + outside.reduce((sum, { value }) => sum + evenly(value.length), 0) > target.length) return false;
  const view = viewOf(target);
  target.fill(isLittle ? 0x49 : 0x4d, 0, 2);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, HEADER_BYTES, isLittle);
  for (const [index, { entries, pointer }] of directories.entries()) {
    const start = starts[index] ?? 0;
    const next = new Uint8Array(4);
    viewOf(next).setUint32(0, starts[index + 1] ?? 0, isLittle);
    const all = pointer === null ? entries : [...entries, { tag: pointer, type: 4, count: 1, value: next }];
    view.setUint16(start, all.length, isLittle);
    for (const [place, { tag, type, count, value }] of all.toSorted((one, other) => one.tag - other.tag).entries()) {
      const at = start + 2 + place * ENTRY_BYTES;
      view.setUint16(at, tag, isLittle);
      view.setUint16(at + 2, type, isLittle);
      view.setUint32(at + 4, count, isLittle);
      if (value.length <= 4) target.set(value, at + 8);
      else {
        view.setUint32(at + 8, free, isLittle);
        target.set(value, free);
        free += evenly(value.length);
      }
    }
  }
  return true;
}

function directoryBytes(entries: number): number {
  return 2 + entries * ENTRY_BYTES + 4;
}

const evenly = (length: number) => length + (length % 2);
