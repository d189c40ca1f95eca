import { asciiDigits } from "./digits.ts";
import { plainLatin } from "./letters.ts";

/** Letters that one keyboard of a script writes for those of another, and what is written or left out at will. */
const alike: Record<string, string> = { ς: "σ", ی: "ي", ى: "ي", ک: "ك", ە: "ه", ة: "ه", ۃ: "ه" };

const letter = new RegExp(`[${Object.keys(alike).join("")}]`, "gu");

/** Accents and vowel marks that stand for themselves; marks that are letters of their script, and the two of kana, are kept. */
const accents = /(?![\u3099\u309a])[\p{sc=Inherited}\u0591-\u05c7\u0640]/gu;

/** NFC, one case of every script, no accents, digits in ASCII: texts that people take for the same have one form. */
export function searchForm(text: string): string {
  const oneCase = plainLatin(text.toLowerCase().toUpperCase().toLowerCase());
  return asciiDigits(oneCase.normalize("NFKD"))
    .replace(accents, "")
    .replace(/\p{Cf}/gu, "")
    .toLowerCase()
    .replace(letter, (found) => alike[found] ?? found)
    .replace(/[\p{Z}\p{Cc}]+/gu, " ")
    .normalize("NFC")
    .trim();
}
