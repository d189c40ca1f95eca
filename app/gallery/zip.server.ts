import { crc32 } from "node:zlib";

/** `body` is read to its end before the next file begins. `name` must be unique. */
export type ZipFile = { name: string; changedAt: Date; body: AsyncIterable<Uint8Array> };

/** Streams files without compression (APPNOTE.TXT 6.3.10, method 0). Under 4 GB, and under 65,536 files. */
export async function* zipOf(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  let offset = 0;
  const directory: Uint8Array[] = [];
  for await (const { name, changedAt, body } of files) {
    const path = new TextEncoder().encode(name);
    const [start, shared] = [offset, [VERSION, FLAGS, STORED, ...dosTime(changedAt)]];
    const header = record([LOCAL, 4], ...shared.map(short), ...[0, 0, 0].map(long), short(path.length), short(0));
    yield* [header, path];
    let [sum, size] = [0, 0];
    for await (const piece of body) {
      sum = crc32(piece, sum);
      size += piece.length;
      yield piece;
    }
    const told = [sum, size, size].map(long);
    const descriptor = record([DESCRIPTOR, 4], ...told);
    yield descriptor;
    offset += header.length + path.length + size + descriptor.length;
    const none = [0, 0, 0, 0].map(short);
    const place = [long(0), long(start)];
    const made = [short(VERSION), ...shared.map(short), ...told, short(path.length), ...none, ...place];
    directory.push(record([ENTRY, 4], ...made), path);
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const count = short(directory.length / 2);
  yield* directory;
  yield record([END, 4], short(0), short(0), count, count, long(length), long(offset), short(0));
}

const [LOCAL, ENTRY, DESCRIPTOR, END] = [0x04034b50, 0x02014b50, 0x08074b50, 0x06054b50];
const [VERSION, STORED] = [20, 0];
/** Bit 3: the sizes follow the file. Bit 11: names are UTF-8. */
const FLAGS = (1 << 3) | (1 << 11);

type Part = [value: number, bytes: 2 | 4];

const short = (value: number): Part => [value, 2];
const long = (value: number): Part => [value, 4];

function record(...parts: Part[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(parts.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of parts) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

/** Counts in steps of two seconds since 1980. It uses UTC, because the format has no time zone. */
function dosTime(date: Date): [time: number, day: number] {
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return [time, ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()];
}
