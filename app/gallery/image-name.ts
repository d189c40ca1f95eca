import { oneLine } from "#app/request/one-line.ts";
import { IMAGE_NAME_MAXIMUM } from "./limits.ts";

/** What an image is called after its file: no extension, cut to what fits; empty when nothing is left. */
export function nameFromFile(fileName: string): string {
  const stem = oneLine(fileName).replace(/\.[a-z0-9]{1,5}$/i, "");
  return [...stem].slice(0, IMAGE_NAME_MAXIMUM).join("").trim();
}
