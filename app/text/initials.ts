const FIRST_LETTER = /[\p{L}\p{N}]\p{M}*/u;

/** Of the first and the last word with a letter or digit in it, each with its marks; not of an aside in brackets. Without any, the first sign. */
export function initialsOf(name: string): string {
  const words = name
    .toUpperCase()
    .replace(/\(.*?\)/g, " ")
    .split(/\s+/);
  const [first = Array.from(name.trim())[0] ?? "", ...more] = words.flatMap((word) => FIRST_LETTER.exec(word) ?? []);
  // A joiner keeps two Arabic initials from being drawn as one word.
  return [first, ...more.slice(-1)].join("\u200c");
}
