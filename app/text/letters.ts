/** Latin letters that are not another letter with an accent, with the plain letters that people write instead. */
const plain: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
  ŧ: "t",
  ŋ: "ng",
  ĸ: "k",
  ƒ: "f",
  ə: "e",
  ǝ: "e",
  ɛ: "e",
  ɔ: "o",
  ɓ: "b",
  ɖ: "d",
  ɗ: "d",
  ɠ: "g",
  ƙ: "k",
  ɲ: "n",
  ʋ: "v",
  ƴ: "y",
  ƶ: "z",
};

const letter = new RegExp(`[${Object.keys(plain).join("")}]`, "gu");

export function plainLatin(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/(?<=\p{sc=Latin}\p{M}*)\p{M}/gu, "")
    .replace(letter, (found) => plain[found] ?? found)
    .normalize("NFC");
}
