export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(worthOf(digit)));
}

/** Unicode keeps the ten digits of a script together, in order from zero. */
function worthOf(digit: string): number {
  let ahead = 0;
  const point = digit.codePointAt(0) ?? 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(point - ahead - 1))) ahead += 1;
  return ahead % 10;
}

/** Normalizes a typed code: accepts the digits of any keyboard, removes all blanks and hyphens, returns it in lower case. */
export function codeOf(typed: string): string {
  return asciiDigits(typed.normalize("NFKC"))
    .replace(/[\p{Z}\p{C}\p{Pd}\u2212_]/gu, "")
    .toLowerCase();
}
