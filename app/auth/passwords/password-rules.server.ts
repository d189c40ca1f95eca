import { isCommonPassword } from "./common-passwords.server.ts";
import { holdsKnown, type Known } from "./known-words.ts";

/** Why a password is easy to guess: it is common (ASVS 5.0, 6.2.4), or contains what is known of the person. Null if neither. */
export async function weaknessOf(password: string, known: Known): Promise<"password-common" | "password-known" | null> {
  if (await isCommonPassword(password)) return "password-common";
  return holdsKnown(password, known) ? "password-known" : null;
}
