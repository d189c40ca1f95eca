import { expect, test } from "vitest";
import { PRODUCT_NAME, PRODUCT_SLUG } from "#app/product.ts";
import { weaknessOf } from "./password-rules.server.ts";

const ada = { name: "Ada Lovelace", email: "ada.byron@example.org" };

test("a password that holds an address, a name or the product's name is refused, however it is written", async () => {
  for (const password of [
    "ada lovelace was here",
    "I am ADA-LOVELACE, really",
    "AdaLovelace1815!",
    "lovelace-1815!",
    "Ada Ada Ada 1815",
    "my ada.byron@example.org",
    "adabyron adabyron",
    `${PRODUCT_SLUG}-for-ever-2026`,
    `${PRODUCT_NAME.normalize("NFD").replace(/[aeiou]/gi, "$&\u0301")} is where I work`,
  ]) {
    expect(await weaknessOf(password, ada), password).toBe("password-known");
  }
  expect(await weaknessOf("иван петров дома", { ...ada, name: "Иван Петров" })).toBe("password-known");
});

test("a password is not refused for a syllable or a word that a name has in common with it", async () => {
  for (const password of ["a fine long password here", "canada is a large country", "the adage of the day is long"]) {
    expect(await weaknessOf(password, { ...ada, name: "Ada" }), password).toBeNull();
  }
  expect(await weaknessOf("owner chose this one", { ...ada, name: "Omar Owner" })).toBeNull();
  expect(await weaknessOf("medieval castle walls", { ...ada, name: "Eva Li" })).toBeNull();
});
