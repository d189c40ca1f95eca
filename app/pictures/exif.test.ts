import { expect, test } from "vitest";
import { keptExif } from "./exif.server.ts";

/** `at` is the place of the value, if it is not behind the directories like the others. */
type Tag = { tag: number; type: number; value: string | number[]; count?: number; at?: number };

const SHORT = 3;
const TEXT = 2;
const POINTERS = [0x8769, 0xa005];

const orientation = { tag: 0x0112, type: SHORT, count: 1, value: [0, 6, 0, 0] };
const model = { tag: 0x0110, type: TEXT, value: "Pocket 5" };

/** Exif in big-endian order: each directory has the pointer to the next, and the values follow the directories. */
function tiffOf(...directories: Tag[][]): Uint8Array<ArrayBuffer> {
  const pointed = directories.map((tags, index) => (index < directories.length - 1 ? tags.length + 1 : tags.length));
  const startOf = (index: number) => pointed.slice(0, index).reduce((sum, count) => sum + 6 + 12 * count, 8);
  let free = startOf(directories.length);
  const bytes = new Uint8Array(2_000);
  const view = new DataView(bytes.buffer);
  bytes.set([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
  for (const [index, tags] of directories.entries()) {
    const next = new Uint8Array(4);
    new DataView(next.buffer).setUint32(0, startOf(index + 1));
    const pointer = { tag: POINTERS[index] ?? 0, type: 4, count: 1, value: [...next] };
    const all: Tag[] = tags.length < (pointed[index] ?? 0) ? [...tags, pointer] : tags;
    view.setUint16(startOf(index), all.length);
    for (const [place, { tag, type, value, count, at }] of all.entries()) {
      const content = typeof value === "string" ? [...new TextEncoder().encode(value)] : value;
      const entry = startOf(index) + 2 + 12 * place;
      view.setUint16(entry, tag);
      view.setUint16(entry + 2, type);
      view.setUint32(entry + 4, count ?? content.length);
      if (content.length <= 4 && at === undefined) bytes.set(content, entry + 8);
      else {
        view.setUint32(entry + 8, at ?? free);
        bytes.set(content, at ?? free);
        if (at === undefined) free += content.length + (content.length % 2);
      }
    }
  }
  return bytes.slice(0, free);
}

function cleaned(tiff: Uint8Array) {
  const kept = keptExif(tiff);
  expect(kept.length).toBe(tiff.length);
  return kept;
}

function padded(tiff: Uint8Array, { length }: Uint8Array) {
  const whole = new Uint8Array(length);
  whole.set(tiff);
  return whole;
}

test("a tag is kept only if its value is of the kind that the tag has, has a camera's length, and is in the file", () => {
  const unkept: Tag[] = [
    { tag: 0x010f, type: SHORT, value: "Annabel Owner ", count: 7 },
    { tag: 0x011a, type: TEXT, value: "Annabel Owner" },
    { tag: 0x013b, type: TEXT, value: "Annabel Owner" },
    { tag: 0x010f, type: TEXT, value: "Annabel Owner".padEnd(65) },
    { tag: 0x010f, type: TEXT, value: [], count: 0 },
    { tag: 0x010f, type: TEXT, value: [], count: 64, at: 1_990 },
    { tag: 0x010f, type: 99, value: "Annabel Owner" },
    { tag: 0x8825, type: 4, count: 1, value: [0, 0, 0, 8] },
  ];
  for (const tag of unkept) {
    const tiff = tiffOf([tag, model, orientation]);
    expect(cleaned(tiff), JSON.stringify(tag)).toEqual(padded(tiffOf([model, orientation]), tiff));
  }
  const longest = tiffOf([{ ...model, value: "Pocket".padEnd(64) }]);
  expect(cleaned(longest)).toEqual(longest);
});

test("tags are written in order, and each once", () => {
  const tiff = tiffOf([orientation, { ...model, value: "Pocket 5" }, { ...model, value: "Annabel!" }]);
  expect(cleaned(tiff)).toEqual(padded(tiffOf([model, orientation]), tiff));
});

test("the data of the photograph and its colour space are kept, and directories in which nothing is kept are not", () => {
  const iso = { tag: 0x8827, type: SHORT, count: 1, value: [0, 100, 0, 0] };
  const adobe = { tag: 0x0001, type: TEXT, value: "R03\0" };
  const owner = { tag: 0xa430, type: TEXT, value: "Annabel Owner" };
  const whole = tiffOf([model], [iso], [adobe]);
  expect(cleaned(whole)).toEqual(whole);
  const named = tiffOf([model], [iso, owner], [owner]);
  expect(cleaned(named)).toEqual(padded(tiffOf([model], [iso]), named));
  const onlyNamed = tiffOf([model], [owner]);
  expect(cleaned(onlyNamed)).toEqual(padded(tiffOf([model]), onlyNamed));
});

test("if what is kept does not fit, because values shared their bytes, the picture still stands upright", () => {
  const at = 8 + 6 + 4 * 12;
  const shared = [0x010f, 0x0110, 0x0132].map((tag) => ({ tag, type: TEXT, value: "x".repeat(64), at }));
  const tiff = padded(tiffOf([...shared, orientation]), new Uint8Array(at + 64));
  for (const [index, { tag, type }] of shared.entries()) {
    const view = new DataView(tiff.buffer);
    const entry = 10 + 12 * index;
    expect([view.getUint16(entry), view.getUint16(entry + 2), view.getUint32(entry + 8)]).toEqual([tag, type, at]);
  }
  expect(cleaned(tiff)).toEqual(padded(tiffOf([orientation]), tiff));
});

test("bytes that are no Exif become an empty directory, and too few of them zeros", () => {
  const tiff = tiffOf([model, orientation]);
  for (const mark of ["IM", "MI", "XX"]) {
    const other = Uint8Array.from(tiff);
    other.set(new TextEncoder().encode(mark));
    expect(new TextDecoder().decode(cleaned(other)), mark).not.toContain("Pocket");
  }
  for (const length of [0, 1, 8, 13]) expect(cleaned(tiff.slice(0, length))).toEqual(new Uint8Array(length));
  for (let length = 14; length < tiff.length; length += 1) cleaned(tiff.slice(0, length));
});
