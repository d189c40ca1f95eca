import type { ImageType } from "./image-type.ts";

/** Decides by the first 64 bytes, not by name or sender: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
export function imageTypeOf(head: Uint8Array): ImageType | null {
  const text = String.fromCharCode(...head.subarray(0, 64));
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "image/gif";
  if (text.startsWith("RIFF") && text.startsWith("WEBPVP", 8)) return "image/webp";
  return isAvif(text) ? "image/avif" : null;
}

function isAvif(text: string): boolean {
  if (!text.startsWith("ftyp", 4)) return false;
  const [, , high = 0, low = 0] = Array.from(text.slice(0, 4), (character) => character.charCodeAt(0));
  const brands = text.slice(8, high * 256 + low).match(/.{4}/gs) ?? [];
  // The second entry is the version of the first brand.
  return brands.some((brand, at) => at !== 1 && (brand === "avif" || brand === "avis"));
}
