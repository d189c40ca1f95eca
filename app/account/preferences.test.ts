import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { session, user } from "#app/db/schema/people.ts";
import { m } from "#app/i18n/messages.ts";
import { TIME_ZONE_COOKIE, timeZoneOf } from "#app/i18n/time-zone.ts";
import { DEFAULT_LOCALE, PRODUCT_SLUG } from "#app/product.ts";
import { action as choose } from "#app/routes/account/preferences.ts";
import { action as removeAvatar } from "#app/routes/settings/account.avatar-remove.ts";
import { action as rename } from "#app/routes/settings/account.tsx";
import { loader as appearance } from "#app/routes/settings/appearance.tsx";
import { aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aBrowser, ask, cookiesOf, visit } from "#app/test/requests.ts";
import { readPreferences, writePreferences } from "./preferences.server.ts";
import { parsePreferences } from "./preferences.ts";
import type { TimeZoneChoice } from "./time-zones.server.ts";

const db = testDatabase();

test("a person's saved language wins over the device's cookie, and the cookie over what the browser prefers", async () => {
  const arabic = await cookieWith({ locale: "ar", theme: "dark" });
  const header = { "Accept-Language": "ar" };
  const person = await aPerson(db, { locale: "en" });
  const session = await cookiesOf(await aSession(db, person));
  const localeOf = async (cookie: string | null, headers = {}) =>
    (await visit({ url: "/", cookie, headers })).services.locale;
  expect(await localeOf(null, { "Accept-Language": "" })).toBe(DEFAULT_LOCALE);
  expect(await localeOf(null, header)).toBe("ar");
  expect(await localeOf(arabic)).toBe("ar");
  expect(await localeOf(arabic, { "Accept-Language": "fr" }), "the cookie wins over the browser").toBe("ar");
  expect(await localeOf(`${arabic}; ${session}`)).toBe("en");
  const { services } = await visit({ url: "/", cookie: `${arabic}; ${session}` });
  expect(services.preferences.theme, "no theme is saved, so the device's own counts").toBe("dark");
});

test("a language that is not offered is never used, whether it was saved, preferred or requested", async () => {
  const languages = (...offered: string[]) => ({ variables: { LANGUAGES: offered.join(" ") } });
  const cookie = await cookieWith({ locale: "ar" });
  const localeOf = async (asked: Parameters<typeof visit>[0]) => (await visit(asked)).services.locale;
  const here = { url: "/", ...languages("fr", "de", DEFAULT_LOCALE) };
  expect(await localeOf({ ...here, cookie, headers: { "Accept-Language": "ar, de;q=0.5" } })).toBe("de");
  expect(await localeOf({ ...here, cookie, headers: { "Accept-Language": "ar" } })).toBe(DEFAULT_LOCALE);
  expect(await localeOf({ url: "/", headers: { "Accept-Language": "en" }, ...languages("ru", "tr") })).toBe("ru");
  const person = await aPerson(db, { locale: "ar" });
  const session = await cookiesOf(await aSession(db, person));
  expect(await localeOf({ ...here, cookie: session, headers: { "Accept-Language": "fr" } })).toBe("fr");

  const form = { locale: "tr", redirectTo: "/settings/appearance" };
  const { status, body } = await ask(choose, { ...here, url: "/preferences", cookie: session, form });
  expect({ status, body }).toMatchObject({ status: 400, body: { error: { locale: [m.values_choice()] } } });
  expect((await db.select().from(user).where(eq(user.id, person.id)))[0]).toMatchObject({ locale: "ar" });
});

