import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { mailboxMessage } from "#app/db/schema/mail.ts";
import { failedAttempt, session, signUp, user, verification } from "#app/db/schema/people.ts";
import { PRODUCT_SLUG } from "#app/product.ts";
import { action as forgotPassword } from "#app/routes/account/forgot-password.ts";
import { action as resendVerification } from "#app/routes/account/resend-verification.ts";
import { action as askCode } from "#app/routes/account/sign-in.code.ts";
import { action as enterCode } from "#app/routes/account/sign-in.code-enter.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { action as correctAddress } from "#app/routes/account/sign-up.correct.ts";
import { action as requestSignUp } from "#app/routes/account/sign-up.ts";
import { loader as openLink, action as proveAddress } from "#app/routes/account/verify-email.ts";
import { loader as invitationPage } from "#app/routes/invitations/accept.tsx";
import { loader as joinPage } from "#app/routes/invitations/join.tsx";
import { anInvitation, anInviteLink, anOrganization, aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { linkIn, mailsTo as mailsIn } from "#app/test/mails.ts";
import { aBrowser, ask } from "#app/test/requests.ts";

const db = testDatabase();

const password = "a fine long password";

function anAddress() {
  return `${crypto.randomUUID()}@person.test`;
}

/** Each request has a network address of its own, so that the tests do not share rate limits. */
function fromSomewhere() {
  return { "cf-connecting-ip": crypto.randomUUID() };
}

async function signUpAs(email: string, form: Record<string, string> = {}) {
  const all = { name: "Ada", email, password, redirectTo: "/organizations", ...form };
  const browser = aBrowser();
  const answered = await browser.ask(requestSignUp, { url: "/signup", form: all, headers: fromSomewhere() });
  return { ...answered, browser, sent: (answered.body as { sent: { signUp: string } }).sent };
}

async function provenAs(email: string) {
  const { browser, ...answered } = await signUpAs(email);
  return { ...answered, proved: await follow(await tokenOf(email, "/verify-email"), browser) };
}

const mailsTo = (email: string) => mailsIn(db, email);
const tokenOf = (email: string, path: string) => linkIn(db, email, path);

async function follow(token: string, browser = aBrowser(), chosen: Record<string, string> = {}) {
  return browser.ask(proveAddress, { url: `/verify-email?token=${token}`, form: { token, ...chosen } });
}

async function signInAs(email: string, form: Record<string, string> = {}) {
  const all = { email, password, redirectTo: "/", ...form };
  return ask(signIn, { url: "/login", form: all, headers: fromSomewhere() });
}

function cookiesIn({ services }: { services: { trace: { headers: Headers } } }) {
  return services.trace.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

test("a person signs up, follows the link, is signed in and goes on to where they were going", async () => {
  const email = anAddress();
  const { browser } = await signUpAs(email);
  expect(await db.select().from(user).where(eq(user.email, email))).toEqual([]);
  const proved = await follow(await tokenOf(email, "/verify-email"), browser);
  expect([proved.status, proved.headers.get("Location")]).toEqual([303, "/organizations"]);
  expect(cookiesIn(proved)).toMatch(new RegExp(`${PRODUCT_SLUG}\\.session_token=.+${PRODUCT_SLUG}\\.session_data=`));
  const [person] = await db.select().from(user).where(eq(user.email, email));
  expect(person).toMatchObject({ name: "Ada", emailVerified: true });
  const signedIn = await signInAs(email);
  expect(signedIn.status).toBe(303);
  expect(
    [proved.services.trace.trips, signedIn.services.trace.trips],
    "limits and lookups come first, then one batch",
  ).toEqual([2, 3]);
});

test("a person's name is kept as one line of text", async () => {
  const email = anAddress();
  await signUpAs(email, { name: " Ada\u0000\r\n  Lovelace " });
  const [kept] = await db.select().from(signUp).where(eq(signUp.email, email));
  expect(kept?.name).toBe("Ada Lovelace");
});

test("a sign-up with a known address returns the same in as many trips, and its owner gets a mail", async () => {
  const email = anAddress();
  const first = await provenAs(email);
  const second = await signUpAs(email, { name: "Eve", password: "another long password" });
  expect(second.status).toBe(first.status);
  expect(Object.keys(second.body as object)).toEqual(Object.keys(first.body as object));
  expect(second.services.trace.trips).toBe(first.services.trace.trips);
  const [newest] = await mailsTo(email);
  expect(newest?.text).toContain("/forgot-password");
  expect(newest?.text).not.toContain("/verify-email");
  expect(newest?.text).not.toContain("Eve");
  expect((await signInAs(email, { password: "another long password" })).status, "it signs nobody in").toBe(200);
  expect((await signInAs(email)).status).toBe(303);
});

const stranger = { name: "Eve", password: "the stranger's password" };

test("after a stranger's sign-up every response is the same, whether or not the address has an account", async () => {
  const [known, unknown] = [anAddress(), anAddress()];
  await provenAs(known);
  const organization = await anOrganization(db);
  const link = await anInviteLink(db, { organizationId: organization.id, createdBy: (await aPerson(db)).id });
  const [ofKnown, ofUnknown] = await Promise.all(
    [known, unknown].map(async (email) => {
      const { browser, sent, ...signedUp } = await signUpAs(email, stranger);
      const { token } = await anInvitation(db, { organization, email });
      const isOwn = eq(signUp.id, sent.signUp);
      const there = new Set([email, sent.signUp, token]);
      const seen: unknown[] = [said(signedUp, there)];
      const does = async (who: Asking, what: Parameters<Asking>[0], url: string, form?: Record<string, string>) =>
        seen.push(
          [url.split("?")[0], form?.password],
          said(await who(what, { url, ...(form && { form }), headers: fromSomewhere() }), there),
        );
      const elsewhere = aBrowser().ask;
      const signsIn = (password: string, who = elsewhere) =>
        does(who, signIn, "/login", { email, password, redirectTo: "/" });
      await signsIn(stranger.password);
      await signsIn("some other password");
      await does(elsewhere, askCode, "/login/code", { email, redirectTo: "/" });
      await does(elsewhere, enterCode, "/login/code/enter", { email, code: "000000", redirectTo: "/" });
      await does(elsewhere, forgotPassword, "/forgot-password", { email });
      await does(elsewhere, invitationPage, `/accept-invite?id=${token}`);
      await does(elsewhere, joinPage, `/join?id=${link.token}`);
      await db
        .update(signUp)
        .set({ expiresAt: new Date(0) })
        .where(isOwn);
      await does(elsewhere, resendVerification, "/verify-email/resend", { signUp: sent.signUp });
      seen.push((await db.select().from(signUp).where(isOwn)).map(({ expiresAt }) => expiresAt > new Date()));
      await signsIn(stranger.password, browser.ask);
      await does(browser.ask, invitationPage, `/accept-invite?id=${token}`);
      await does(browser.ask, correctAddress, "/signup/correct", { signUp: sent.signUp });
      await signsIn(stranger.password);
      await does(browser.ask, requestSignUp, "/signup", { ...stranger, email, redirectTo: "/" });
      await signsIn(stranger.password);
      return seen;
    }),
  );
  expect(ofKnown).toEqual(ofUnknown);
  expect(ofKnown).toHaveLength(2 * 14 + 2);
  const mails = (await mailsTo(known)).map(
    ({ text }) => /\/(verify-email|forgot-password|reset-password)/.exec(text)?.[1],
  );
  expect(
    mails.filter((path) => path === "verify-email"),
    "only the person's own sign-up sent one",
  ).toHaveLength(1);
});

test("asking for a code or a link and typing a code write a row for any address, since a commit takes time", async () => {
  const known = anAddress();
  await provenAs(known);
  for (const email of [known, anAddress()]) {
    const { ask } = aBrowser();
    for (const [what, url, form] of [
      [forgotPassword, "/forgot-password", { email }],
      [askCode, "/login/code", { email, redirectTo: "/" }],
      [enterCode, "/login/code/enter", { email, code: "000000", redirectTo: "/" }],
    ] as const) {
      const { services } = await ask(what, { url, form, headers: fromSomewhere() });
      const isEven = and(eq(verification.value, ""), eq(verification.expiresAt, services.now));
      expect(await db.$count(verification, isEven), `${url} for ${email}`).toBe(1);
    }
  }
});

type Asking = ReturnType<typeof aBrowser>["ask"];

/** All that a browser sees of a response, without the parts that differ by address or time. */
function said({ status, body, headers, services }: Awaited<ReturnType<Asking>>, there: ReadonlySet<string>) {
  const isResponse = body instanceof Response;
  const hidden = (text: string) =>
    [...there].reduce((left, each) => left.replaceAll(each, "…").replaceAll(encodeURIComponent(each), "…"), text);
  const cookies = services.trace.headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, "="));
  return {
    ...{ status, cookies, location: hidden(headers.get("Location") ?? ""), trips: services.trace.trips },
    body: hidden(isResponse ? "" : JSON.stringify(body)).replaceAll(/[\w-]{36,43}|\d{13}/g, "…"),
  };
}

