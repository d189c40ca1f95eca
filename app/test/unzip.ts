import { crc32 } from "node:zlib";

/** Reads the files of an uncompressed ZIP by its directory and verifies their checksums (APPNOTE.TXT 4.3). */
export function unzip(bytes: Uint8Array): Record<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [short, long] = [(at: number) => view.getUint16(at, true), (at: number) => view.getUint32(at, true)];
  const end = bytes.length - 22;
  if (long(end) !== 0x06054b50) throw new Error("The file does not end like a ZIP file.");
  const files: Record<string, Uint8Array> = {};
  let entry = long(end + 16);
  for (let count = short(end + 10); count > 0; count -= 1) {
    const [sum, size, nameLength, start] = [long(entry + 16), long(entry + 24), short(entry + 28), long(entry + 42)];
    const name = new TextDecoder().decode(bytes.subarray(entry + 46, entry + 46 + nameLength));
    const from = start + 30 + short(start + 26) + short(start + 28);
    const file = bytes.subarray(from, from + size);
    const isWhole = long(entry) === 0x02014b50 && long(start) === 0x04034b50 && crc32(file) === sum;
    if (!isWhole || name in files) throw new Error(`"${name}" does not match its entry in the central directory.`);
    files[name] = file;
    entry += 46 + nameLength;
  }
  if (entry !== end) throw new Error("The central directory does not end where its end record begins.");
  return files;
}
