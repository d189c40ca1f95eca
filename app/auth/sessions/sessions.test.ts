import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { rememberedDevice } from "#app/db/schema/factors.ts";
import { knownDevice, session, user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { TIME_ZONE_COOKIE, timeZoneOf } from "#app/i18n/time-zone.ts";
import { PRODUCT_SLUG } from "#app/product.ts";
import { loader as profileOf } from "#app/routes/settings/account.tsx";
import { action as endSession } from "#app/routes/settings/security.session-end.ts";
import { action as endAll } from "#app/routes/settings/security.sessions-end-all.ts";
import { action as endOthers } from "#app/routes/settings/security.sessions-end-others.ts";
import { loader as security } from "#app/routes/settings/security.tsx";
import { aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { mailsTo } from "#app/test/mails.ts";
import { ask, cookiesOf, visit } from "#app/test/requests.ts";
import { COOKIE_PREFIX } from "./own-cookies.server.ts";
import type { LiveSession } from "./sessions.server.ts";

const db = testDatabase();
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

async function withSessions(count: number) {
  const person = await aPerson(db);
  const sessions = [];
  for (let index = 0; index < count; index += 1) {
    const kept = await aSession(db, person, { userAgent: FIREFOX, ipAddress: "203.0.113.7", method: "password" });
    sessions.push({ ...kept, cookie: await cookiesOf(kept) });
  }
  return { person, sessions };
}

const isIn = async (cookie: string) => (await ask(profileOf, { url: "/settings/account", cookie })).status === 200;

test("a person sees where they are signed in, this device first, and no token", async () => {
  const { sessions } = await withSessions(3);
  const [, second] = sessions;
  const { body } = await ask(security, { url: "/settings/security", cookie: second?.cookie ?? "" });
  const { sessions: listed } = body as { sessions: LiveSession[] };
  expect(listed.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false]);
  expect(listed[0]).toMatchObject({ id: second?.id, ipAddress: "203.0.113.7", method: "password", isPhone: false });
  expect(listed[0]?.device).toMatch(/Firefox.+Windows/);
  for (const { token } of sessions) expect(JSON.stringify(body)).not.toContain(token);
});

test("a session shows its country in the reader's language if the platform reports one", async () => {
  const begun = async (country: string | null) => {
    const person = await aPerson(db, { locale: "fr" });
    const { services } = await visit({ url: "/login", ...(country && { headers: { "CF-IPCountry": country } }) });
    await services.signIns().open(person.id, { method: "password", factors: 1, holds: sql`true` });
    const [kept] = await db.select().from(session).where(eq(session.userId, person.id));
    if (kept === undefined) throw new Error("No session was opened.");
    const { body } = await ask(security, { url: "/settings/security", cookie: await cookiesOf(kept) });
    const [shown] = (body as { sessions: LiveSession[] }).sessions;
    return { kept: kept.country, shown: shown?.place };
  };
  expect(await begun("DE")).toEqual({ kept: "DE", shown: expect.stringMatching(/^(Allemagne|Germany)$/) });
  for (const nowhere of ["XX", "T1", "<b>", null])
    expect(await begun(nowhere), String(nowhere)).toEqual({ kept: null, shown: null });
});

test("one session is ended, or the others, or all, and each is dead with its next request", async () => {
  const { sessions } = await withSessions(4);
  const [first, second, third, fourth] = sessions.map(({ cookie }) => cookie) as [string, string, string, string];
  const living = async () => (await Promise.all([first, second, third, fourth].map(isIn))).map(Number).join("");
  const params = { session: sessions[1]?.id ?? "" };
  const url = `/settings/security/sessions/${params.session}/end`;
  await ask(endSession, { url, params, cookie: first, form: {} });
  expect(await living()).toBe("1011");
  await ask(endOthers, { url: "/settings/security/sessions/end-others", cookie: third, form: {} });
  expect(await living()).toBe("0010");
  const all = await ask(endAll, { url: "/settings/security/sessions/end-all", cookie: third, form: {} });
  expect(all.services.trace.headers.getSetCookie().join()).toMatch(/session_token=;.+Max-Age=0/);
  expect(await living()).toBe("0000");
});

/** The cookies without the cache, which a browser drops after five minutes. */
const withoutCache = (cookie: string) => cookie.split("; ")[0] ?? "";

test("a session that ends during a request without a cookie cache gets no page and no new cache", async () => {
  const { sessions } = await withSessions(2);
  const [first, second] = sessions;
  const { id = "", cookie = "" } = first ?? {};
  const endedMeanwhile = async (args: Parameters<typeof profileOf>[0]) => {
    await db.delete(session).where(eq(session.id, id));
    return profileOf(args);
  };
  const page = await ask(endedMeanwhile, { url: "/settings/account", cookie: withoutCache(cookie) });
  expect([page.status, page.services.trace.trips]).toEqual([302, 1]);
  const cookies = page.services.trace.headers.getSetCookie().join();
  expect(cookies).toMatch(/session_token=; Path=\/; Max-Age=0.+session_data=; Path=\/; Max-Age=0/);
  expect(cookies).not.toMatch(/session_data=[^;]/);

  // The other way round: the page is read first, and then the session ends.
  const seen = await ask(profileOf, { url: "/settings/account", cookie: withoutCache(second?.cookie ?? "") });
  expect([seen.status, seen.services.trace.trips]).toEqual([200, 1]);
  const renewed = seen.services.trace.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
  expect(renewed.map((each) => each.split("=")[0])).toEqual([`${COOKIE_PREFIX}.session_data`]);
  await db.delete(session).where(eq(session.id, second?.id ?? ""));
  expect(await isIn([withoutCache(second?.cookie ?? ""), ...renewed].join("; "))).toBe(false);
});

test("without a cookie cache, a page shown to another person gets 409 and a forged token is rejected", async () => {
  const [{ sessions, person }, other] = [await withSessions(1), await withSessions(1)];
  const cookie = withoutCache(sessions[0]?.cookie ?? "");
  const asked = (seenBy: string) =>
    ask(profileOf, { url: "/settings/account", cookie, headers: { "Seen-By": seenBy, Accept: "application/json" } });
  expect((await asked(person.id)).status).toBe(200);
  expect((await asked(other.person.id)).status).toBe(409);
  const forged = await ask(profileOf, { url: "/settings/account", cookie: cookie.replace(/.{8}$/, "AAAAAAA%3D") });
  expect(forged.status).toBe(302);
});

test("a used session is extended to seven days at most once a day, and an expired one is not revived", async () => {
  const { sessions } = await withSessions(1);
  const { id = "", cookie = "" } = sessions[0] ?? {};
  const isThis = eq(session.id, id);
  const daysLeft = async () => {
    const [row] = await db.select({ expiresAt: session.expiresAt }).from(session).where(isThis);
    return row === undefined ? null : Math.round((row.expiresAt.getTime() - Date.now()) / DAY_MS);
  };
  const expireIn = (days: number) =>
    db
      .update(session)
      .set({ expiresAt: new Date(Date.now() + days * DAY_MS) })
      .where(isThis);
  await expireIn(5);
  expect([await isIn(withoutCache(cookie)), await daysLeft()]).toEqual([true, 7]);
  await expireIn(6.5);
  expect([await isIn(withoutCache(cookie)), await daysLeft()]).toEqual([true, 6]);
  await expireIn(-1);
  expect([await isIn(withoutCache(cookie)), await daysLeft()]).toEqual([false, -1]);
});

test("nobody ends a session that is not theirs", async () => {
  const [{ sessions }, eve] = [await withSessions(1), await withSessions(1)];
  const params = { session: sessions[0]?.id ?? "" };
  const url = `/settings/security/sessions/${params.session}/end`;
  await ask(endSession, { url, params, cookie: eve.sessions[0]?.cookie ?? "", form: {} });
  expect(await isIn(sessions[0]?.cookie ?? "")).toBe(true);
});

test("only ended sessions are logged, and devices are forgotten even when there are no other sessions", async () => {
  const [{ person, sessions }, stranger] = [await withSessions(2), await withSessions(1)];
  const [first, second] = sessions;
  const cookie = first?.cookie ?? "";
  const ended = () =>
    db.$count(auditEntry, and(eq(auditEntry.actorId, person.id), eq(auditEntry.action, "session.ended")));
  const end = (id: string) =>
    ask(endSession, { url: `/settings/security/sessions/${id}/end`, params: { session: id }, cookie, form: {} });
  for (const id of ["no-such-session", stranger.sessions[0]?.id ?? ""]) {
    expect([(await end(id)).status, await ended()]).toEqual([303, 0]);
  }
  for (let times = 0; times < 2; times += 1) {
    expect([(await end(second?.id ?? "")).status, await ended()]).toEqual([303, 1]);
  }
  const expiresAt = new Date(Date.now() + 60_000);
  await db.insert(rememberedDevice).values({
    ...{ id: crypto.randomUUID(), userId: person.id, authenticatorId: "app", expiresAt },
    ...{ tokenHash: person.id, deviceHash: "another" },
  });
  const others = await ask(endOthers, { url: "/settings/security/sessions/end-others", cookie, form: {} });
  expect([others.status, await ended()]).toEqual([303, 1]);
  expect(await db.$count(rememberedDevice, eq(rememberedDevice.userId, person.id))).toBe(0);
  await ask(endAll, { url: "/settings/security/sessions/end-all", cookie, form: {} });
  expect(await ended()).toBe(2);
});

test("when a session was last used is kept to the minute, without a write per request", async () => {
  const { sessions } = await withSessions(1);
  const [kept] = sessions;
  const isThis = eq(session.id, kept?.id ?? "");
  const lastSeen = async () => (await db.select().from(session).where(isThis))[0]?.lastSeenAt.getTime() ?? 0;
  const halfAMinuteAgo = Date.now() - 30_000;
  await db
    .update(session)
    .set({ lastSeenAt: new Date(halfAMinuteAgo) })
    .where(isThis);
  await isIn(kept?.cookie ?? "");
  expect(await lastSeen()).toBe(halfAMinuteAgo);
  await db
    .update(session)
    .set({ lastSeenAt: new Date(Date.now() - 61_000) })
    .where(isThis);
  await isIn(kept?.cookie ?? "");
  expect(Date.now() - (await lastSeen())).toBeLessThan(10_000);
});

test("a sign-in from a new device is told by mail; the first device and a known one are not", async () => {
  const person = await aPerson(db);
  const signInOn = async (cookie: string | null) => {
    const { services, settle } = await visit({ url: "/", cookie });
    await services.signIns().open(person.id, { method: "password", factors: 1, holds: sql`true` });
    await settle();
    const cookies = services.trace.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
    return cookies.find((each) => each.startsWith(`${PRODUCT_SLUG}.device=`)) ?? "";
  };
  const mails = async () => (await mailsTo(db, person.email)).length;
  const home = await signInOn(null);
  expect(await mails()).toBe(0);
  await signInOn(home);
  expect(await mails()).toBe(0);
  const work = await signInOn(null);
  expect(await mails()).toBe(1);
  await signInOn(work);
  expect(await mails()).toBe(1);
  expect(await db.$count(knownDevice, eq(knownDevice.userId, person.id))).toBe(2);
});

test("a sign-in stores the browser's time zone for browsers that send none, and the person's choice wins", async () => {
  const person = await aPerson(db);
  const zoneAfter = async (told: string | null) => {
    const { services, settle } = await visit({ url: "/", cookie: told && `${TIME_ZONE_COOKIE}=${told}` });
    await services.signIns().open(person.id, { method: "password", factors: 1, holds: sql`true` });
    await settle();
    const cookies = services.trace.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
    const next = await visit({ url: "/", cookie: cookies.join("; ") });
    return timeZoneOf(next.services.timeZones);
  };
  expect(await zoneAfter(null)).toBeNull();
  expect(await zoneAfter("Asia/Kathmandu")).toBe("Asia/Kathmandu");
  expect(await zoneAfter("Mars/Olympus")).toBe("Asia/Kathmandu");
  expect(await zoneAfter("Asia/Calcutta")).toBe("Asia/Kolkata");
  await db.update(user).set({ timeZone: "Europe/Berlin" }).where(eq(user.id, person.id));
  expect(await zoneAfter("Pacific/Honolulu"), "the person's choice wins over the browser's zone").toBe("Europe/Berlin");
});
