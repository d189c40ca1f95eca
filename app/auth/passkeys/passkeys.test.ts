import { env } from "cloudflare:test";
import { and, eq, isNotNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { passkey } from "#app/db/schema/factors.ts";
import { session, verification } from "#app/db/schema/people.ts";
import { action as confirm } from "#app/routes/account/confirm.passkey.ts";
import { action as requestChallenge } from "#app/routes/account/passkey-challenge.ts";
import { action as signIn } from "#app/routes/account/sign-in.passkey.ts";
import { action as requestCreation } from "#app/routes/settings/security.passkey-challenge.ts";
import { action as addPasskey } from "#app/routes/settings/security.passkeys.ts";
import { aPerson, aSession, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aPasskeyDevice } from "#app/test/passkeys.ts";
import { aBrowser, cookiesOf } from "#app/test/requests.ts";
import { PASSKEYS_MAXIMUM } from "../limits.ts";

const db = testDatabase();
const origin = env.APP_URL;

type Browser = ReturnType<typeof aBrowser>;
type Device = ReturnType<typeof aPasskeyDevice>;

const headers = () => ({ "cf-connecting-ip": crypto.randomUUID() });

const browserOf = async (person: Person, values = {}) => aBrowser(await cookiesOf(await aSession(db, person, values)));

async function challengeIn(answered: Promise<{ body: unknown }>): Promise<string> {
  return ((await answered).body as { challenge: string }).challenge;
}

const toCreate = (browser: Browser) =>
  challengeIn(browser.ask(requestCreation, { url: "/settings/security/passkeys/challenge", form: {} }));

const toAnswer = (browser: Browser) =>
  challengeIn(browser.ask(requestChallenge, { url: "/passkeys/challenge", form: {}, headers: headers() }));

const add = (browser: Browser, response: string) =>
  browser.ask(addPasskey, { url: "/settings/security/passkeys", form: { name: "Phone", response } });

async function enter(device: Device, challenge: string, counter = 0) {
  const form = { response: device.answers({ challenge, origin, counter }), redirectTo: "/" };
  return (await aBrowser().ask(signIn, { url: "/login/passkey", form, headers: headers() })).status;
}

async function withPasskey({ counter = 0 } = {}) {
  const person = await aPerson(db);
  const browser = await browserOf(person);
  const device = aPasskeyDevice();
  const added = await add(browser, device.creates({ challenge: await toCreate(browser), origin, counter }));
  expect(added.status).toBe(303);
  return { person, browser, device };
}

const passkeysOf = ({ id }: Person) => db.$count(passkey, eq(passkey.userId, id));

const times = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));

test("a challenge for a new passkey works only for the person who asked for it, and only to make one", async () => {
  const { browser, device } = await withPasskey();
  const other = await aPerson(db);
  const othersBrowser = await browserOf(other);
  const create = async (challenge: string) =>
    (await add(othersBrowser, aPasskeyDevice().creates({ challenge, origin }))).status;
  expect(await create(await toCreate(browser)), "made for another person").toBe(403);
  expect(await create(await toAnswer(othersBrowser)), "made to sign in").toBe(403);
  expect(await passkeysOf(other)).toBe(0);
  expect(await enter(device, await toCreate(browser)), "made for a new passkey").toBe(401);
  expect(await create(await toCreate(othersBrowser))).toBe(303);
  expect(await enter(device, await toAnswer(aBrowser()))).toBe(303);
});

test("an answer to an expired challenge signs nobody in, confirms nobody, and adds no passkey", async () => {
  const { browser, device, person } = await withPasskey();
  const [toEnter, toConfirm, toAdd] = [await toAnswer(aBrowser()), await toAnswer(browser), await toCreate(browser)];
  const expiresAt = new Date(Date.now() - 1);
  await db.update(verification).set({ expiresAt }).where(isNotNull(verification.id));
  expect(await enter(device, toEnter)).toBe(401);
  const response = device.answers({ challenge: toConfirm, origin });
  const confirmed = await browser.ask(confirm, { url: "/confirm/passkey", form: { response, redirectTo: "/" } });
  expect(confirmed.status).toBe(403);
  expect((await add(browser, aPasskeyDevice().creates({ challenge: toAdd, origin }))).status).toBe(403);
  expect(await passkeysOf(person)).toBe(1);
});

test("one answer sent twenty times at the same time opens one session", async () => {
  const { device, person } = await withPasskey();
  const challenge = await toAnswer(aBrowser());
  const answered = await times(20, () => enter(device, challenge));
  expect(answered.filter((status) => status === 303)).toHaveLength(1);
  expect(await db.$count(session, and(eq(session.userId, person.id), eq(session.method, "passkey")))).toBe(1);
});

test("of twenty answers with the same counter at the same time one is accepted, and the counter never goes back", async () => {
  const { device, person } = await withPasskey({ counter: 5 });
  const challenges = await times(20, () => toAnswer(aBrowser()));
  const copied = await Promise.all(challenges.map((challenge) => enter(device, challenge, 6)));
  expect(copied.filter((status) => status === 303)).toHaveLength(1);
  const later = await times(20, () => toAnswer(aBrowser()));
  await Promise.all(later.map((challenge, index) => enter(device, challenge, 30 - index)));
  expect(await db.select({ counter: passkey.counter }).from(passkey).where(eq(passkey.userId, person.id))).toEqual([
    { counter: 30 },
  ]);
});

test("a counter that is used up confirms nobody either, and a device that does not count signs in as often as it likes", async () => {
  const { device, person } = await withPasskey({ counter: 5 });
  const browsers = await times(20, () => browserOf(person, { provenAt: new Date(0) }));
  const confirmed = await Promise.all(
    browsers.map(async (browser) => {
      const response = device.answers({ challenge: await toAnswer(browser), origin, counter: 6 });
      return (await browser.ask(confirm, { url: "/confirm/passkey", form: { response, redirectTo: "/" } })).status;
    }),
  );
  expect(confirmed.filter((status) => status === 303)).toHaveLength(1);
  const { device: uncounted } = await withPasskey();
  const challenges = await times(5, () => toAnswer(aBrowser()));
  const answered = await Promise.all(challenges.map((challenge) => enter(uncounted, challenge)));
  expect(answered).toEqual([303, 303, 303, 303, 303]);
});

test("of thirty passkeys added at the same time from as many sessions, twenty are kept", async () => {
  const person = await aPerson(db);
  const answered = await times(30, async () => {
    const browser = await browserOf(person);
    return (await add(browser, aPasskeyDevice().creates({ challenge: await toCreate(browser), origin }))).status;
  });
  expect(answered.filter((status) => status === 303)).toHaveLength(PASSKEYS_MAXIMUM);
  expect(await passkeysOf(person)).toBe(PASSKEYS_MAXIMUM);
  const added = and(eq(auditEntry.actorId, person.id), eq(auditEntry.action, "passkey.added"));
  expect(await db.$count(auditEntry, added)).toBe(PASSKEYS_MAXIMUM);
});
