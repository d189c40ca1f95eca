/** Scripts that use joiners: Arabic letters change their forms, Indic ones make or break conjuncts. */
const JOINING =
  "\\p{scx=Adlam}\\p{scx=Arabic}\\p{scx=Bengali}\\p{scx=Devanagari}\\p{scx=Gujarati}\\p{scx=Gurmukhi}\\p{scx=Kannada}" +
  "\\p{scx=Khmer}\\p{scx=Malayalam}\\p{scx=Mongolian}\\p{scx=Myanmar}\\p{scx=Nko}\\p{scx=Oriya}\\p{scx=Sinhala}" +
  "\\p{scx=Syriac}\\p{scx=Tamil}\\p{scx=Telugu}";

const MEANT = [
  // A family of several emoji; a heart in colour, a digit on a key; England's flag.
  "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})",
  "(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]",
  "(?<=[0-9#*])\\ufe0f(?=\\u20e3)",
  "(?<=\\u{1f3f4})[\\u{e0030}-\\u{e007a}]{1,8}\\u{e007f}",
  `(?<=[${JOINING}])\\u200d`,
  `(?<=[${JOINING}])\\u200c(?=[${JOINING}])`,
  // Variants of Mongolian letters and of characters in Japanese names.
  "(?<=\\p{sc=Mongolian})[\\u180b-\\u180d\\u180f]",
  "(?<=\\p{sc=Han})[\\u{e0100}-\\u{e01ef}]",
].join("|");

let unseen: RegExp | undefined;

/** Made for the first name: with so many scripts it takes milliseconds, which would slow down every start of the Worker. */
function unseenLetters(): RegExp {
  unseen ??= new RegExp(
    `(${MEANT})|[\\p{Cs}\\p{Noncharacter_Code_Point}\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffc]`,
    "gu",
  );
  return unseen;
}

const blanks = /[\p{Z}\p{Cc}\u2800\u{1d159}]+/gu;

/** No language stacks more than four marks on one letter, and more would run over the lines above and below. */
const moreThanFourMarks = /((?:\p{M}[\u200c\u200d]?){4})[\p{M}\u200c\u200d]+/gu;

/** One line in NFC, without invisible characters and direction marks. Keeps joiners where they are needed. Can be empty. */
export function nameOf(typed: string): string {
  const name = typed
    .replace(unseenLetters(), "$1")
    .normalize("NFC")
    .replace(moreThanFourMarks, "$1")
    .replace(blanks, " ")
    .replace(/(^| )\p{M}+/gu, "$1")
    .trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) ? name : "";
}

/** The length in code points, as the database counts it. */
export function lengthOf(name: string): number {
  return [...name].length;
}

export function shorten(name: string, maximum: number): string {
  return nameOf([...name].slice(0, maximum).join(""));
}
