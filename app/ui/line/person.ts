import { seenBy } from "./seen-by.ts";

const KEY = "person";

let isKnownGone = false;

export function notePersonGone() {
  isKnownGone = true;
}

export function announcePerson() {
  try {
    localStorage.setItem(KEY, seenBy());
  } catch {
    // Storage is off. The server still refuses what another person would send.
  }
}

export function isPersonGone(): boolean {
  if (isKnownGone) return true;
  try {
    const newest = localStorage.getItem(KEY);
    return newest !== null && newest !== seenBy();
  } catch {
    return false;
  }
}