test("a choice is kept on the person, so that their other devices have it with the next page they ask for", async () => {
  const person = await aPerson(db);
  const [here, there] = [await cookiesOf(await aSession(db, person)), await cookiesOf(await aSession(db, person))];
  const form = { theme: "dark", color: "maia", font: "inter", locale: "ar", redirectTo: "/settings/appearance" };
  const { status, headers, services } = await ask(choose, { url: "/preferences", cookie: here, form });
  expect({ status, to: headers.get("Location") }).toEqual({ status: 303, to: "/settings/appearance" });
  const [row] = await db.select().from(user).where(eq(user.id, person.id));
  expect(row).toMatchObject({ theme: "dark", color: "maia", font: "inter", locale: "ar" });
  // The cookie with the former choices is dropped: immediately in this browser, after its five minutes in the other one.
  expect(services.trace.headers.getSetCookie().join()).toMatch(/session_data=; Path=\/; Max-Age=0/);
  const [token = ""] = there.split("; ");
  const { services: elsewhere } = await visit({ url: "/", cookie: token });
  await elsewhere.identify();
  expect(elsewhere.locale).toBe("ar");
  expect(elsewhere.preferences).toMatchObject({ theme: "dark", color: "maia", font: "inter" });
});

test("a form that stays on its page gets a 200 response with the cookie instead of a redirect", async () => {
  const form = { color: "vega", redirectTo: "/settings/appearance", stay: "yes" };
  const { status, headers, services } = await ask(choose, { url: "/preferences", form });
  expect({ status, to: headers.get("Location") }).toEqual({ status: 200, to: null });
  expect(services.trace.headers.get("Set-Cookie")).toContain(`${PRODUCT_SLUG}_preferences=`);
});

test("a choice without a live session stays on the device", async () => {
  const person = await aPerson(db);
  const ended = await cookiesOf(await aSession(db, person));
  await db.delete(session).where(eq(session.userId, person.id));
  const form = { theme: "dark", redirectTo: "/" };
  const { status, services } = await ask(choose, { url: "/preferences", cookie: ended, form });
  expect(status).toBe(303);
  expect(services.trace.headers.getSetCookie().join()).toContain(`${PRODUCT_SLUG}_preferences=`);
  const [row] = await db.select().from(user).where(eq(user.id, person.id));
  expect(row?.theme).toBeNull();
});

test("a chosen time zone is saved with the person, wins over the browser's, and can be removed again", async () => {
  const person = await aPerson(db);
  const browser = aBrowser(`${await cookiesOf(await aSession(db, person))}; ${TIME_ZONE_COOKIE}=Asia/Tokyo`);
  const chooseZone = async (timeZone: string) => {
    const form = { timeZone, redirectTo: "/settings/appearance" };
    const { status } = await browser.ask(choose, { url: "/preferences", form });
    const [row] = await db.select({ timeZone: user.timeZone }).from(user).where(eq(user.id, person.id));
    const { services } = await visit({ url: "/", cookie: browser.cookie });
    return { status, saved: row?.timeZone, now: timeZoneOf(services.timeZones) };
  };
  expect(timeZoneOf((await visit({ url: "/", cookie: browser.cookie })).services.timeZones)).toBe("Asia/Tokyo");
  expect(await chooseZone("Europe/Berlin")).toEqual({ status: 303, saved: "Europe/Berlin", now: "Europe/Berlin" });
  expect(await chooseZone("Mars/Olympus")).toMatchObject({ status: 400, saved: "Europe/Berlin" });
  expect(await chooseZone("automatic")).toEqual({ status: 303, saved: null, now: "Asia/Tokyo" });
  const machine = await visit({ url: "/api/v1/organizations/x", cookie: browser.cookie });
  expect(timeZoneOf(machine.services.timeZones), "programs get UTC").toBeNull();
});

