import { env } from "cloudflare:test";
import { and, eq, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { rememberedDevice } from "#app/db/schema/factors.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { action as secondStep } from "#app/routes/account/second-step.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { loader as dashboard } from "#app/routes/organizations/dashboard.tsx";
import { action as signOutMember } from "#app/routes/organizations/members.sign-out.ts";
import { loader as profileOf } from "#app/routes/settings/account.tsx";
import { action as addAuthenticator, loader as setupPage } from "#app/routes/settings/security.authenticator.ts";
import { action as removeAuthenticator } from "#app/routes/settings/security.authenticator-remove.ts";
import { action as renewCodes } from "#app/routes/settings/security.backup-codes.ts";
import { action as changePassword, loader as passwordPage } from "#app/routes/settings/security.password.ts";
import { action as forget } from "#app/routes/settings/security.remembered-forget.ts";
import { action as endAll } from "#app/routes/settings/security.sessions-end-all.ts";
import { action as endOthers } from "#app/routes/settings/security.sessions-end-others.ts";
import { loader as security } from "#app/routes/settings/security.tsx";
import { aPerson, aSession, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { letTimePass } from "#app/test/let-time-pass.ts";
import { aBrowser, ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { runSchedule } from "../../../workers/schedule.ts";
import type { RememberedDevice } from "./remembered-devices.server.ts";

const db = testDatabase();
const password = "a fine long password";
const setupUrl = "/settings/security/authenticator";

type Browser = ReturnType<typeof aBrowser>;
type Person = Awaited<ReturnType<typeof aPerson>>;

async function withApp(person?: Person) {
  const known = await withPassword(db, person ?? (await aPerson(db)), password);
  return { person: known, totp: await addApp(known) };
}

async function addApp(person: Person) {
  const browser = aBrowser(await cookiesOf(await aSession(db, person)));
  const setup = crypto.randomUUID();
  const { body } = await browser.ask(setupPage, { url: `${setupUrl}?setup=${setup}` });
  const { secret } = body as { secret: string };
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  const added = await browser.ask(addAuthenticator, { url: setupUrl, form: { setup, code: totp.generate() } });
  expect(added.status).toBe(200);
  return totp;
}

type Somebody = Awaited<ReturnType<typeof withApp>>;

async function signInStep(browser: Browser, { person }: Somebody, withThis = password) {
  const headers = { "cf-connecting-ip": crypto.randomUUID() };
  const form = { email: person.email, password: withThis, redirectTo: "/settings/account" };
  return browser.ask(signIn, { url: "/login", form, headers });
}

const isIn = async ({ cookie }: Browser) => (await ask(profileOf, { url: "/settings/account", cookie })).status === 200;

async function signInAt(browser: Browser, somebody: Somebody) {
  await signInStep(browser, somebody);
  return isIn(browser);
}

async function giveCode(browser: Browser, { person, totp }: Somebody, remember: Record<string, string>) {
  await letTimePass(person.id);
  const form = { code: totp.generate(), redirectTo: "/settings/account", ...remember };
  return browser.ask(secondStep, { url: "/login/second-step", form });
}

async function aRememberedBrowser(somebody: Somebody) {
  const browser = aBrowser();
  expect(await signInAt(browser, somebody)).toBe(false);
  await giveCode(browser, somebody, { remember: "yes" });
  return browser;
}

const sessionOf = async ({ person }: Somebody) =>
  (await db.select().from(session).where(eq(session.userId, person.id)).orderBy(sql`${session.createdAt} desc`))[0];

const rowsOf = ({ person }: Somebody) => db.$count(rememberedDevice, eq(rememberedDevice.userId, person.id));

function withoutSession({ cookie }: Browser) {
  const kept = (cookie ?? "").split("; ").filter((each) => !/session_(token|data)=/.test(each));
  return aBrowser(kept.join("; "));
}

test("a browser that is remembered signs in without a code for thirty days, and one that is not is asked", async () => {
  const somebody = await withApp();
  const browser = await aRememberedBrowser(somebody);
  expect(await signInAt(withoutSession(browser), somebody)).toBe(true);
  expect(await sessionOf(somebody)).toMatchObject({ method: "password", factors: 2 });
  const other = aBrowser();
  expect(await signInAt(other, somebody)).toBe(false);
  await giveCode(other, somebody, {});
  expect(await signInAt(withoutSession(other), somebody), "this browser did not ask to be remembered").toBe(false);
  const isTheirs = eq(rememberedDevice.userId, somebody.person.id);
  const [row] = await db.select().from(rememberedDevice).where(isTheirs);
  const days = ((row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)) / DAY_MS;
  expect([days, await rowsOf(somebody)]).toEqual([30, 1]);
  expect(browser.cookie, "the database only has a hash").not.toContain(row?.tokenHash);
  await db
    .update(rememberedDevice)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(isTheirs);
  expect(await signInAt(withoutSession(browser), somebody)).toBe(false);
  await expect
    .poll(async () => {
      await runSchedule(env);
      return rowsOf(somebody);
    })
    .toBe(0);
});

test("a browser is not remembered after a wrong code", async () => {
  const somebody = await withApp();
  const browser = aBrowser();
  await signInAt(browser, somebody);
  const form = { code: "000000", redirectTo: "/", remember: "yes" };
  const { status, headers } = await browser.ask(secondStep, { url: "/login/second-step", form });
  expect([status, headers.getSetCookie().join().includes("remembered")]).toEqual([401, false]);
  expect(await rowsOf(somebody)).toBe(0);
});

test("of two browsers that send one code at the same time, only one is remembered", async () => {
  const somebody = await withApp();
  const [one, two] = [aBrowser(), aBrowser()];
  await signInAt(one, somebody);
  await signInAt(two, somebody);
  await letTimePass(somebody.person.id);
  const form = { code: somebody.totp.generate(), redirectTo: "/", remember: "yes" };
  const url = "/login/second-step";
  const both = await Promise.all([one, two].map((browser) => browser.ask(secondStep, { url, form })));
  expect(both.map(({ status }) => status).sort()).toEqual([303, 401]);
  expect(await rowsOf(somebody)).toBe(1);
});

test("signing in from a remembered browser does not count as a fresh proof of identity", async () => {
  const somebody = await withApp();
  const browser = withoutSession(await aRememberedBrowser(somebody));
  expect(await signInAt(browser, somebody)).toBe(true);
  expect((await sessionOf(somebody))?.provenAt.getTime()).toBe(0);
  const { status, headers } = await browser.ask(passwordPage, { url: "/settings/security/password" });
  expect([status, headers.get("Location")]).toEqual([302, expect.stringMatching(/^\/confirm\?/)]);
});

test("a token opens nothing for another person, nor in another browser", async () => {
  const [mine, theirs] = [await withApp(), await withApp()];
  const browser = withoutSession(await aRememberedBrowser(mine));
  expect(await signInAt(aBrowser(browser.cookie), theirs)).toBe(false);
  const [token = ""] = (browser.cookie ?? "").split("; ").filter((each) => each.includes("remembered="));
  expect(await signInAt(aBrowser(token), mine), "a stolen cookie needs the browser's own").toBe(false);
  expect(await signInAt(aBrowser(browser.cookie), mine)).toBe(true);
});

test("an organization that requires two factors is open to a remembered browser", async () => {
  const team = await aTeam(db);
  const isThis = eq(organization.id, team.organization.id);
  await db.update(organization).set({ requiresSecondFactor: true }).where(isThis);
  const somebody = await withApp(team.plain.person);
  const browser = withoutSession(await aRememberedBrowser(somebody));
  expect(await signInAt(browser, somebody)).toBe(true);
  expect((await browser.ask(dashboard, team.at("dashboard"))).status).toBe(200);
});

type End = (browser: Browser, somebody: Somebody) => Promise<unknown>;

async function forgetFirst(browser: Browser) {
  const { body } = await browser.ask(security, { url: "/settings/security" });
  const [first] = (body as { remembered: RememberedDevice[] }).remembered;
  const params = { device: first?.id ?? "" };
  return browser.ask(forget, { url: `/settings/security/remembered/${params.device}/forget`, params, form: {} });
}

const newPassword = "another fine long one";

const ends: Record<string, End> = {
  "forgotten on the page Security": forgetFirst,
  "another password": (browser) =>
    browser.ask(changePassword, {
      url: "/settings/security/password",
      form: { currentPassword: password, password: newPassword },
    }),
  "new backup codes": (browser) => browser.ask(renewCodes, { url: "/settings/security/backup-codes", form: {} }),
  "the app removed": (browser) =>
    browser.ask(removeAuthenticator, { url: "/settings/security/authenticator/remove", form: {} }),
  "signed out everywhere": (browser) => browser.ask(endAll, { url: "/settings/security/sessions/end-all", form: {} }),
};

for (const [name, end] of Object.entries(ends)) {
  test(`a stolen cookie of a remembered browser stops working after this: ${name}`, async () => {
    const somebody = await withApp();
    const browser = await aRememberedBrowser(somebody);
    const stolen = withoutSession(browser);
    expect(await rowsOf(somebody)).toBe(1);
    const ended = (await end(browser, somebody)) as { status: number };
    expect(ended.status).toBeLessThan(400);
    expect(await rowsOf(somebody)).toBe(0);
    // Without an app the password alone signs in, so what the cookie is still worth shows with the next app.
    if (name === "the app removed") await addApp(somebody.person);
    const present = name === "another password" ? newPassword : password;
    const { status, headers } = await signInStep(stolen, somebody, present);
    expect([status, headers.get("Location")]).toEqual([303, expect.stringMatching(/^\/login\/second-step/)]);
    expect(await isIn(stolen)).toBe(false);
  });
}

test("ending the other sessions forgets the other browsers; an owner's sign-out of a member forgets all", async () => {
  const team = await aTeam(db);
  const somebody = await withApp(team.plain.person);
  const [here, there] = [await aRememberedBrowser(somebody), await aRememberedBrowser(somebody)];
  await here.ask(endOthers, { url: "/settings/security/sessions/end-others", form: {} });
  expect(await signInAt(withoutSession(there), somebody)).toBe(false);
  expect(await signInAt(withoutSession(here), somebody)).toBe(true);
  const at = team.at(`members/${team.plain.member}/sign-out`, { member: team.plain.member });
  expect((await ask(signOutMember, { ...at, cookie: team.owner.cookie, form: {} })).status).toBe(303);
  expect(await signInAt(withoutSession(here), somebody)).toBe(false);
});

test("nobody forgets or sees a browser of another person", async () => {
  const [mine, theirs] = [await withApp(), await withApp()];
  const [browser] = [await aRememberedBrowser(mine), await aRememberedBrowser(theirs)];
  const [row] = await db.select().from(rememberedDevice).where(eq(rememberedDevice.userId, theirs.person.id));
  const params = { device: row?.id ?? "" };
  await browser.ask(forget, { url: `/settings/security/remembered/${params.device}/forget`, params, form: {} });
  expect(await db.$count(rememberedDevice, and(eq(rememberedDevice.id, params.device)))).toBe(1);
  const { body } = await browser.ask(security, { url: "/settings/security" });
  expect((body as { remembered: RememberedDevice[] }).remembered.map(({ id }) => id)).not.toContain(params.device);
});

test("the list has only browsers that are still remembered, and forgetting one keeps the others", async () => {
  const somebody = await withApp();
  const [first, second] = [await aRememberedBrowser(somebody), await aRememberedBrowser(somebody)];
  await aRememberedBrowser(somebody);
  const listed = async () => {
    const { body } = await second.ask(security, { url: "/settings/security" });
    return (body as { remembered: RememberedDevice[] }).remembered.map(({ id }) => id);
  };
  const [expired = "", , oldest = ""] = await listed();
  await db
    .update(rememberedDevice)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(rememberedDevice.id, expired));
  const params = { device: oldest };
  await second.ask(forget, { url: `/settings/security/remembered/${oldest}/forget`, params, form: {} });
  expect(await listed()).toHaveLength(1);
  expect(await rowsOf(somebody), "the expired one is cleaned up later").toBe(2);
  expect(await signInAt(withoutSession(first), somebody)).toBe(false);
  expect(await signInAt(withoutSession(second), somebody)).toBe(true);
});
