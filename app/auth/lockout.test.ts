import { hashPassword } from "better-auth/crypto";
import { and, eq, like, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { rateLimit } from "#app/db/schema/limits.ts";
import { mail } from "#app/db/schema/mail.ts";
import { account, failedAttempt, knownDevice, session } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { action as confirmEmail } from "#app/routes/account/confirm-email.ts";
import { action as forgotPassword } from "#app/routes/account/forgot-password.ts";
import { action as resetPassword } from "#app/routes/account/reset-password.ts";
import { action as secondStep } from "#app/routes/account/second-step.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { action as undoEmail } from "#app/routes/account/undo-email.ts";
import { action as changeEmail } from "#app/routes/settings/email.ts";
import { action as addAuthenticator, loader as setupPage } from "#app/routes/settings/security.authenticator.ts";
import { action as changePassword } from "#app/routes/settings/security.password.ts";
import { loader as securityPage } from "#app/routes/settings/security.tsx";
import { aPerson, aSession, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { linkIn } from "#app/test/mails.ts";
import { type Answered, ask, cookiesOf } from "#app/test/requests.ts";
import { digest } from "#app/tokens.server.ts";

const db = testDatabase();
const password = "a fine long password";
const passwordHash = await hashPassword(password);

async function somebody(): Promise<Person> {
  const person = await aPerson(db);
  const values = { userId: person.id, providerId: "credential", accountId: person.id, password: passwordHash };
  await db.insert(account).values({ id: crypto.randomUUID(), ...values });
  return person;
}

const somewhere = () => ({ "cf-connecting-ip": crypto.randomUUID() });

function enter({ email }: Person, { typed = password, cookie = null, headers = somewhere() }: Entering = {}) {
  return ask(signIn, { url: "/login", form: { email, password: typed, redirectTo: "/" }, cookie, headers });
}

type Entering = { typed?: string; cookie?: string | null; headers?: Record<string, string> };

function cookiesIn({ services }: Answered): string {
  return services.trace.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

const deviceIn = (answered: Answered) => cookiesIn(answered).match(/[^ ;]*\.device=[^;]*/)?.[0] ?? "";

/** Sets up an app in this browser. */
async function backupCodesOf(person: Person, device: string): Promise<string[]> {
  const cookie = `${await cookiesOf(await aSession(db, person))}; ${device}`;
  const setup = crypto.randomUUID();
  const url = "/settings/security/authenticator";
  const { body } = await ask(setupPage, { url: `${url}?setup=${setup}`, cookie });
  const { secret } = body as { secret: string };
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  const added = await ask(addAuthenticator, { url, cookie, form: { setup, code: totp.generate() } });
  await db.delete(session).where(eq(session.userId, person.id));
  return (added.body as { codes: string[] }).codes;
}

const isAboutSignIn = like(rateLimit.key, "sign-in:%");

async function lockedOut(person: Person) {
  const attempts = await Promise.all(Array.from({ length: 20 }, () => enter(person, { typed: "not the password" })));
  // The person has already signed in once within this minute, from a device that was new then.
  expect(attempts.filter(({ status }) => status === 401)).toHaveLength(4);
}

test("wrong passwords from strangers lock out unknown devices, but not the person's own browser", async () => {
  const [person, other] = [await somebody(), await somebody()];
  const device = deviceIn(await enter(person));
  const othersDevice = deviceIn(await enter(other));
  await lockedOut(person);
  expect((await enter(person)).status, "the person uses an unknown device").toBe(429);
  expect((await enter(person, { cookie: othersDevice })).status, "the device belongs to someone else").toBe(429);
  expect((await enter(person, { cookie: device })).status).toBe(303);
  const guesses = [];
  for (let guess = 0; guess < 6; guess += 1) {
    guesses.push((await enter(person, { cookie: device, typed: "not the password" })).status);
  }
  expect(guesses, "a stolen device does not allow faster guesses").toEqual([401, 401, 401, 401, 429, 429]);
  await db.delete(rateLimit).where(isAboutSignIn);
});

test("when strangers use up the code attempts, neither a backup code nor the person's browser is blocked", async () => {
  const person = await somebody();
  const device = deviceIn(await enter(person));
  const [code = ""] = await backupCodesOf(person, device);
  const thief = cookiesIn(await enter(person));
  const isThiefs = eq(
    knownDevice.deviceHash,
    digest(`device:${deviceIn(await enter(person, { cookie: thief })).split("=")[1]}`),
  );
  expect(await db.$count(knownDevice, and(eq(knownDevice.userId, person.id), isThiefs)), "half is not enough").toBe(0);
  const resetAt = new Date(Date.now() + DAY_MS);
  await db.insert(rateLimit).values({ key: `second-steps:${person.id}`, count: 50, resetAt });
  const step = (cookie: string, typed: string) =>
    ask(secondStep, {
      url: "/login/second-step",
      form: { code: typed, redirectTo: "/" },
      cookie,
      headers: somewhere(),
    });
  expect((await step(thief, "000000")).status).toBe(429);
  const own = cookiesIn(await enter(person, { cookie: device }));
  expect((await step(own, "000000")).status, "the code was tried and is wrong").toBe(401);
  const elsewhere = cookiesIn(await enter(person));
  expect((await step(elsewhere, code)).status).toBe(303);
  expect(await db.$count(session, and(eq(session.userId, person.id), eq(session.factors, 2)))).toBe(1);
});

type Change = (person: Person, browser: { cookie: string; device: string }) => Promise<unknown>;

const afterwards: Record<string, Change> = {
  "an app is set up": (person, { device }) => backupCodesOf(person, device),
  "the password is changed": (_person, { cookie }) =>
    ask(changePassword, {
      url: "/settings/security/password",
      cookie,
      form: { currentPassword: password, password: "nine brown owls at dusk" },
    }),
  "the password is reset by a link": async ({ email }, { device: cookie }) => {
    await ask(forgotPassword, { url: "/forgot-password", form: { email }, cookie, headers: somewhere() });
    const token = await linkIn(db, email, "/reset-password");
    await ask(resetPassword, { url: "/reset-password", form: { token, password: "nine brown owls at dusk" }, cookie });
  },
  "an address is taken back": async ({ email }, { cookie }) => {
    const to = `${crypto.randomUUID()}@person.test`;
    await ask(changeEmail, { url: "/settings/account/email", form: { email: to }, cookie });
    const form = { token: await linkIn(db, to, "/confirm-email") };
    await ask(confirmEmail, { url: "/confirm-email", form, cookie });
    await ask(undoEmail, { url: "/undo-email", form: { token: await linkIn(db, email, "/undo-email") }, cookie });
  },
};

for (const [what, happens] of Object.entries(afterwards)) {
  test(`a browser that only the former password made known counts as a stranger's after this: ${what}`, async () => {
    const person = await somebody();
    const own = await enter(person);
    const thieves = await Promise.all(Array.from({ length: 3 }, async () => deviceIn(await enter(person))));
    await happens(person, { cookie: cookiesIn(own), device: deviceIn(own) });
    const resetAt = new Date(Date.now() + 60_000);
    const used = { key: `sign-in:address:${person.email}`, count: 5, resetAt };
    await db.insert(rateLimit).values(used).onConflictDoUpdate({ target: rateLimit.key, set: used });
    const guess = async (cookie: string) => (await enter(person, { cookie, typed: "not the password" })).status;
    expect(await Promise.all(thieves.map(guess))).toEqual([429, 429, 429]);
    expect(await guess(deviceIn(own)), "the browser that made the change stays known").toBe(401);
    await db.delete(rateLimit).where(isAboutSignIn);
  });
}

test("strangers can trigger ten mails a day to an address, and the person's own browser can request more", async () => {
  const person = await somebody();
  const device = deviceIn(await enter(person));
  const forgot = (cookie: string | null) =>
    ask(forgotPassword, { url: "/forgot-password", form: { email: person.email }, cookie, headers: somewhere() });
  const mails = () => db.$count(mail, and(eq(mail.recipient, person.email), eq(mail.template, "reset-password")));
  const statuses = [];
  for (let round = 0; round < 4; round += 1) {
    statuses.push(...(await Promise.all(Array.from({ length: 3 }, () => forgot(null)))).map(({ status }) => status));
    await db.delete(rateLimit).where(like(rateLimit.key, "forgot:%"));
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  expect(await mails()).toBe(10);
  expect((await forgot(device)).status).toBe(200);
  expect(await mails()).toBe(11);
});

test("failed sign-ins appear on the person's security page, and one mail a day reports them", async () => {
  const person = await somebody();
  const told = () => db.$count(mail, and(eq(mail.recipient, person.email), eq(mail.template, "failed-attempts")));
  const headers = { "CF-Connecting-IP": "198.51.100.77" };
  for (let guess = 0; guess < 4; guess += 1) await enter(person, { typed: "not the password", headers });
  expect(await told()).toBe(0);
  for (let round = 0; round < 2; round += 1) {
    await db.delete(rateLimit).where(isAboutSignIn);
    await Promise.all(Array.from({ length: 5 }, () => enter(person, { typed: "not the password", headers })));
  }
  expect(await told()).toBe(1);
  const cookie = await cookiesOf(await aSession(db, person));
  const { body } = await ask(securityPage, { url: "/settings/security", cookie });
  expect(body).toMatchObject({ failed: [{ method: "password", network: "198.51.100.0/24", count: 14 }] });
  const before = await db.$count(failedAttempt);
  await enter({ ...person, email: "nobody-at-all@person.test" }, { typed: "not the password" });
  expect(await db.$count(failedAttempt), "an unknown address leaves no failed attempt").toBe(before);
  await db.run(sql`delete from user where id = ${person.id}`);
  expect(await db.$count(failedAttempt, eq(failedAttempt.userId, person.id)), "deleted with the account").toBe(0);
});