test("signing in with a stranger's sign-up password counts as a failed attempt on the existing account", async () => {
  const email = anAddress();
  await provenAs(email);
  await signUpAs(email, stranger);
  expect((await signInAs(email, stranger)).body).toMatchObject({ unproven: {} });
  const attempts = db.select().from(failedAttempt).innerJoin(user, eq(user.id, failedAttempt.userId));
  expect((await attempts.where(eq(user.email, email))).map((row) => row.failed_attempt)).toMatchObject([
    { method: "password", count: 1 },
  ]);
  expect(
    await db.select().from(session).innerJoin(user, eq(user.id, session.userId)).where(eq(user.email, email)),
  ).toHaveLength(1);
});

test("a sign-up link works once, even when it is followed three times at the same time", async () => {
  const email = anAddress();
  const { browser } = await signUpAs(email);
  const token = await tokenOf(email, "/verify-email");
  const followed = await Promise.all([1, 2, 3].map(() => follow(token, aBrowser(browser.cookie))));
  expect(followed.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
  const { body } = await ask(openLink, { url: `/verify-email?token=${token}` });
  expect(body).toMatchObject({ link: { state: "used" } });
});

test("opening a sign-up link does not use it up", async () => {
  const email = anAddress();
  const { browser } = await signUpAs(email);
  const token = await tokenOf(email, "/verify-email");
  const { body } = await ask(openLink, { url: `/verify-email?token=${token}` });
  expect(body).toMatchObject({ link: { state: "open" } });
  expect((await follow(token, browser)).status).toBe(303);
});

test("an account gets the password from its owner's sign-up, not from a stranger's earlier one", async () => {
  const email = anAddress();
  await signUpAs(email, { password: "the stranger's password" });
  const { browser } = await signUpAs(email, { password: "the owner's own password" });
  await follow(await tokenOf(email, "/verify-email"), browser);
  expect((await signInAs(email, { password: "the stranger's password" })).status).toBe(401);
  expect((await signInAs(email, { password: "the owner's own password" })).status).toBe(303);
  expect(await db.select().from(signUp).where(eq(signUp.email, email))).toHaveLength(1);
});

test("an expired link offers a new one, which works in place of the old", async () => {
  const email = anAddress();
  const { browser } = await signUpAs(email);
  const old = await tokenOf(email, "/verify-email");
  await db
    .update(signUp)
    .set({ expiresAt: new Date(0) })
    .where(eq(signUp.email, email));
  const { body } = await ask(openLink, { url: `/verify-email?token=${old}` });
  const { link } = body as { link: { state: string; signUp: string } };
  expect(link.state).toBe("expired");
  expect((await follow(old, browser)).status).toBe(410);
  await ask(resendVerification, {
    url: "/verify-email/resend",
    form: { signUp: link.signUp },
    headers: fromSomewhere(),
  });
  const fresh = await tokenOf(email, "/verify-email");
  expect(fresh).not.toBe(old);
  expect((await follow(old, browser)).status).toBe(410);
  expect((await follow(fresh, browser)).status).toBe(303);
});

test("a request for a new link with an invented id gets the same as for a real one, and sends no mail", async () => {
  const { sent } = await signUpAs(anAddress());
  const resend = async (id: string) => {
    const before = await db.$count(mailboxMessage);
    const there = { url: "/verify-email/resend", form: { signUp: id }, headers: fromSomewhere() };
    const answered = said(await ask(resendVerification, there), new Set([id]));
    return { answered, mails: (await db.$count(mailboxMessage)) - before };
  };
  const [real, invented] = [await resend(sent.signUp), await resend(crypto.randomUUID())];
  expect(invented.answered).toEqual(real.answered);
  expect([real.answered.status, real.mails, invented.mails]).toEqual([200, 1, 0]);
});

test("asking for a new link costs as many trips when the address has an account by now", async () => {
  const known = anAddress();
  await provenAs(known);
  const [again, fresh] = await Promise.all([signUpAs(known), signUpAs(anAddress())]);
  const [first, second] = await Promise.all(
    [again, fresh].map(({ sent: { signUp } }) =>
      ask(resendVerification, { url: "/verify-email/resend", form: { signUp }, headers: fromSomewhere() }),
    ),
  );
  expect(first?.status).toBe(second?.status);
  expect(first?.services.trace.trips).toBe(second?.services.trace.trips);
  expect(await mailsTo(known)).toHaveLength(2);
});

test("a sign-up gets three new links a minute, whichever network address asks for them", async () => {
  const { sent } = await signUpAs(anAddress());
  const ask4 = Array.from({ length: 4 }, () =>
    ask(resendVerification, { url: "/verify-email/resend", form: { signUp: sent.signUp }, headers: fromSomewhere() }),
  );
  expect((await Promise.all(ask4)).map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
});

test("only the browser that signed up can correct the address; the form is refilled and the old link is dead", async () => {
  const [mistyped, right] = [anAddress(), anAddress()];
  const { browser, sent } = await signUpAs(mistyped);
  const former = await tokenOf(mistyped, "/verify-email");
  const correct = (who: ReturnType<typeof aBrowser>) =>
    who.ask(correctAddress, { url: "/signup/correct", form: { signUp: sent.signUp }, headers: fromSomewhere() });
  expect((await correct(aBrowser())).body, "another browser cannot correct it").toEqual({ typed: null });
  expect(await db.$count(signUp, eq(signUp.email, mistyped))).toBe(1);
  expect((await correct(browser)).body).toEqual({
    typed: { name: "Ada", email: mistyped, redirectTo: "/organizations" },
  });
  expect((await follow(former, browser)).status).toBe(410);
  expect((await correct(browser)).body, "it works only once").toEqual({ typed: null });
  const form = { name: "Ada", email: right, password, redirectTo: "/organizations" };
  await browser.ask(requestSignUp, { url: "/signup", form, headers: fromSomewhere() });
  expect((await follow(await tokenOf(right, "/verify-email"), browser)).status).toBe(303);
  expect(await db.$count(user, eq(user.email, mistyped))).toBe(0);
});

test("the right password on an unproved address offers a new link, a wrong one does not", async () => {
  const email = anAddress();
  await signUpAs(email);
  expect((await signInAs(email)).body).toMatchObject({ unproven: { signUp: expect.any(String) } });
  expect((await signInAs(email, { password: "not my password" })).status).toBe(401);
  expect(
    await db.select().from(session).innerJoin(user, eq(user.id, session.userId)).where(eq(user.email, email)),
  ).toEqual([]);
});

test("weak and common passwords are refused at their field, without a trip", async () => {
  for (const weak of ["short", "passwordpassword", "qwertyuiop123456", "aaaaaaaaaaaaaa"]) {
    const { status, body, services } = await ask(requestSignUp, {
      url: "/signup",
      form: { name: "Ada", email: anAddress(), password: weak },
    });
    expect(status, weak).toBe(400);
    expect(body).toMatchObject({ error: { password: [expect.any(String)] }, initialValue: { name: "Ada" } });
    expect(JSON.stringify(body)).not.toContain(weak);
    expect(services.trace.trips).toBe(0);
  }
});
