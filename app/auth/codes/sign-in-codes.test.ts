import { env } from "cloudflare:test";
import { and, eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { failedAttempt, session, signInCode } from "#app/db/schema/people.ts";
import { action as forgotPassword } from "#app/routes/account/forgot-password.ts";
import { action as resetPassword } from "#app/routes/account/reset-password.ts";
import { action as sendCode } from "#app/routes/account/sign-in.code.ts";
import { action as enterCode } from "#app/routes/account/sign-in.code-enter.ts";
import { loader as profile } from "#app/routes/settings/account.tsx";
import { action as changePassword } from "#app/routes/settings/security.password.ts";
import { aPerson, aSession, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { linkIn, mailsTo } from "#app/test/mails.ts";
import { aBrowser, cookiesOf } from "#app/test/requests.ts";
import { runSchedule } from "../../../workers/schedule.ts";
import { CODE_TRIES } from "../limits.ts";

const db = testDatabase();
const password = "a fine long password";

type Browser = ReturnType<typeof aBrowser>;

const headers = () => ({ "cf-connecting-ip": crypto.randomUUID() });

const ask = (browser: Browser, email: string) =>
  browser.ask(sendCode, { url: "/login/code", form: { email, redirectTo: "/organizations" }, headers: headers() });

const enter = (browser: Browser, email: string, code: string) =>
  browser.ask(enterCode, {
    ...{ url: "/login/code/enter", headers: headers() },
    form: { email, code, redirectTo: "/organizations" },
  });

async function codeFor(email: string): Promise<string> {
  const [newest] = (await mailsTo(db, email)).filter(({ subject }) => subject.startsWith("Your code"));
  const code = newest?.text.match(/\b\d{6}\b/)?.[0];
  if (code === undefined) throw new Error("No code was mailed.");
  return code;
}

async function asking(person?: Awaited<ReturnType<typeof aPerson>>) {
  const known = person ?? (await withPassword(db, await aPerson(db), password));
  const browser = aBrowser();
  await ask(browser, known.email);
  return { person: known, browser, code: await codeFor(known.email) };
}

const sessionsOf = (id: string) => db.$count(session, eq(session.userId, id));

const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

test("a mailed code signs in once, in the browser that requested it, and the session and the log record it", async () => {
  const { person, browser, code } = await asking();
  const [kept] = await db.select().from(signInCode).where(eq(signInCode.userId, person.id));
  expect(JSON.stringify(kept)).not.toContain(code);
  const signedOut = aBrowser(browser.cookie);
  const entered = await enter(browser, person.email, ` ${code.slice(0, 3)} ${code.slice(3)} `);
  expect([entered.status, entered.headers.get("Location")]).toEqual([303, "/organizations"]);
  expect(await db.select().from(session).where(eq(session.userId, person.id))).toMatchObject([
    { method: "code", factors: 1 },
  ]);
  const started = and(eq(auditEntry.actorId, person.id), eq(auditEntry.action, "session.started"));
  expect(await db.$count(auditEntry, started)).toBe(1);
  expect((await browser.ask(profile, { url: "/settings/account" })).status).toBe(200);
  expect((await enter(signedOut, person.email, code)).status, "a code works only once").toBe(401);
  expect(await sessionsOf(person.id)).toBe(1);
});

test("a code that is entered again where it has signed in leads on, to the second step if that is missing", async () => {
  const { person, browser, code } = await asking();
  const other = await aPerson(db);
  for (const leads of ["/organizations", "/login/second-step?redirectTo=%2Forganizations"]) {
    for (const _tab of ["first", "second"]) {
      const { status, headers } = await enter(browser, person.email, await codeFor(person.email));
      expect([status, headers.get("Location")]).toEqual([303, leads]);
    }
    await db.insert(authenticator).values({ id: crypto.randomUUID(), userId: person.id }).onConflictDoNothing();
    await ask(browser, person.email);
  }
  expect(await sessionsOf(person.id)).toBe(1);
  expect((await enter(browser, other.email, code)).status, "only their own address").toBe(401);
  await db.delete(session).where(eq(session.userId, person.id));
  expect((await enter(browser, person.email, "000000")).status, "not after the session has ended").toBe(401);
});

test("another browser cannot use the code, even after it has requested a code of its own", async () => {
  const { person, browser, code } = await asking();
  const stranger = aBrowser();
  expect((await enter(stranger, person.email, code)).status, "this browser requested no code").toBe(401);
  await ask(stranger, person.email);
  const others = await codeFor(person.email);
  expect((await enter(stranger, person.email, code)).status, "this browser requested another code").toBe(
    code === others ? 303 : 401,
  );
  expect((await enter(browser, person.email, code)).status).toBe(303);
});

test("one code that is entered twenty times at the same time opens one session", async () => {
  const { person, browser, code } = await asking();
  const cookie = browser.cookie;
  const all = await Promise.all(Array.from({ length: 20 }, () => enter(aBrowser(cookie), person.email, code)));
  expect(all.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(await sessionsOf(person.id)).toBe(1);
});

test("a code expires after ten minutes, then signs nobody in, and the schedule deletes it", async () => {
  const began = Date.now();
  const { person, browser, code } = await asking();
  const isTheirs = eq(signInCode.userId, person.id);
  const [kept] = await db.select().from(signInCode).where(isTheirs);
  const expires = (kept?.expiresAt.getTime() ?? 0) - 10 * 60_000;
  expect(expires).toBeGreaterThanOrEqual(began);
  expect(expires).toBeLessThanOrEqual(Date.now());
  await db
    .update(signInCode)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(isTheirs);
  expect((await enter(browser, person.email, code)).status).toBe(401);
  await runSchedule(env, new Date());
  expect(await db.$count(signInCode, isTheirs)).toBe(0);
});

test("after five wrong codes the right one fails, a new one works, and the failed attempts are recorded", async () => {
  const { person, browser, code } = await asking();
  for (let time = 0; time < CODE_TRIES; time += 1) {
    expect((await enter(browser, person.email, wrongOf(code))).status).toBe(401);
  }
  expect((await enter(browser, person.email, code)).status).toBe(401);
  const failed = and(eq(failedAttempt.userId, person.id), eq(failedAttempt.method, "mailed-code"));
  expect(await db.select({ count: failedAttempt.count }).from(failedAttempt).where(failed)).not.toEqual([]);
  await ask(browser, person.email);
  expect((await enter(browser, person.email, await codeFor(person.email))).status).toBe(303);
});

test("four wrong codes leave the right one open", async () => {
  const { person, browser, code } = await asking();
  for (let time = 1; time < CODE_TRIES; time += 1) await enter(browser, person.email, wrongOf(code));
  expect((await enter(browser, person.email, code)).status).toBe(303);
});

test("a code works only for its own address, and stops working when the browser requests a newer one", async () => {
  const [one, other] = [await aPerson(db), await aPerson(db)];
  const { browser, code } = await asking(one);
  await ask(browser, other.email);
  const others = await codeFor(other.email);
  expect((await enter(browser, other.email, code)).status).toBe(code === others ? 303 : 401);
  await ask(browser, one.email);
  const newer = await codeFor(one.email);
  expect((await enter(browser, one.email, code)).status).toBe(code === newer ? 303 : 401);
  expect(await db.$count(signInCode, eq(signInCode.userId, one.id))).toBe(1);
});

test("a code that signs in ends no other code, and wrong tries in another browser do not count against it", async () => {
  const [{ person, browser, code }, other] = [await asking(), await asking()];
  const stranger = aBrowser();
  await ask(stranger, person.email);
  const others = await codeFor(person.email);
  for (let time = 0; time <= CODE_TRIES; time += 1) await enter(stranger, person.email, wrongOf(others));
  expect((await enter(browser, person.email, code)).status).toBe(303);
  expect((await enter(other.browser, other.person.email, other.code)).status).toBe(303);
});

test("a code stops working when the password is changed or reset by a link", async () => {
  const { person, browser, code } = await asking();
  const signedIn = aBrowser(await cookiesOf(await aSession(db, person)));
  const form = { currentPassword: password, password: "seven quiet herons" };
  const changed = await signedIn.ask(changePassword, { url: "/settings/security/password", form });
  expect(changed.status).toBe(303);
  expect((await enter(browser, person.email, code)).status).toBe(401);

  const again = await asking(person);
  const from = { headers: headers() };
  await aBrowser().ask(forgotPassword, { url: "/forgot-password", form: { email: person.email }, ...from });
  const token = await linkIn(db, person.email, "/reset-password");
  const set = { token, password: "nine brown owls at dusk" };
  expect((await aBrowser().ask(resetPassword, { url: "/reset-password", form: set, ...from })).status).toBe(303);
  expect((await enter(again.browser, person.email, again.code)).status).toBe(401);
});

test("a mailed code is one factor: a person with an authenticator app must also enter the app's code", async () => {
  const { person, browser, code } = await asking();
  await db.insert(authenticator).values({ id: crypto.randomUUID(), userId: person.id });
  const entered = await enter(browser, person.email, code);
  expect([entered.status, entered.headers.get("Location")]).toEqual([
    303,
    "/login/second-step?redirectTo=%2Forganizations",
  ]);
  expect((await browser.ask(profile, { url: "/settings/account" })).status).toBe(302);
});

test("an unknown address gets the same response and cookies in as many trips, but no mail", async () => {
  const person = await aPerson(db);
  const nobody = `${crypto.randomUUID()}@person.test`;
  const asked = [await ask(aBrowser(), person.email), await ask(aBrowser(), nobody)];
  const shape = ({ status, headers, services }: (typeof asked)[number]) => ({
    status,
    to: headers.get("Location")?.replace(/email=[^&]*/, ""),
    trips: services.trace.trips,
    cookies: services.trace.headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, "")),
  });
  expect(asked.map(shape)[0]).toEqual(asked.map(shape)[1]);
  expect(await mailsTo(db, nobody)).toEqual([]);
  const entered = [await enter(aBrowser(), person.email, "000000"), await enter(aBrowser(), nobody, "000000")];
  expect(entered.map(({ status, services }) => [status, services.trace.trips])).toEqual([
    [401, entered[1]?.services.trace.trips],
    [401, entered[0]?.services.trace.trips],
  ]);
});

test("a fourth code within a minute has to wait, from whichever network", async () => {
  const { email } = await aPerson(db);
  const asked = await Promise.all(Array.from({ length: 4 }, () => ask(aBrowser(), email)));
  expect(asked.map(({ status }) => status).sort()).toEqual([303, 303, 303, 429]);
  await db.delete(rateLimit).where(like(rateLimit.key, `code:%:${email}`));
});
