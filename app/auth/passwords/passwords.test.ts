import { eq, inArray, like, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rateLimit } from "#app/db/schema/limits.ts";
import { mailboxMessage } from "#app/db/schema/mail.ts";
import { session, user, verification } from "#app/db/schema/people.ts";
import { action as forgotPassword } from "#app/routes/account/forgot-password.ts";
import { loader as resetPage, action as resetPassword } from "#app/routes/account/reset-password.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { action as signOut } from "#app/routes/account/sign-out.ts";
import { aPerson, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { linkIn, mailsTo } from "#app/test/mails.ts";
import { aBrowser, ask } from "#app/test/requests.ts";

const db = testDatabase();

const password = "a fine long password";

/** The address of a person with this password. */
async function aKnownAddress() {
  const { email } = await withPassword(db, await aPerson(db), password);
  return email;
}

const anAddress = () => `${crypto.randomUUID()}@person.test`;

/** Each request has a network address of its own, so that the tests do not share rate limits. */
const fromSomewhere = () => ({ "cf-connecting-ip": crypto.randomUUID() });

async function signInAs(email: string, form: Record<string, string> = {}, browser = aBrowser()) {
  const all = { email, password, redirectTo: "/", ...form };
  return browser.ask(signIn, { url: "/login", form: all, headers: fromSomewhere() });
}

test("a failed sign-in returns the same error for a wrong password and an unknown address", async () => {
  const email = await aKnownAddress();
  const wrong = await signInAs(email, { password: "not my password" });
  const unknown = await signInAs(anAddress());
  const { initialValue: _typed, ...said } = wrong.body as Record<string, unknown>;
  expect(unknown.body).toMatchObject(said);
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(unknown.services.trace.trips).toBe(wrong.services.trace.trips);
  expect(JSON.stringify(wrong.body)).not.toContain("not my password");
});

async function aResetLink(email: string) {
  await ask(forgotPassword, { url: "/forgot-password", form: { email }, headers: fromSomewhere() });
  return linkIn(db, email, "/reset-password");
}

test("a reset link works once and ends every session of the person", async () => {
  const email = await aKnownAddress();
  await signInAs(email);
  const token = await aResetLink(email);
  const form = { token, password: "my second long password" };
  const done = await ask(resetPassword, { url: `/reset-password?token=${token}`, form });
  expect([done.status, done.headers.get("Location")]).toEqual([303, "/login"]);
  expect(done.services.trace.headers.getSetCookie().join()).toContain(".said=account_reset_done;");
  const sessions = await db
    .select()
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(eq(user.email, email));
  expect(sessions).toEqual([]);
  expect((await ask(resetPassword, { url: `/reset-password?token=${token}`, form })).status).toBe(410);
  expect((await signInAs(email, { password: form.password })).status).toBe(303);
});

test("a reset link that has expired changes nothing", async () => {
  const email = await aKnownAddress();
  const token = await aResetLink(email);
  const ofPerson = db.select({ id: user.id }).from(user).where(eq(user.email, email));
  const expiresAt = new Date(Date.now() - 1);
  await db.update(verification).set({ expiresAt }).where(inArray(verification.value, ofPerson));
  const url = `/reset-password?token=${token}`;
  expect((await ask(resetPage, { url })).body).toMatchObject({ email: null });
  const form = { token, password: "my second long password" };
  expect((await ask(resetPassword, { url, form })).status).toBe(410);
  expect((await signInAs(email)).status).toBe(303);
});

test("a reset leaves the sessions and reset links of other people alone", async () => {
  const [email, other] = [await aKnownAddress(), await aKnownAddress()];
  const [token, others] = [await aResetLink(email), await aResetLink(other)];
  await signInAs(other);
  const sessionsOf = (address: string) =>
    db.$count(session, inArray(session.userId, db.select({ id: user.id }).from(user).where(eq(user.email, address))));
  const form = (link: string) => ({ token: link, password: "my second long password" });
  expect((await ask(resetPassword, { url: "/reset-password", form: form(token) })).status).toBe(303);
  expect(await sessionsOf(other)).toBe(1);
  expect((await signInAs(other)).status, "the other password is as before").toBe(303);
  expect((await ask(resetPassword, { url: "/reset-password", form: form(others) })).status).toBe(303);
});

test("a reset closes every other reset link of the person", async () => {
  const email = await aKnownAddress();
  const aLink = async () => {
    await ask(forgotPassword, { url: "/forgot-password", form: { email }, headers: fromSomewhere() });
    const [newest] = await db
      .select()
      .from(mailboxMessage)
      .where(eq(mailboxMessage.recipient, email))
      .orderBy(sql`rowid desc`);
    return newest?.text.match(/reset-password\?token=([\w-]+)/)?.[1] ?? "";
  };
  const [older, newer] = [await aLink(), await aLink()];
  expect(older).not.toBe(newer);
  const reset = async (token: string) =>
    (await ask(resetPassword, { url: "/reset-password", form: { token, password: "my second long password" } })).status;
  expect([await reset(newer), await reset(older)]).toEqual([303, 410]);
});

test("a password reset for an unknown address returns the same in as many trips, and sends no mail", async () => {
  const known = await aKnownAddress();
  const unknown = anAddress();
  const [first, second] = await Promise.all(
    [known, unknown].map((email) =>
      ask(forgotPassword, { url: "/forgot-password", form: { email }, headers: fromSomewhere() }),
    ),
  );
  expect(second?.status).toBe(first?.status);
  expect(second?.services.trace.trips).toBe(first?.services.trace.trips);
  expect(await mailsTo(db, unknown)).toEqual([]);
});

test("signing out ends only this browser's session in the database and clears what the browser cached", async () => {
  const email = await aKnownAddress();
  const browser = aBrowser();
  await signInAs(email, {}, browser);
  await signInAs(email);
  const sessions = async () =>
    (await db.select().from(session).innerJoin(user, eq(user.id, session.userId)).where(eq(user.email, email))).length;
  expect(await sessions()).toBe(2);
  const { status, services } = await browser.ask(signOut, { url: "/logout", method: "POST", form: {} });
  expect([status, services.trace.headers.get("Clear-Site-Data")]).toEqual([303, '"cache"']);
  expect(await sessions(), "the session of another browser stays").toBe(1);
});

test("the sixth sign-in within a minute has to wait, whichever network address it comes from", async () => {
  const email = anAddress();
  const attempts = await Promise.all(Array.from({ length: 6 }, () => signInAs(email)));
  expect(attempts.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429]);
});

test("after a sign-in the redirect never leads to another site", async () => {
  const email = await aKnownAddress();
  for (const elsewhere of [
    "https://evil.test/",
    "//evil.test",
    "/\\evil.test",
    "javascript:alert(1)",
    "/%09/evil.test",
  ]) {
    const { status, headers } = await signInAs(email, { redirectTo: elsewhere });
    const location = new URL(headers.get("Location") ?? "no location:", "https://ours.test");
    expect([status, location.origin], elsewhere).toEqual([303, "https://ours.test"]);
    await db.delete(rateLimit).where(like(rateLimit.key, `%${email}`));
  }
  const { headers } = await signInAs(email, { redirectTo: "/organizations?page=2" });
  expect(headers.get("Location"), "a path of this site is kept").toBe("/organizations?page=2");
});
