import type { ImageType } from "./image-type.ts";

export const MOTION_BYTES = 65_536;

/** Whether the picture is, or may be, animated. Always true for a GIF, where this shows too late in the file. */
export function moves(head: Uint8Array, type: ImageType): boolean {
  const text = new TextDecoder("latin1").decode(head.subarray(0, MOTION_BYTES));
  if (type === "image/gif") return true;
  if (type === "image/webp") return text.startsWith("VP8X", 12) && ((head[20] ?? 0) & 0x02) !== 0;
  if (type === "image/png") return /acTL/.test(text.split("IDAT")[0] ?? "");
  return type === "image/avif" && text.slice(8, 64).includes("avis");
}
