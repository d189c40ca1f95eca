import { isCommonPassword } from "./common-passwords.server.ts";
import { holdsKnown, type Known } from "./known-words.ts";

/** Whether a password is among the first that are tried: a common one (ASVS 5.0, 6.2.4), or one with what is known of the person. */
export async function weaknessOf(password: string, known: Known): Promise<"password-common" | "password-known" | null> {
  if (await isCommonPassword(password)) return "password-common";
  return holdsKnown(password, known) ? "password-known" : null;
}
