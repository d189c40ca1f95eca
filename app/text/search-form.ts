import { asciiDigits } from "./digits.ts";
import { plainLatin } from "./letters.ts";

/** Letters that differ between keyboards of one script, and letters that people write with or without a mark. */
const alike: Record<string, string> = { ς: "σ", ی: "ي", ى: "ي", ک: "ك", ە: "ه", ة: "ه", ۃ: "ه" };

const letter = new RegExp(`[${Object.keys(alike).join("")}]`, "gu");

/** Accents and vowel marks to remove. Marks that are letters of their script, and the two marks of kana, are kept. */
const accents = /(?![\u3099\u309a])[\p{sc=Inherited}\u0591-\u05c7\u0640]/gu;

/** In NFC, in one case, without accents, with ASCII digits: texts that people take for the same have the same form. */
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
