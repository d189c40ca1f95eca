import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password-hash.server.ts";

const password = "seven quiet herons";

test("a password hash names its version, matches only its password, and is different each time", async () => {
  const [one, other] = [await hashPassword(password), await hashPassword(password)];
  expect(one).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[\w-]{22}\$[\w-]{86}$/);
  expect(one).not.toBe(other);
  expect(await verifyPassword({ hash: one, password })).toBe(true);
  expect(await verifyPassword({ hash: one, password: "seven quiet heron" })).toBe(false);
  expect(await verifyPassword({ hash: "", password })).toBe(false);
});
