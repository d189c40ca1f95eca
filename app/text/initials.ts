const FIRST_LETTER = /[\p{L}\p{N}]\p{M}*/u;

/** Of the first and the last word with a letter or digit in it, each with its marks; not of an aside in brackets. Without any, the first sign. */
export function initialsOf(name: string): string {
  const letters = name
    .replace(/\([^)]*\)/g, " ")
    .split(/\s+/)
    .flatMap((word) => FIRST_LETTER.exec(word) ?? []);
  const [first = Array.from(name.trim())[0] ?? "", ...more] = letters;
  // A joiner keeps two Arabic initials from being drawn as one word.
  return [first, ...more.slice(-1)].map(capital).join("\u200c");
}

/** The capital of a sharp s is two letters. */
function capital(letter: string): string {
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter;
}
