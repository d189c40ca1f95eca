import { type Box, blankBox, boxesIn } from "./boxes.server.ts";
import { type Canvas, UnfitPicture } from "./canvas.server.ts";
import { lettersAt, viewOf } from "./pieces.server.ts";

const PICTURES = ["av01", "grid", "iovl", "iden", "tmap"];
const EXIF = "Exif";
const SPOKEN = ["udes", "altt", "uuid", "xml ", "bxml", "free", "skip"];

/** An item and each of its parts count. A part can be described without a single byte, so the file's length is no limit. */
const PARTS_MAXIMUM = 10_000;
/** Far more than a picture has. Parts can cover the same bytes, and each is blanked for itself. */
const STRETCHES_MAXIMUM = 100;

export type Stretch = { from: number; to: number; isExif: boolean };

type Inside = Pick<Box, "from" | "end">;

/** Blanks the metadata in `meta` (the whole box, at `at` in the file). Returns the stretches of the file with other metadata. */
export function itemsOf(meta: Uint8Array, { from, at }: { from: number; at: number }, canvas: Canvas): Stretch[] {
  const boxes = [...boxesIn(meta, { from: from + 4, end: meta.length })];
  const inside = (type: string) => boxes.find((box) => box.type === type);
  for (const box of boxes) if (SPOKEN.includes(box.type)) blankBox(meta, box);
  const properties = inside("iprp");
  for (const box of properties ? boxesIn(meta, properties) : []) {
    if (box.type === "ipco") readProperties(meta, box, canvas);
  }
  const [information, location, data] = [inside("iinf"), inside("iloc"), inside("idat")];
  if (information === undefined || location === undefined) return [];
  const types = typesOf(meta, information);
  const stretches = placesOf(meta, location).flatMap(({ id, method, extents }) => {
    const type = types.get(id) ?? "";
    if (PICTURES.includes(type)) return [];
    // The data is in the file or in this box. No known writer stores metadata by way of another item.
    if (method > 1 || (method === 1 && data === undefined)) throw new UnfitPicture("unreadable");
    const base = method === 1 ? at + (data?.from ?? 0) : 0;
    return extents.map(({ offset, length }) => {
      const start = base + offset;
      return { from: start, to: start + length, isExif: type === EXIF && extents.length === 1 };
    });
  });
  if (stretches.length > STRETCHES_MAXIMUM) throw new UnfitPicture("unreadable");
  return stretches;
}

function readProperties(meta: Uint8Array, inside: Inside, canvas: Canvas) {
  for (const box of boxesIn(meta, inside)) {
    if (SPOKEN.includes(box.type)) blankBox(meta, box);
    if (box.type === "ispe") canvas.measure(viewOf(meta).getUint32(box.from + 4), viewOf(meta).getUint32(box.from + 8));
  }
}

/** Returns the type of each item by its id. Blanked items get the type "free", except Exif, which is rewritten. */
function typesOf(meta: Uint8Array, { from, end }: Inside): Map<number, string> {
  const types = new Map<number, string>();
  const view = viewOf(meta);
  const entries = from + 4 + (view.getUint8(from) === 0 ? 2 : 4);
  for (const box of boxesIn(meta, { from: entries, end })) {
    const version = view.getUint8(box.from);
    if (box.type !== "infe" || version < 2) continue;
    const isLong = version > 2;
    const id = isLong ? view.getUint32(box.from + 4) : view.getUint16(box.from + 4);
    const at = box.from + (isLong ? 10 : 8);
    const type = lettersAt(meta, at);
    types.set(id, type);
    if (type !== EXIF && !PICTURES.includes(type)) meta.set([0x66, 0x72, 0x65, 0x65], at); // "free"
  }
  return types;
}

type Place = { id: number; method: number; extents: { offset: number; length: number }[] };

function placesOf(meta: Uint8Array, { from, end }: Inside): Place[] {
  const view = viewOf(meta.subarray(0, end));
  let at = from;
  const number = (bytes: number) => {
    at += bytes;
    if (bytes === 8) return Number(view.getBigUint64(at - 8));
    if (bytes === 4) return view.getUint32(at - 4);
    return bytes === 2 ? view.getUint16(at - 2) : bytes === 1 ? view.getUint8(at - 1) : 0;
  };
  const version = number(1);
  number(1);
  number(2);
  const [sizes, more] = [number(1), number(1)];
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 4, sizes & 15, more >> 4];
  const indexBytes = version === 0 ? 0 : more & 15;
  const idBytes = version < 2 ? 2 : 4;
  const places: Place[] = [];
  let count = 0;
  for (let left = number(idBytes); left > 0; left -= 1) {
    const id = number(idBytes);
    const method = version === 0 ? 0 : number(2) & 15;
    number(2);
    const base = number(baseBytes);
    const extents: Place["extents"] = [];
    const parts = number(2);
    count += 1 + parts;
    if (count > PARTS_MAXIMUM) throw new UnfitPicture("unreadable");
    for (let part = 0; part < parts; part += 1) {
      number(indexBytes);
      const offset = base + number(offsetBytes);
      extents.push({ offset, length: number(lengthBytes) });
    }
    places.push({ id, method, extents });
  }
  return places;
}
