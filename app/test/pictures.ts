import { env } from "cloudflare:workers";
import { crc32, inflateSync } from "node:zlib";
import { indexOf } from "#app/bytes/byte-reader.server.ts";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PHOTOGRAPH =
  "/9j/4QEuRXhpZgAASUkqAAgAAAAJABABAgAJAAAAigAAABIBAwABAAAABgAAABoBBQABAAAAegAAABsBBQABAAAAggAAACgBAwABAAAAAgAAADsBAgAOAAAAlAAAABMCAwABAAAAAQAAAGmHBAABAAAAogAAACWIBAABAAAA8AAAAAAAAAA4YwAA6AMAADhjAADoAwAAUG9ja2V0IDUAAEFubmFiZWwgT3duZXIABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAACAAAAADoAQAAQAAABAAAAAAAAAAAgABAAIAAgAAAE4AAAACAAUAAwAAAA4BAAAAAAAAMgAAAAEAAAAzAAAAAQAAALFo3jroAwAA/9sAQwAUDg8SDw0UEhASFxUUGB4yIR4cHB49LC4kMklATEtHQEZFUFpzYlBVbVZFRmSIZW13e4GCgU5gjZeMfZZzfoF8/9sAQwEVFxceGh47ISE7fFNGU3x8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8/8AAEQgAEAAgAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAE/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAYE/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AlAQFCEA0Cn//2Q==";
const MOVING = {
  gif: "R0lGODlhCAAIAIAAAExpcQoKCiH5BAUAAAAALAAAAAAIAAgAAAIHjI+py+1dAAAh+QQFAAAAACwAAAAACAAIAIBMaXH6+voCB4yPqcvtXQAAOw==",
  webp: "UklGRpQAAABXRUJQVlA4WAoAAAACAAAABwAABwAAQU5JTQYAAAD/////AQBBTk1GMAAAAAAAAAAAAAcAAAcAAGQAAAJWUDggGAAAADABAJ0BKggACAAFQHwlpAADcAD+8IIAAEFOTUYwAAAAAAAAAAAABwAABwAAZAAAAFZQOCAYAAAANAEAnQEqCAAIAAAAfCWkAANwAP7wdgAA",
};

const HEADER_BYTES = 33;

/** One green pixel, filled with zeros to `size` bytes. `mark` replaces the last zero, so pictures differ far after their head. */
export function aPicture({ name = "Lake at dawn.png", size = 1_000, mark = 0 } = {}): File {
  const pixel = Uint8Array.fromBase64(PIXEL);
  return aPng(name, [
    pixel.subarray(0, HEADER_BYTES),
    aChunk("paDd", size - pixel.length - 12, mark),
    pixel.subarray(HEADER_BYTES),
  ]);
}

/** A PNG of a few bytes that claims to be this large. */
export function aFlood({ width = 20_000, height = 20_000 } = {}): File {
  const pixel = Uint8Array.fromBase64(PIXEL);
  const header = pixel.slice(0, HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(29, crc32(header.subarray(12, 29)));
  return aPng("flood.png", [header, pixel.subarray(HEADER_BYTES)]);
}

/** A PNG with a valid head and damaged pixels. */
export function aDamagedPicture({ size = 77 } = {}): File {
  const pixel = Uint8Array.fromBase64(PIXEL);
  const data = aChunk("IDAT", size - HEADER_BYTES - 24);
  return aPng("damaged.png", [pixel.subarray(0, HEADER_BYTES), data, pixel.subarray(-12)]);
}

/** The private data in `aPhotograph`: a name, and a number of its latitude. */
export const SECRETS = [new TextEncoder().encode("Annabel Owner"), Uint8Array.of(0xb1, 0x68, 0xde, 0x3a)];

/** A JPEG of 32 by 16 pixels, red on the left, blue on the right, to be shown turned to the right. It has GPS and an owner. */
export function aPhotograph(name = "Beach.jpg"): File {
  return new File([Uint8Array.fromBase64(PHOTOGRAPH)], name, { type: "image/jpeg" });
}

export function aMovingPicture(type: "gif" | "webp"): File {
  return new File([Uint8Array.fromBase64(MOVING[type])], `Waves.${type}`, { type: `image/${type}` });
}

export async function rowsOf(picture: Uint8Array<ArrayBuffer>): Promise<Uint8Array[]> {
  const made = await env.IMAGES.input(new Blob([picture]).stream()).output({ format: "image/png" });
  const png = new Uint8Array(await new Response(made.image()).arrayBuffer());
  const height = new DataView(png.buffer).getUint32(20);
  const start = indexOf(png, new TextEncoder().encode("IDAT"));
  const pixels = inflateSync(png.subarray(start + 4, start + 4 + new DataView(png.buffer).getUint32(start - 4)));
  // Each row begins with its filter type, which is "none".
  return Array.from({ length: height }, (_, row) => {
    const stride = pixels.length / height;
    return pixels.subarray(row * stride + 1, (row + 1) * stride);
  });
}

function aPng(name: string, parts: Uint8Array<ArrayBuffer>[]): File {
  return new File(parts, name, { type: "image/png" });
}

/** A chunk of zeros, except for the last byte. */
function aChunk(type: string, length: number, last = 0): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, length);
  chunk.set(new TextEncoder().encode(type), 4);
  if (last !== 0) chunk[length + 7] = last;
  view.setUint32(length + 8, crc32(chunk.subarray(4, length + 8)));
  return chunk;
}

export function aForm(file: File): FormData {
  const form = new FormData();
  form.set("file", file);
  return form;
}
