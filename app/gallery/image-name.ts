import { IMAGE_NAME_MAXIMUM } from "./limits.ts";

/** One line of text: line breaks, control characters and runs of blanks become one space. */
export function cleanName(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();
}

export function nameLength(name: string): number {
  return [...name].length;
}

/** What an image is called after its file: no extension, cut to what fits; empty when nothing is left. */
export function nameFromFile(fileName: string): string {
  const stem = cleanName(fileName).replace(/\.[a-z0-9]{1,5}$/i, "");
  return [...stem].slice(0, IMAGE_NAME_MAXIMUM).join("").trim();
}