test("after the cookie cache expires, a page uses the chosen time zone that the browser remembers", async () => {
  const person = await aPerson(db, { timeZone: "Asia/Kathmandu" });
  const [token = "", cache = ""] = (await cookiesOf(await aSession(db, person))).split("; ");
  const fresh = await visit({ url: "/", cookie: `${token}; ${cache}; ${TIME_ZONE_COOKIE}=Asia/Tokyo` });
  const kept = fresh.services.trace.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
  expect(kept).toEqual([`${PRODUCT_SLUG}.zone=Asia/Kathmandu`]);
  const { services } = await visit({ url: "/", cookie: [token, ...kept, `${TIME_ZONE_COOKIE}=Asia/Tokyo`].join("; ") });
  expect(services.presume().isPresumed).toBe(true);
  expect(timeZoneOf(services.timeZones)).toBe("Asia/Kathmandu");
  await db.update(user).set({ timeZone: null }).where(eq(user.id, person.id));
  await services.identify();
  expect(timeZoneOf(services.timeZones), "another browser removed the choice").toBe("Asia/Tokyo");
  expect(services.trace.headers.getSetCookie().join()).toContain(`${PRODUCT_SLUG}.zone=; Path=/; Max-Age=0`);
});

test("an invalid time zone is ignored in either of the two cookies", async () => {
  const person = await aPerson(db);
  const session = await cookiesOf(await aSession(db, person));
  for (const wrong of ["Mars/Olympus", "+01:00", "%00", "../../etc/passwd", "x".repeat(3_000)]) {
    for (const name of [TIME_ZONE_COOKIE, `${PRODUCT_SLUG}.zone`]) {
      const [token] = session.split("; ");
      for (const cookie of [session, token]) {
        const { services } = await visit({ url: "/", cookie: `${cookie}; ${name}=${wrong}` });
        await services.identify();
        expect(timeZoneOf(services.timeZones), `${name} ${wrong}`).toBeNull();
      }
    }
  }
});

test("time zones are offered by region, each once, also one that the list does not have", async () => {
  const person = await aPerson(db, { timeZone: "Etc/GMT+5" });
  const { body } = await ask(appearance, {
    url: "/settings/appearance",
    cookie: await cookiesOf(await aSession(db, person)),
  });
  const { regions } = body as TimeZoneChoice;
  const zones = regions.flatMap((region) => region.zones);
  expect(new Set(zones).size).toBe(zones.length);
  expect(zones).toEqual(expect.arrayContaining(["Europe/Kyiv", "Asia/Kathmandu", "UTC", "Etc/GMT+5"]));
  const names = regions.map(({ region }) => region);
  expect(new Set(names).size).toBe(names.length);
  expect(regions.find(({ region }) => region === "Other")?.zones).toEqual(["UTC", "Etc/GMT+5"]);
});

test("invalid preferences fall back to the defaults instead of causing an error", async () => {
  for (const stored of [null, "x", 7, [], { theme: "neon", color: "__proto__", font: 1, locale: "xx" }]) {
    expect(parsePreferences(stored)).toEqual({
      theme: "system",
      color: PRODUCT_SLUG,
      font: "figtree",
      locale: null,
      sidebar: "open",
      shortcuts: "on",
    });
  }
  expect((await readPreferences(`${PRODUCT_SLUG}_preferences=%%%`)).theme).toBe("system");
});

async function cookieWith(chosen: Record<string, string>): Promise<string> {
  const written = await writePreferences(parsePreferences(chosen), "http://localhost");
  return written.split(";")[0] ?? "";
}

const changes = {
  look: { change: choose, form: { color: "vega", redirectTo: "/" }, known: { chosen: { color: "vega" } } },
  name: { change: rename, form: { name: "Ada After" }, known: { name: "Ada After" } },
  avatar: { change: removeAvatar, form: {}, known: { image: null } },
};

for (const [what, { change, form, known }] of Object.entries(changes)) {
  test(`an old session cookie does not bring back the ${what} from before a change`, async () => {
    const person = await aPerson(db, { name: "Ada Before", image: "before" });
    const cookie = await cookiesOf(await aSession(db, person));
    const { services } = await ask(change, { url: "/preferences", cookie, form });
    const told = services.trace.headers.getSetCookie().map((each) => each.split(";", 1)[0] ?? "");
    const changed = told.find((each) => each.startsWith(`${PRODUCT_SLUG}.changed=`));
    const { services: later } = await visit({ url: "/", cookie: `${cookie}; ${changed}` });
    expect(await later.identify()).toMatchObject({ userId: person.id, ...known });
  });
}
