import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { PASSWORD_MAXIMUM, PASSWORD_MINIMUM } from "../limits.ts";
import { isCommonPassword } from "./common-passwords.server.ts";
import { readCommonPasswords } from "./common-passwords-plugin.ts";

async function taken(passwords: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(passwords.map(isCommonPassword));
  return passwords.filter((_password, index) => !answers[index]);
}

test("every listed password of allowed length is refused, also in upper case and full-width letters", async () => {
  const list = await readCommonPasswords();
  const long = list.filter(({ length }) => length >= PASSWORD_MINIMUM && length <= PASSWORD_MAXIMUM);
  expect(long.length).toBeGreaterThan(40_000);
  expect(await taken(long)).toEqual([]);
  const sample = long.filter((_password, index) => index % 40 === 0);
  expect(await taken(sample.map((password) => password.toUpperCase()))).toEqual([]);
  const wide = (password: string) =>
    password.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  expect(await taken(sample.map(wide))).toEqual([]);
  for (const known of ["motherfucker", "123456789qwerty", "thecakeisalie", "ghbdtnghbdtn", "michaeljackson"])
    expect(await isCommonPassword(known), known).toBe(true);
});

test("of 40,000 random passwords hardly one is taken for a common one", async () => {
  const random = Array.from({ length: 40_000 }, (_, index) =>
    createHash("sha256").update(`password ${index}`).digest("base64url").slice(0, 20),
  );
  const refused = random.length - (await taken(random)).length;
  // The filter's size makes it refuse one in 25,000.
  expect(refused).toBeLessThan(6);
});

test("a sentence, and a common password with another beside it, are no common passwords", async () => {
  for (const password of ["a fine long password here", "motherfucker thecakeisalie", "correct horse battery staple"])
    expect(await isCommonPassword(password), password).toBe(false);
});
