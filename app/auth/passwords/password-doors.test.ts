import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account, signUp, user } from "#app/db/schema/people.ts";
import { action as forgotPassword } from "#app/routes/account/forgot-password.ts";
import { action as resetPassword } from "#app/routes/account/reset-password.ts";
import { action as requestSignUp } from "#app/routes/account/sign-up.ts";
import { action as proveAddress } from "#app/routes/account/verify-email.ts";
import { action as changePassword } from "#app/routes/settings/security.password.ts";
import { aPerson, aSession, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { linkIn } from "#app/test/mails.ts";
import { type Answered, aBrowser, cookiesOf } from "#app/test/requests.ts";
import { verifyPassword } from "./password-hash.server.ts";

const db = testDatabase();

/** Passwords from far down the list, some in a letter case that it does not have. None follows a pattern. */
const COMMON = ["severodvinsk", "T5T7UBXLTNBM", "WelcomeToTheHel"];
const RANDOM = "vk3-Ropf2x_mQ8wtz1Lb";

const anAddress = () => `${crypto.randomUUID()}@person.test`;
const headers = () => ({ "cf-connecting-ip": crypto.randomUUID() });

async function opens(email: string, password: string): Promise<boolean> {
  const [kept] = await db
    .select({ hash: account.password })
    .from(account)
    .innerJoin(user, eq(user.id, account.userId))
    .where(and(eq(user.email, email), eq(account.providerId, "credential")));
  return kept?.hash ? verifyPassword({ password, hash: kept.hash }) : false;
}

async function knock(door: (password: string) => Promise<Answered>) {
  for (const password of COMMON) {
    const { status, body } = await door(password);
    expect([status, Object.keys((body as { error: object }).error)], password).toEqual([400, ["password"]]);
    expect(JSON.stringify(body), password).toContain("This password is too common");
  }
  return door(RANDOM);
}

test("the sign-up form rejects common passwords, however many are tried", async () => {
  const email = anAddress();
  const from = headers();
  const form = { name: "Ada", email, redirectTo: "/" };
  const door = (password: string) =>
    aBrowser().ask(requestSignUp, { url: "/signup", form: { ...form, password }, headers: from });
  expect((await knock(door)).status).toBe(200);
  expect(await db.select().from(signUp).where(eq(signUp.email, email))).toHaveLength(1);
});

test("the page of a sign-up link rejects common passwords", async () => {
  const email = anAddress();
  const form = { name: "Mallory", email, password: "nine brown owls at dusk", redirectTo: "/" };
  await aBrowser().ask(requestSignUp, { url: "/signup", form, headers: headers() });
  const token = await linkIn(db, email, "/verify-email");
  const owner = aBrowser();
  const door = (password: string) =>
    owner.ask(proveAddress, { url: `/verify-email?token=${token}`, form: { token, name: "Olga", password } });
  expect((await knock(door)).status).toBe(303);
  expect(await opens(email, RANDOM)).toBe(true);
});

test("the page of a reset link rejects common passwords", async () => {
  const { email } = await withPassword(db, await aPerson(db), "seven quiet herons");
  await aBrowser().ask(forgotPassword, { url: "/forgot-password", form: { email }, headers: headers() });
  const token = await linkIn(db, email, "/reset-password");
  const door = (password: string) =>
    aBrowser().ask(resetPassword, { url: "/reset-password", form: { token, password }, headers: headers() });
  expect((await knock(door)).status).toBe(303);
  expect(await opens(email, RANDOM)).toBe(true);
});

for (const current of ["seven quiet herons", null]) {
  const who = current === null ? "anyone who came through a provider" : "anyone who has a password";
  test(`the settings reject a common password from ${who}`, async () => {
    const person = await aPerson(db);
    if (current !== null) await withPassword(db, person, current);
    const browser = aBrowser(await cookiesOf(await aSession(db, person)));
    const door = (password: string) =>
      browser.ask(changePassword, {
        url: "/settings/security/password",
        form: { password, ...(current !== null && { currentPassword: current }) },
      });
    expect((await knock(door)).status).toBe(303);
    expect(await opens(person.email, RANDOM)).toBe(true);
  });
}
