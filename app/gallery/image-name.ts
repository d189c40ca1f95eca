import { nameOf, shorten } from "#app/text/names.ts";
import { IMAGE_NAME_MAXIMUM } from "./limits.ts";

export function extensionOf(type: string): string {
  return type === "image/jpeg" ? "jpg" : type.slice("image/".length);
}

/** Returns an image's name from its file name: without the extension and cut to the maximum; empty if nothing is left. */
export function nameFromFile(fileName: string): string {
  return shorten(nameOf(fileName).replace(/\.[a-z0-9]{1,5}$/i, ""), IMAGE_NAME_MAXIMUM);
}
