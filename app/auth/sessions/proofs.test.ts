import { and, eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { account, session } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { action as confirm } from "#app/routes/account/confirm.tsx";
import { action as confirmEmail } from "#app/routes/account/confirm-email.ts";
import { action as secondStep } from "#app/routes/account/second-step.ts";
import { action as signIn, loader as signInPage } from "#app/routes/account/sign-in.ts";
import { action as signOut } from "#app/routes/account/sign-out.ts";
import { loader as palette } from "#app/routes/api/v1.ts";
import { loader as accountPage } from "#app/routes/settings/account.tsx";
import { action as changeEmail, loader as emailPage } from "#app/routes/settings/email.ts";
import { action as addAuthenticator, loader as setupPage } from "#app/routes/settings/security.authenticator.ts";
import { action as renewCodes } from "#app/routes/settings/security.backup-codes.ts";
import { action as changePassword } from "#app/routes/settings/security.password.ts";
import { aPerson, aSession, type Person, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { linkIn } from "#app/test/mails.ts";
import { aBrowser, ask, cookiesOf } from "#app/test/requests.ts";

// The tests act as a thief who has copied a browser's cookies and waits for their owner to prove who they are.

const db = testDatabase();

const PASSWORD = "seven quiet herons";

type Browser = ReturnType<typeof aBrowser>;

/** A person who signed in in this browser so long ago that sensitive operations require a new proof. */
async function somebody() {
  const person = await withPassword(db, await aPerson(db), PASSWORD);
  const proved = new Date(Date.now() - 11 * 60_000);
  return { person, browser: aBrowser(await cookiesOf(await aSession(db, person, { provenAt: proved }))) };
}

const isIn = async ({ cookie }: Browser) =>
  (await ask(accountPage, { url: "/settings/account", cookie })).status === 200;
const isFresh = async ({ cookie }: Browser) =>
  (await ask(emailPage, { url: "/settings/account/email", cookie })).status === 200;

const prove = (browser: Browser) =>
  browser.ask(confirm, { url: "/confirm", form: { password: PASSWORD, redirectTo: "/settings/account" } });

const setupUrl = "/settings/security/authenticator";

async function addApp(browser: Browser) {
  const setup = crypto.randomUUID();
  const { body } = await browser.ask(setupPage, { url: `${setupUrl}?setup=${setup}` });
  const totp = new TOTP({ secret: Secret.fromBase32((body as { secret: string }).secret.replaceAll(" ", "")) });
  const added = await browser.ask(addAuthenticator, { url: setupUrl, form: { setup, code: totp.generate() } });
  return (added.body as { codes: string[] }).codes;
}

async function signInWith(browser: Browser, { email }: Person) {
  const form = { email, password: PASSWORD, redirectTo: "/" };
  const headers = { "cf-connecting-ip": crypto.randomUUID() };
  return browser.ask(signIn, { url: "/login", form, headers });
}

/** Proofs, and changes that require one. Each ends the token that the browser had before. */
const proofs: Record<string, (browser: Browser, person: Person) => Promise<unknown>> = {
  "the password": prove,
  "an app that is set up": addApp,
  "new backup codes": async (browser) => {
    await addApp(browser);
    await browser.ask(renewCodes, { url: "/settings/security/backup-codes", form: {} });
  },
  "a new password": (browser) =>
    browser.ask(changePassword, {
      url: "/settings/security/password",
      form: { currentPassword: PASSWORD, password: "nine brown owls at dusk" },
    }),
  "a new address": async (browser, person) => {
    const email = `new-${person.email}`;
    await browser.ask(changeEmail, { url: "/settings/account/email", form: { email } });
    const token = await linkIn(db, email, "/confirm-email");
    await browser.ask(confirmEmail, { url: "/confirm-email", form: { token } });
  },
};

for (const [name, proof] of Object.entries(proofs)) {
  test(`a copied cookie opens nothing once its owner has proved themselves: ${name}`, async () => {
    const { person, browser } = await somebody();
    if (proof !== prove) await prove(browser);
    const thief = aBrowser(browser.cookie);
    expect(await isIn(thief)).toBe(true);
    await proof(browser, person);
    expect([await isIn(browser), await isFresh(browser)]).toEqual([true, true]);
    expect([await isIn(thief), await isFresh(thief)]).toEqual([false, false]);
    expect((await ask(palette, { url: "/api/v1/pages/palette?query=x", cookie: thief.cookie })).status).toBe(401);
  });
}

test("a cookie copied between the password and the code opens nothing after the code", async () => {
  const { person, browser: phone } = await somebody();
  await prove(phone);
  const [code = ""] = await addApp(phone);
  const browser = aBrowser();
  await signInWith(browser, person);
  const thief = aBrowser(browser.cookie);
  const step = { url: "/login/second-step", form: { code, redirectTo: "/" } };
  expect((await browser.ask(secondStep, step)).status).toBe(303);
  expect([await isIn(browser), await isIn(thief)]).toEqual([true, false]);
});

test("a wrong proof changes nothing", async () => {
  const { browser } = await somebody();
  const before = browser.cookie;
  await browser.ask(confirm, { url: "/confirm", form: { password: "not the password", redirectTo: "/" } });
  expect([browser.cookie, await isIn(browser), await isFresh(browser)]).toEqual([before, true, false]);
});

test("signing in ends the session that the browser had before, even another person's, and no other", async () => {
  const [{ person: first, browser }, { person: second }] = [await somebody(), await somebody()];
  const elsewhere = aBrowser(await cookiesOf(await aSession(db, first)));
  const thief = aBrowser(browser.cookie);
  const signedIn = await signInWith(browser, second);
  expect([signedIn.status, signedIn.services.trace.trips]).toEqual([303, 3]);
  expect([await isIn(browser), await isIn(thief), await isIn(elsewhere)]).toEqual([true, false, true]);
  const ended = and(eq(auditEntry.actorId, first.id), eq(auditEntry.action, "session.ended"));
  expect(await db.$count(auditEntry, ended)).toBe(1);
  const before = browser.cookie;
  const form = { email: first.email, password: "not the password", redirectTo: "/" };
  await browser.ask(signIn, { url: "/login", form, headers: { "cf-connecting-ip": crypto.randomUUID() } });
  expect([browser.cookie, await isIn(browser)]).toEqual([before, true]);
});

test("a request sent before a proof does not clear the newer cookie, and still leads to its page", async () => {
  const { person, browser } = await somebody();
  const slow = browser.cookie;
  const [token = ""] = slow?.split("; ") ?? [];
  await prove(browser);
  // With the cookie cache, and after it has expired.
  for (const cookie of [slow, token]) {
    const late = await ask(accountPage, { url: "/settings/account?page=2", cookie });
    expect([late.status, late.headers.get("Location")]).toEqual([
      302,
      "/login?redirectTo=%2Fsettings%2Faccount%3Fpage%3D2",
    ]);
    expect(late.services.trace.headers.getSetCookie().join()).not.toContain("session_token=");
  }
  const led = await browser.ask(signInPage, { url: "/login?redirectTo=%2Fsettings%2Faccount%3Fpage%3D2" });
  expect(led.headers.get("Location")).toBe("/settings/account?page=2");
  const before = browser.cookie;
  await signInWith(browser, person);
  const late = await ask(accountPage, { url: "/settings/account", cookie: before });
  expect(late.services.trace.headers.getSetCookie().join()).not.toContain("session_token=");
});

test("signing out ends the browser's session even if it got a new token while the request was on its way", async () => {
  const ended = (id: string) => and(eq(auditEntry.actorId, id), eq(auditEntry.action, "session.ended"));
  // With the cookie cache, and without it.
  for (const isCached of [true, false]) {
    const { person, browser } = await somebody();
    const elsewhere = aBrowser(await cookiesOf(await aSession(db, person)));
    const [token = ""] = browser.cookie?.split("; ") ?? [];
    const sent = isCached ? browser.cookie : token;
    await prove(browser);
    const out = await ask(signOut, { url: "/logout", cookie: sent, form: { redirectTo: "/" } });
    expect([out.status, await isIn(browser), await isIn(elsewhere)]).toEqual([303, false, true]);
    expect(await db.$count(auditEntry, ended(person.id))).toBe(1);
    await ask(signOut, { url: "/logout", cookie: sent, form: { redirectTo: "/" } });
    expect(await db.$count(auditEntry, ended(person.id)), "nothing is left to end").toBe(1);
  }
});

test("of ten proofs at the same time only one renews the token, and the browser that gets it stays signed in", async () => {
  const { person, browser } = await somebody();
  const form = { password: PASSWORD, redirectTo: "/settings/account" };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => ask(confirm, { url: "/confirm", cookie: browser.cookie, form })),
  );
  const renewed = answers.filter(({ services }) =>
    services.trace.headers.getSetCookie().join().includes("session_token="),
  );
  expect(renewed).toHaveLength(1);
  expect(await db.$count(session, eq(session.userId, person.id))).toBe(1);
  const [{ services }] = renewed as [(typeof answers)[number]];
  const newest = services.trace.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
  const holder = aBrowser(newest.join("; "));
  expect([await isIn(holder), await isFresh(holder), await isIn(browser)]).toEqual([true, true, false]);
});

test("a session ends thirty days after it began, however much it is used", async () => {
  const person = await aPerson(db);
  const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
  const old = await aSession(db, person, { createdAt: daysAgo(30), provenAt: new Date(), lastSeenAt: new Date() });
  const younger = await aSession(db, person, { createdAt: daysAgo(29), lastSeenAt: daysAgo(1) });
  for (const url of ["/settings/account", "/settings/account/email"]) {
    const loader = url.endsWith("email") ? emailPage : accountPage;
    expect((await ask(loader, { url, cookie: await cookiesOf(old) })).status, url).toBe(302);
  }
  expect(await isIn(aBrowser(await cookiesOf(younger)))).toBe(true);
  // A new token does not restart the session's maximum age.
  await withPassword(db, person, PASSWORD);
  const browser = aBrowser(await cookiesOf(younger));
  await prove(browser);
  await db
    .update(session)
    .set({ createdAt: daysAgo(30) })
    .where(eq(session.id, younger.id));
  expect(await isIn(browser)).toBe(false);
  await db.delete(account).where(eq(account.userId, person.id));
});
