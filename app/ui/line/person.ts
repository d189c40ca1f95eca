import { seenBy } from "./seen-by.ts";

const KEY = "person";

let isKnownGone = false;

/** The server has said so. */
export function notePersonGone() {
  isKnownGone = true;
}

/** Tells the other tabs whom the newest page is shown to. */
export function announcePerson() {
  try {
    localStorage.setItem(KEY, seenBy());
  } catch {
    // Storage is off: the server still refuses what another person would send.
  }
}

/** Whether somebody else has signed in since this page was loaded, or its person has signed out. */
export function isPersonGone(): boolean {
  if (isKnownGone) return true;
  try {
    const newest = localStorage.getItem(KEY);
    return newest !== null && newest !== seenBy();
  } catch {
    return false;
  }
}
