/** One form for texts that differ only in capital and small letters, such as “ÄB-1” and “äb-1”. Accents still count. */
export function inOneCase<T extends string | null>(text: T): T {
  return text === null ? text : (fold(text) as T);
}

/** Upper case first makes one letter of those with two small forms, such as ς and σ, or ß and ss. “İ” is “i” here. */
function fold(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll("i\u0307", "i").replaceAll("ς", "σ").normalize("NFC");
}
