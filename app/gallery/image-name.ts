import { nameOf, shorten } from "#app/text/names.ts";
import { IMAGE_NAME_MAXIMUM } from "./limits.ts";

/** What an image is called after its file: no extension, cut to what fits; empty when nothing is left. */
export function nameFromFile(fileName: string): string {
  return shorten(nameOf(fileName).replace(/\.[a-z0-9]{1,5}$/i, ""), IMAGE_NAME_MAXIMUM);
}
