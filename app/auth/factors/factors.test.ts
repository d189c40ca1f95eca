import { and, eq, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { account, session } from "#app/db/schema/people.ts";
import { action as confirm } from "#app/routes/account/confirm.tsx";
import { action as secondStep } from "#app/routes/account/second-step.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { loader as palette } from "#app/routes/api/v1.ts";
import { loader as dashboard } from "#app/routes/organizations/dashboard.tsx";
import { action as requireFactors } from "#app/routes/organizations/settings.second-factor.tsx";
import { loader as profileOf } from "#app/routes/settings/account.tsx";
import { action as addAuthenticator, loader as setupPage } from "#app/routes/settings/security.authenticator.ts";
import { action as removeAuthenticator } from "#app/routes/settings/security.authenticator-remove.ts";
import { action as renewCodes } from "#app/routes/settings/security.backup-codes.ts";
import { action as removePasskey } from "#app/routes/settings/security.passkey-remove.ts";
import { action as changePassword } from "#app/routes/settings/security.password.ts";
import { aPerson, aSession, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { letTimePass } from "#app/test/let-time-pass.ts";
import { mailsTo } from "#app/test/mails.ts";
import { aBrowser, ask, cookiesOf, visit } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();
const password = "a fine long password";

type Browser = ReturnType<typeof aBrowser>;

async function somebody() {
  const person = await withPassword(db, await aPerson(db), password);
  return { person, browser: aBrowser(await cookiesOf(await aSession(db, person))) };
}

const setupUrl = "/settings/security/authenticator";

/** Sets up an app as its page describes. `codeAt` returns the code that the app shows some minutes from now. */
async function withApp(browser: Browser) {
  const setup = crypto.randomUUID();
  const { body } = await browser.ask(setupPage, { url: `${setupUrl}?setup=${setup}` });
  const { secret } = body as { secret: string };
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  const codeAt = (minutes: number) => totp.generate({ timestamp: Date.now() + minutes * 60_000 });
  const code = codeAt(0);
  const added = await browser.ask(addAuthenticator, { url: setupUrl, form: { setup, code } });
  const { codes } = added.body as { codes: string[] };
  return { setup, code, codeAt, codes, added };
}

async function signInAs(email: string) {
  const headers = { "cf-connecting-ip": crypto.randomUUID() };
  const browser = aBrowser();
  const form = { email, password, redirectTo: "/settings/account" };
  return { browser, ...(await browser.ask(signIn, { url: "/login", form, headers })) };
}

const halfSignedIn = async (email: string) => (await signInAs(email)).browser;

const stepWith = (browser: Browser, code: string) =>
  browser.ask(secondStep, { url: "/login/second-step", form: { code, redirectTo: "/settings/account" } });

const isIn = async ({ cookie }: Browser) => (await ask(profileOf, { url: "/settings/account", cookie })).status === 200;

test("an authenticator app is set up with one of its codes, and later sign-ins require a code", async () => {
  const { person, browser } = await somebody();
  const { codes, codeAt, setup } = await withApp(browser);
  expect(new Set(codes).size).toBe(10);
  expect(await isIn(browser)).toBe(true);
  const again = await browser.ask(addAuthenticator, { url: setupUrl, form: { setup, code: codeAt(0) } });
  expect(again.status).toBe(409);
  expect((await mailsTo(db, person.email)).filter(({ text }) => text.includes("authenticator app"))).toHaveLength(1);

  const half = await signInAs(person.email);
  expect(half.headers.get("Location")).toBe("/login/second-step?redirectTo=%2Fsettings%2Faccount");
  const { browser: halfway } = half;
  expect(await isIn(halfway)).toBe(false);
  expect((await stepWith(halfway, "000000")).status).toBe(401);
  await letTimePass(person.id);
  const whole = await stepWith(halfway, codeAt(0).replace(/^.../, "$& "));
  expect([whole.status, whole.headers.get("Location")]).toEqual([303, "/settings/account"]);
  expect(await isIn(halfway)).toBe(true);
});

test("a wrong code sets up nothing", async () => {
  const { person, browser } = await somebody();
  const setup = crypto.randomUUID();
  const answered = await browser.ask(addAuthenticator, { url: setupUrl, form: { setup, code: "000000" } });
  expect(answered.status).toBe(403);
  expect(await db.$count(authenticator, eq(authenticator.userId, person.id))).toBe(0);
});

test("a code of the app opens only one session, and a code from two minutes before or after opens none", async () => {
  const { person, browser } = await somebody();
  const { code: codeNow, codeAt } = await withApp(browser);
  const halves = await Promise.all([1, 2, 3].map(() => halfSignedIn(person.email)));
  // The code that set the app up is already used.
  expect((await stepWith(halves[0] ?? browser, codeNow)).status).toBe(401);
  await letTimePass(person.id);
  for (const minutes of [-2, 2]) expect((await stepWith(halves[0] ?? browser, codeAt(minutes))).status).toBe(401);
  await letTimePass(person.id);
  const answered = await Promise.all(halves.map((half) => stepWith(half, codeNow)));
  expect(answered.map(({ status }) => status).sort()).toEqual([303, 401, 401]);
});

test("a second step that another tab has taken leads on", async () => {
  const { person, browser } = await somebody();
  const { codeAt } = await withApp(browser);
  const half = await halfSignedIn(person.email);
  await letTimePass(person.id);
  for (const _tab of ["first", "second"]) {
    const { status, headers } = await stepWith(half, codeAt(0));
    expect([status, headers.get("Location")]).toEqual([303, "/settings/account"]);
  }
});

test("a backup code works once, however it is typed, and new backup codes replace the old ones", async () => {
  const { person, browser } = await somebody();
  const { codes } = await withApp(browser);
  const [first = "", second = "", third = ""] = codes;
  const halves = await Promise.all([1, 2, 3, 4].map(() => halfSignedIn(person.email)));
  const typed = first.toUpperCase().replaceAll("-", " ");
  const answered = await Promise.all(halves.slice(0, 2).map((half) => stepWith(half, typed)));
  expect(answered.map(({ status }) => status).sort()).toEqual([303, 401]);
  const renewed = await browser.ask(renewCodes, { url: "/settings/security/backup-codes", form: {} });
  expect((await stepWith(halves[2] ?? browser, second)).status).toBe(401);
  const [newest = ""] = (renewed.body as { codes: string[] }).codes;
  expect((await stepWith(halves[2] ?? browser, newest)).status).toBe(303);
  expect((await stepWith(halves[3] ?? browser, third)).status).toBe(401);
  const kept = await db.all<{ hash: string }>(
    sql`select code_hash as hash from backup_code where user_id = ${person.id}`,
  );
  expect(kept.map(({ hash }) => hash)).not.toContain(newest);
});

test("a backup code of another person opens nothing, and still works for its owner", async () => {
  const [mine, theirs] = [await somebody(), await somebody()];
  await withApp(mine.browser);
  const { codes } = await withApp(theirs.browser);
  const [code = ""] = codes;
  expect((await stepWith(await halfSignedIn(mine.person.email), code)).status).toBe(401);
  expect((await stepWith(await halfSignedIn(theirs.person.email), code)).status).toBe(303);
});

test("the sixth code within a minute has to wait", async () => {
  const { person, browser } = await somebody();
  await withApp(browser);
  const half = await halfSignedIn(person.email);
  const answered = [];
  for (let index = 0; index < 6; index += 1) answered.push((await stepWith(half, "000000")).status);
  expect(answered).toEqual([401, 401, 401, 401, 401, 429]);
});

test("a setup that another person has used already sets up nothing, and that person's app stays", async () => {
  const [first, second] = [await somebody(), await somebody()];
  const { setup } = await withApp(first.browser);
  const { body } = await second.browser.ask(setupPage, { url: `${setupUrl}?setup=${setup}` });
  const totp = new TOTP({ secret: Secret.fromBase32((body as { secret: string }).secret.replaceAll(" ", "")) });
  const form = { setup, code: totp.generate() };
  expect((await second.browser.ask(addAuthenticator, { url: setupUrl, form })).status).toBe(409);
  expect(
    await db.select({ userId: authenticator.userId }).from(authenticator).where(eq(authenticator.id, setup)),
  ).toEqual([{ userId: first.person.id }]);
  expect((await withApp(second.browser)).added.status).toBe(200);
});

test("once an app is set up, its secret is shown to nobody", async () => {
  const { browser } = await somebody();
  const { setup } = await withApp(browser);
  expect((await browser.ask(setupPage, { url: `${setupUrl}?setup=${setup}` })).body).toBeNull();
});

test("a rejected form returns neither the password nor the code", async () => {
  const { browser } = await somebody();
  const form = { currentPassword: "not the password", password: "short", code: "123456" };
  const answered = await browser.ask(changePassword, { url: "/settings/security/password", form });
  expect([answered.status, answered.body]).toMatchObject([400, { initialValue: {} }]);
});

test("a password that is changed while it is checked opens no session", async () => {
  const { person } = await somebody();
  const { services, settle } = await visit({ url: "/" });
  const holds = sql`exists (select 1 from ${account} where ${account.userId} = ${person.id} and ${account.password} = 'another')`;
  expect(await services.signIns().open(person.id, { method: "password", factors: 1, holds })).toBe(false);
  await settle();
  expect(services.trace.headers.getSetCookie()).toEqual([]);
  expect(await db.$count(session, eq(session.userId, person.id))).toBe(1);
});

test("after an app is removed, no sign-in asks for a code and no session counts as two-factor", async () => {
  const { person, browser } = await somebody();
  await withApp(browser);
  const half = await halfSignedIn(person.email);
  await browser.ask(removeAuthenticator, { url: "/settings/security/authenticator/remove", form: {} });
  expect(await isIn(half)).toBe(true);
  expect(await db.$count(session, sql`${session.userId} = ${person.id} and ${session.factors} = 2`)).toBe(0);
  expect((await signInAs(person.email)).headers.get("Location")).toBe("/settings/account");
});

test("once the last second factor is removed, no session counts as two-factor, however it was opened or confirmed", async () => {
  const { organization, owner, plain, at } = await aTeam(db);
  await db.update(session).set({ factors: 2 }).where(eq(session.userId, owner.person.id));
  await ask(requireFactors, { ...at("settings/second-factor"), cookie: owner.cookie, form: { required: "yes" } });
  const { id: userId } = await withPassword(db, plain.person, password);
  const keys = ["Phone", "Laptop"].map((name) => {
    const id = crypto.randomUUID();
    return { id, userId, name, credentialId: id, publicKey: "x", counter: 0, transports: [] };
  });
  await db.insert(passkey).values(keys);
  const [byPasskey, confirmed] = await Promise.all(
    ["passkey", "password"].map(async (method) => {
      const opened = await aSession(db, plain.person, { method, factors: 2 });
      return aBrowser(await cookiesOf(opened));
    }),
  );
  const remove = (id = "") =>
    byPasskey?.ask(removePasskey, {
      url: `/settings/security/passkeys/${id}/remove`,
      params: { passkey: id },
      form: {},
    });
  const statuses = () =>
    Promise.all(
      [byPasskey, confirmed].map(async (browser) => (await browser?.ask(dashboard, at("dashboard")))?.status),
    );
  await remove(keys[0]?.id);
  expect(await statuses(), "another passkey is left").toEqual([200, 200]);
  await remove(keys[1]?.id);
  expect(await statuses(), `${organization.slug} requires two factors`).toEqual([403, 403]);

  const both = await withPassword(db, await aPerson(db), password);
  const app = aBrowser(await cookiesOf(await aSession(db, both, { method: "passkey", factors: 2 })));
  const [kept] = await db
    .insert(passkey)
    .values({ ...(keys[0] as (typeof keys)[0]), id: both.id, credentialId: both.id, userId: both.id })
    .returning();
  await withApp(app);
  await app.ask(removePasskey, {
    url: `/settings/security/passkeys/${kept?.id}/remove`,
    params: { passkey: kept?.id ?? "" },
    form: {},
  });
  const isTwoFactor = and(eq(session.userId, both.id), eq(session.factors, 2));
  expect(await db.$count(session, isTwoFactor), "the app is left").toBe(1);
  await app.ask(removeAuthenticator, { url: "/settings/security/authenticator/remove", form: {} });
  expect(await db.$count(session, isTwoFactor)).toBe(0);
});

test("people confirm their identity with the password, and with the app's code too if they have an app", async () => {
  const { person, browser } = await somebody();
  const provenAt = async () => {
    const rows = await db.select().from(session).where(eq(session.userId, person.id));
    return Math.max(...rows.map((row) => row.provenAt.getTime()));
  };
  const confirmWith = (form: Record<string, string>) =>
    browser.ask(confirm, { url: "/confirm", form: { redirectTo: "/settings/account/delete", ...form } });
  const stale = () =>
    db
      .update(session)
      .set({ provenAt: new Date(0) })
      .where(eq(session.userId, person.id));
  await stale();
  expect((await confirmWith({ password: "not the password" })).status).toBe(403);
  expect(await provenAt()).toBe(0);
  const confirmed = await confirmWith({ password });
  expect([confirmed.status, confirmed.headers.get("Location")]).toEqual([303, "/settings/account/delete"]);
  expect(Date.now() - (await provenAt())).toBeLessThan(60_000);

  const { codeAt } = await withApp(browser);
  await stale();
  await letTimePass(person.id);
  expect((await confirmWith({ password })).status).toBe(403);
  expect((await confirmWith({ password, code: codeAt(0) })).status).toBe(303);

  // A person without a password gives the code alone.
  await db.update(account).set({ password: null }).where(eq(account.userId, person.id));
  await stale();
  await letTimePass(person.id);
  expect((await confirmWith({ code: "000000" })).status).toBe(403);
  expect((await confirmWith({ code: codeAt(0) })).status).toBe(303);
});

test("an organization that requires two factors is closed everywhere to a member who gave only one", async () => {
  const { organization, owner, plain, at } = await aTeam(db, { name: "Northwind Guarded" });
  const form = { required: "yes" };
  const browser = aBrowser(owner.cookie);
  const asked = { ...at("settings/second-factor"), form };
  expect((await browser.ask(requireFactors, asked)).status).toBe(409);
  await withApp(browser);
  expect((await browser.ask(requireFactors, asked)).status).toBe(303);

  const { status, body } = await ask(dashboard, { ...at("dashboard"), cookie: plain.cookie });
  expect([status, body]).toMatchObject([403, { error: "second-factor" }]);
  const found = await ask(palette, { url: "/api/v1/pages/palette?query=Northwind+Guarded", cookie: plain.cookie });
  expect(JSON.stringify(found.body)).not.toContain(organization.slug);
  const colleague = aBrowser(plain.cookie);
  await withApp(colleague);
  expect((await colleague.ask(dashboard, at("dashboard"))).status).toBe(200);
});

test("a new password needs the current one, ends the other sessions, and is told by mail", async () => {
  const { person, browser } = await somebody();
  const other = aBrowser(await cookiesOf(await aSession(db, person)));
  const change = (form: Record<string, string>) =>
    browser.ask(changePassword, { url: "/settings/security/password", form });
  expect((await change({ currentPassword: "not the password", password: "another long password" })).status).toBe(403);
  expect((await change({ currentPassword: password, password: "password1234" })).status).toBe(400);
  expect([await isIn(browser), await isIn(other)]).toEqual([true, true]);
  expect((await change({ currentPassword: password, password: "another long password" })).status).toBe(303);
  expect([await isIn(browser), await isIn(other)]).toEqual([true, false]);
  expect((await signInAs(person.email)).status).toBe(401);
  expect((await mailsTo(db, person.email)).filter(({ text }) => text.includes("password"))).toHaveLength(1);
});

test("of two password changes at the same time from one page, only one succeeds", async () => {
  const { browser } = await somebody();
  const passwords = ["the first of two passwords", "the second of two passwords"];
  const answered = await Promise.all(
    passwords.map((each) =>
      ask(changePassword, {
        url: "/settings/security/password",
        cookie: browser.cookie,
        form: { currentPassword: password, password: each },
      }),
    ),
  );
  expect(answered.map(({ status }) => status).sort()).toEqual([303, 403]);
});

test("a person without a password can set a first one", async () => {
  const person = await aPerson(db);
  const browser = aBrowser(await cookiesOf(await aSession(db, person)));
  const form = { password };
  expect((await browser.ask(changePassword, { url: "/settings/security/password", form })).status).toBe(303);
  expect((await signInAs(person.email)).status).toBe(303);
});

test("codes work in the digits of any keyboard, and with blanks and hyphens anywhere", async () => {
  const { person, browser } = await somebody();
  const { codeAt, codes } = await withApp(browser);
  const digits = (zero: number) => codeAt(0).replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
  const spaced = (code: string) =>
    `\u200b${[...code].slice(0, 3).join("")}\u202f–\u00a0${[...code].slice(3).join("")} `;
  // The zeros of the Arabic-Indic, Persian, Devanagari and full-width digits.
  for (const zero of [0x660, 0x6f0, 0x966, 0xff10]) {
    const half = await halfSignedIn(person.email);
    await letTimePass(person.id);
    expect((await stepWith(half, spaced(digits(zero)))).status, zero.toString(16)).toBe(303);
  }
  const [backup = ""] = codes;
  const wide = backup
    .toUpperCase()
    .replace(/[A-Z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
    .replaceAll("-", "\u2011\u3000");
  const half = await halfSignedIn(person.email);
  expect((await stepWith(half, wide)).status).toBe(303);
  expect((await stepWith(await halfSignedIn(person.email), backup)).status).toBe(401);
});
