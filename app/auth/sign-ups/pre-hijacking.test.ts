import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { emailChange, session, signUp, user } from "#app/db/schema/people.ts";
import { action as confirmEmail, loader as openEmailLink } from "#app/routes/account/confirm-email.ts";
import { action as resendVerification } from "#app/routes/account/resend-verification.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { action as requestSignUp } from "#app/routes/account/sign-up.ts";
import { loader as openLink, action as proveAddress } from "#app/routes/account/verify-email.ts";
import { action as changeEmail } from "#app/routes/settings/email.ts";
import { aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { linkIn } from "#app/test/mails.ts";
import { aBrowser, cookiesOf } from "#app/test/requests.ts";

// The tests act as an attacker who tries to get into the account that the owner of an address will have, or to become its owner.

const db = testDatabase();

const ATTACKERS = "a password the attacker knows";
const OWNERS = "nine brown owls at dusk";

type Browser = ReturnType<typeof aBrowser>;

const anAddress = () => `${crypto.randomUUID()}@person.test`;
const headers = () => ({ "cf-connecting-ip": crypto.randomUUID() });
const linkTo = (email: string) => linkIn(db, email, "/verify-email");

async function signUpWith(browser: Browser, email: string, form: Record<string, string> = {}) {
  const all = { name: "Mallory", email, password: ATTACKERS, redirectTo: "/", ...form };
  const { body } = await browser.ask(requestSignUp, { url: "/signup", form: all, headers: headers() });
  return (body as { sent: { signUp: string } }).sent.signUp;
}

const follow = (browser: Browser, token: string, chosen: Record<string, string> = {}) =>
  browser.ask(proveAddress, { url: `/verify-email?token=${token}`, form: { token, ...chosen } });

const seen = async (browser: Browser, token: string) =>
  (await browser.ask(openLink, { url: `/verify-email?token=${token}` })).body as { link: Record<string, unknown> };

async function signsIn(email: string, password: string) {
  const form = { email, password, redirectTo: "/" };
  return (await aBrowser().ask(signIn, { url: "/login", form, headers: headers() })).status === 303;
}

const personOf = async (email: string) => (await db.select().from(user).where(eq(user.email, email)))[0];

test("a sign-up by a stranger leaves no data in the account that the owner of the address creates", async () => {
  const email = anAddress();
  const [attacker, owner] = [aBrowser(), aBrowser()];
  await signUpWith(attacker, email, { redirectTo: "/settings/account/delete" });
  const token = await linkTo(email);
  expect(await seen(owner, token)).toMatchObject({ link: { state: "open", isHere: false, email } });
  const pressed = await follow(owner, token);
  expect(pressed.status).toBe(409);
  expect(await personOf(email)).toBeUndefined();
  const chosen = await follow(owner, token, { name: "Olga Owner", password: OWNERS });
  expect([chosen.status, chosen.headers.get("Location")]).toEqual([303, "/"]);
  expect(await personOf(email)).toMatchObject({ name: "Olga Owner", emailVerified: true });
  expect([await signsIn(email, ATTACKERS), await signsIn(email, OWNERS)]).toEqual([false, true]);
  expect((await follow(attacker, token)).status).toBe(410);
});

test("of two links to one address the older is closed, no matter who asked for either", async () => {
  const email = anAddress();
  const [attacker, owner] = [aBrowser(), aBrowser()];
  await signUpWith(attacker, email);
  const older = await linkTo(email);
  await signUpWith(owner, email, { name: "Olga Owner", password: OWNERS });
  const newer = await linkTo(email);
  for (const browser of [owner, attacker]) {
    expect(await seen(browser, older)).toMatchObject({ link: { state: "unknown" } });
    expect((await follow(browser, older)).status).toBe(410);
    expect((await follow(browser, older, { name: "Mallory", password: ATTACKERS })).status).toBe(410);
  }
  expect((await follow(owner, newer)).status).toBe(303);
  expect([await signsIn(email, ATTACKERS), await signsIn(email, OWNERS)]).toEqual([false, true]);
});

test("when a stranger signs up later and has the link resent, the owner still chooses the password", async () => {
  const email = anAddress();
  const [attacker, owner] = [aBrowser(), aBrowser()];
  await signUpWith(owner, email, { name: "Olga Owner", password: OWNERS });
  const id = await signUpWith(attacker, email);
  await attacker.ask(resendVerification, {
    url: "/verify-email/resend",
    form: { signUp: id },
    headers: headers(),
  });
  const token = await linkTo(email);
  // The owner's browser has the cookie of an earlier sign-up for the same address, not of this one.
  expect(await seen(owner, token)).toMatchObject({ link: { state: "open", isHere: false } });
  expect((await follow(owner, token)).status).toBe(409);
  expect((await follow(owner, token, { name: "Olga Owner", password: OWNERS })).status).toBe(303);
  expect([await signsIn(email, ATTACKERS), await signsIn(email, OWNERS)]).toEqual([false, true]);
});

test("a sign-up link to an attacker's own address does not sign in another person who opens and follows it", async () => {
  const [attacker, victim] = [aBrowser(), aBrowser(await cookiesOf(await aSession(db, await aPerson(db))))];
  const email = anAddress();
  await signUpWith(attacker, email);
  const before = victim.cookie;
  const token = await linkTo(email);
  expect(await seen(victim, token)).toMatchObject({ link: { state: "open", isHere: false } });
  expect(victim.cookie, "they opened it").toBe(before);
  expect((await follow(victim, token)).status).toBe(409);
  expect(victim.cookie, "they followed it").toBe(before);
  expect(await personOf(email)).toBeUndefined();
});

test("in the browser that signed up, following the link is enough and the chosen values apply", async () => {
  const email = anAddress();
  const browser = aBrowser();
  await signUpWith(browser, email, { name: "Olga Owner", password: OWNERS, redirectTo: "/organizations/new" });
  const token = await linkTo(email);
  expect(await seen(browser, token)).toMatchObject({ link: { state: "open", isHere: true } });
  const followed = await follow(browser, token);
  expect([followed.status, followed.headers.get("Location")]).toEqual([303, "/organizations/new"]);
  expect(await signsIn(email, OWNERS)).toBe(true);
  expect(browser.cookie).not.toContain("sign-up");
});

test("a followed link leaves the links of other people open", async () => {
  const [one, other] = [anAddress(), anAddress()];
  const [browser, elsewhere] = [aBrowser(), aBrowser()];
  await signUpWith(elsewhere, other);
  await signUpWith(browser, one, { name: "Olga Owner", password: OWNERS });
  expect((await follow(browser, await linkTo(one))).status).toBe(303);
  expect(await seen(elsewhere, await linkTo(other))).toMatchObject({ link: { state: "open" } });
});

test("a followed link stays used after another sign-up, a request for a new one, and the end of its account", async () => {
  const email = anAddress();
  const browser = aBrowser();
  const id = await signUpWith(browser, email, { name: "Olga Owner", password: OWNERS });
  const token = await linkTo(email);
  await follow(browser, token);
  const used = { link: { state: "used" } };
  await signUpWith(aBrowser(), email);
  expect(await seen(browser, token)).toMatchObject(used);
  await browser.ask(resendVerification, { url: "/verify-email/resend", form: { signUp: id }, headers: headers() });
  expect(await seen(browser, token)).toMatchObject(used);
  await db.delete(user).where(eq(user.email, email));
  expect(await seen(browser, token)).toMatchObject(used);
  for (const chosen of [{}, { name: "Mallory", password: ATTACKERS }])
    expect((await follow(aBrowser(), token, chosen)).status).toBe(410);
  expect(await personOf(email)).toBeUndefined();
});

test("a sign-up link opened on another device redirects to an invitation, but to no other page", async () => {
  for (const [redirectTo, location] of [
    ["/accept-invite?id=some-token", "/accept-invite?id=some-token"],
    ["/accept-invitees", "/"],
    ["/join?id=some-token", "/join?id=some-token"],
    ["/joined", "/"],
    ["/settings/security", "/"],
  ] as const) {
    const email = anAddress();
    await signUpWith(aBrowser(), email, { redirectTo });
    const chosen = await follow(aBrowser(), await linkTo(email), { name: "Olga Owner", password: OWNERS });
    expect(chosen.headers.get("Location"), redirectTo).toBe(location);
  }
});

test("the language an attacker signed up in is not the owner's", async () => {
  const email = anAddress();
  const form = { name: "Mallory", email, password: ATTACKERS, redirectTo: "/" };
  const asked = { url: "/signup", form, headers: { ...headers(), "Accept-Language": "tr" } };
  await aBrowser().ask(requestSignUp, asked);
  const token = await linkTo(email);
  const chosen = { token, name: "Olga Owner", password: OWNERS };
  await aBrowser().ask(proveAddress, { url: "/verify-email", form: chosen, headers: { "Accept-Language": "de" } });
  expect(await personOf(email)).toMatchObject({ locale: "de" });
});

test("the link's page checks name and password by the sign-up rules, and a refusal keeps the link valid", async () => {
  const email = anAddress();
  await signUpWith(aBrowser(), email);
  const [browser, token] = [aBrowser(), await linkTo(email)];
  for (const [name, password, fields] of [
    ["", OWNERS, ["name"]],
    ["Olga Owner", "short", ["password"]],
    ["Olga Owner", "password1234", ["password"]],
    ["Olga Owner", "my name is olga owner", ["password"]],
    ["Olga Owner", `${email.split("@")[0]}!`, ["password"]],
  ] as const) {
    const { status, body } = await follow(browser, token, { name, password });
    expect([status, Object.keys((body as { error: object }).error)], password).toEqual([400, fields]);
    expect(JSON.stringify(body)).not.toContain(`"password":"`);
  }
  expect((await follow(browser, token, { name: "Olga Owner", password: OWNERS })).status).toBe(303);
  expect(await db.$count(signUp, eq(signUp.email, email))).toBe(1);
});

test("an address change is not confirmed when a signed-out or another person follows the link", async () => {
  const attacker = await aPerson(db);
  const theirs = aBrowser(await cookiesOf(await aSession(db, attacker)));
  const email = anAddress();
  await theirs.ask(changeEmail, { url: "/settings/account/email", form: { email } });
  const token = await linkIn(db, email, "/confirm-email");
  const [nobody, other] = [aBrowser(), aBrowser(await cookiesOf(await aSession(db, await aPerson(db))))];
  for (const browser of [nobody, other]) {
    const { body } = await browser.ask(openEmailLink, { url: `/confirm-email?token=${token}` });
    expect(body).toMatchObject({ waiting: { email, isOwn: false } });
    const { status } = await browser.ask(confirmEmail, { url: `/confirm-email?token=${token}`, form: { token } });
    expect(status).toBe(browser === nobody ? 401 : 410);
    expect(await personOf(email)).toBeUndefined();
  }
  expect(await db.$count(emailChange, eq(emailChange.newEmail, email))).toBe(1);
  expect(await db.$count(session, eq(session.userId, attacker.id))).toBe(1);
});
