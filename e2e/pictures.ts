import { crc32 } from "node:zlib";
import sharp from "sharp";
import { demoPictureFile } from "../scripts/seed/pictures.ts";

/** A file in the form that Playwright's `setInputFiles` takes. */
export type Picture = { name: string; mimeType: string; buffer: Buffer };

/** A large JPEG as a telephone writes it: stored on its side, with camera, time and place in its EXIF. */
export async function aPhotograph(name: string, seed = 1): Promise<Picture> {
  const drawing = sharp(demoPictureFile(seed));
  const exif = {
    IFD0: { Make: "Example", Model: "Pocket 5", DateTime: "2026:05:17 19:42:08" },
    IFD3: { GPSLatitudeRef: "N", GPSLatitude: "50/1 51/1 0/1" },
  };
  const buffer = await drawing
    .resize(4000)
    .withMetadata({ orientation: 6 })
    .withExifMerge(exif)
    .jpeg({ quality: 95 })
    .toBuffer();
  return { name: `${name}.jpg`, mimeType: "image/jpeg", buffer };
}

/** A few kilobytes of PNG or WebP. */
export async function aSmallPicture(name: string, type: "png" | "webp" = "png"): Promise<Picture> {
  const drawing = sharp(demoPictureFile(name.length)).resize(320);
  return { name: `${name}.${type}`, mimeType: `image/${type}`, buffer: await drawing.toFormat(type).toBuffer() };
}

/** A PNG that opens everywhere, and is a little over 10 MB. */
export async function aPictureTooLarge(name: string): Promise<Picture> {
  const side = 1_830;
  const canvas = sharp({ create: { width: side, height: side, channels: 3, background: "#345" } });
  return { name: `${name}.png`, mimeType: "image/png", buffer: await canvas.png({ compressionLevel: 0 }).toBuffer() };
}

/** A PNG of a few kilobytes whose header says that it has 400 megapixels. */
export async function aFlood(name: string): Promise<Picture> {
  const { buffer } = await aSmallPicture(name);
  buffer.writeUInt32BE(20_000, 16);
  buffer.writeUInt32BE(20_000, 20);
  buffer.writeUInt32BE(crc32(buffer.subarray(12, 29)), 29);
  return { name: `${name}.png`, mimeType: "image/png", buffer };
}

/** A GIF of two frames. */
export async function aMovingPicture(name: string): Promise<Picture> {
  const side = 64;
  const pixels = Buffer.alloc(side * side * 3 * 2).fill(200, side * side * 3);
  const frames = sharp(pixels, { raw: { width: side, height: side * 2, channels: 3, pageHeight: side } });
  return { name: `${name}.gif`, mimeType: "image/gif", buffer: await frames.gif().toBuffer() };
}

/** An HTML page with a script, in a file that is named and typed as a PNG. */
export function aPageNamedPng(name: string): Picture {
  const page = "<!doctype html><title>Not an image</title><script>alert(document.domain)</script>";
  return { name: `${name}.png`, mimeType: "image/png", buffer: Buffer.from(page) };
}
