/** What a person typed as one line of text: line breaks, control characters and runs of blanks become one space. */
export function oneLine(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();
}

/** In code points, as the database counts. */
export function lengthOf(line: string): number {
  return [...line].length;
}
