/** Of the first and the last word with a letter or digit in it, each with its marks; not of an aside in brackets. Without any, the first sign. */
export function initialsOf(name: string): string {
  const words = name.toUpperCase().replace(/\(.*?\)/g, "");
  const letters = words.split(" ").flatMap((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word) ?? []);
  const [first = /\p{RGI_Emoji}|./v.exec(name)?.[0], ...more] = letters;
  // A joiner keeps two Arabic initials from being drawn as one word.
  return [first, ...more.slice(-1)].join("\u200c");
}
