/** The initials of the first and last word that has a letter or digit, without text in brackets; if none has, the first sign. */
export function initialsOf(name: string): string {
  const words = name.toUpperCase().replace(/\(.*?\)/g, "");
  const letters = words.split(" ").flatMap((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word) ?? []);
  const [first = /\p{RGI_Emoji}|./v.exec(name)?.[0], ...more] = letters;
  // A zero-width non-joiner keeps two Arabic initials from being drawn as one word.
  return [first, ...more.slice(-1)].join("\u200c");
}
