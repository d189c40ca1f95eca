import { seenBy } from "./seen-by.ts";

const KEY = "person";

let isKnownGone = false;

export function notePersonGone() {
  isKnownGone = true;
}

export function announcePerson() {
  try {
    localStorage.setItem(KEY, `${seenBy()} ${document.documentElement.lang}`);
  } catch {
    // Storage is off. The server still refuses what another person would send.
  }
}

export function isPersonGone(): boolean {
  return isKnownGone || isOther(newest(0), seenBy());
}

/** Whether a newer document is in another language: the server would answer this one in that language. */
export function isLanguageGone(): boolean {
  return isOther(newest(1), document.documentElement.lang);
}

/** Of the newest document in this browser, the person (0) or the language (1). */
function newest(part: 0 | 1): string | undefined {
  try {
    return localStorage.getItem(KEY)?.split(" ")[part];
  } catch {
    return undefined;
  }
}

function isOther(newest: string | undefined, own: string): boolean {
  return newest !== undefined && newest !== own;
}
