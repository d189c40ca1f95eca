import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { account, session, user } from "../../app/db/schema/people.ts";
import { anInvitation, aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, e2eDatabase, signIn } from "../people.ts";
import { anAddress, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();

/** Signs in at the provider and agrees there. Without scripts, the way back takes one more click. */
async function agree(page: Page, login: string, { scripts = true } = {}) {
  await typeLogin(page, login);
  await page.getByRole("button", { name: "Continue" }).click();
  if (!scripts) await page.getByRole("button", { name: "Continue" }).click();
}

async function typeLogin(page: Page, login: string) {
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
}

async function found(email: string) {
  const db = e2eDatabase();
  const [person] = await db.select().from(user).where(eq(user.email, email));
  const accounts = person ? await db.select().from(account).where(eq(account.userId, person.id)) : [];
  const sessions = person ? await db.select().from(session).where(eq(session.userId, person.id)) : [];
  return { person, accounts, sessions };
}

for (const scripts of [true, false]) {
  const how = scripts ? "" : " without JavaScript";

  test(`a stranger signs up through a provider, and comes back as the same person${how}`, async () => {
    const email = anAddress();
    for (const visits of [1, 2]) {
      await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: scripts }));
      const { page } = visit;
      const back = page.waitForResponse(
        (answer) => answer.url().includes("/callback") && answer.request().method() === "POST",
      );
      await page.goto(visits === 1 ? "/signup" : "/login?redirectTo=/settings/security");
      await page.getByRole("button", { name: "Continue with Acme ID" }).click();
      await agree(page, email, { scripts });
      expect((await back).headers()["server-timing"], "a newcomer's account and session are one batch").toContain(
        '"3 trips"',
      );
      await page.waitForURL(visits === 1 ? "**/onboarding" : "**/settings/security");
    }
    const { person, accounts, sessions } = await found(email);
    expect(person).toMatchObject({ name: "Ada Elsewhere", emailVerified: true, image: null });
    expect(accounts).toMatchObject([{ providerId: "openid", accessToken: null, refreshToken: null, idToken: null }]);
    expect(sessions.map(({ method }) => method)).toEqual(["openid", "openid"]);
  });

  test(`an address that the provider has not verified creates no account${how}`, async () => {
    const email = `unverified-${randomUUID()}@person.test`;
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: scripts }));
    const { page } = visit;
    await page.goto("/login");
    await page.getByRole("button", { name: "Continue with Acme ID" }).click();
    await agree(page, email, { scripts });
    await page.getByText("Acme ID hasn’t verified your email address").waitFor();
    expect((await found(email)).person).toBeUndefined();
  });
}

test("a person who cancels at the provider is told so, and can try again on the way to the same page", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/login?redirectTo=/notifications");
  await page.getByRole("button", { name: "Continue with Acme ID" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByText("You canceled at Acme ID.").waitFor();
  await page.getByRole("link", { name: "Try again" }).click();
  await page.waitForURL("**/login?redirectTo=%2Fnotifications");
});

test("a provider's error, a forged callback and another browser's callback sign nobody in", async () => {
  const email = anAddress();
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/login/openid/callback?error=server_error&state=none");
  await page.getByText("Acme ID couldn’t confirm who you are.").waitFor();
  await open(page, "/login/openid/callback?code=forged&state=forged");
  await page.getByText("Acme ID couldn’t confirm who you are.").waitFor();

  // One browser's return URL signs nobody in when another browser opens it, since the cookie is missing.
  await using still = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  await still.page.goto("/login");
  await still.page.getByRole("button", { name: "Continue with Acme ID" }).click();
  await agree(still.page, email);
  await still.page.getByRole("heading", { name: "Almost done" }).waitFor();
  await open(page, still.page.url());
  await page.getByText("Acme ID couldn’t confirm who you are.").waitFor();
  expect((await found(email)).person).toBeUndefined();
});

test("an invitation is kept on the way through a provider", async () => {
  const { db, organization } = await aWorkplace();
  const email = anAddress();
  const { token } = await anInvitation(db, { organization, email });
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, `/accept-invite?id=${token}`);
  await page.getByRole("link", { name: "Sign in" }).first().click();
  await page.getByRole("button", { name: "Continue with Acme ID" }).click();
  await agree(page, email);
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL(`**/organizations/${organization.slug}/dashboard`);
});

test("a link that one person began is not finished by the person who signed in to the browser meanwhile", async () => {
  const db = e2eDatabase();
  const [person, other] = [await aPerson(db), await aPerson(db)];
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, person);
  await open(page, "/settings/security/accounts/openid/link");
  await page.getByRole("button", { name: "Continue with Acme ID" }).click();
  await page.getByPlaceholder("Enter any login").waitFor();
  await signIn(context, other);
  await agree(page, anAddress());
  await page.getByText("Acme ID couldn’t confirm who you are.").first().waitFor();
  for (const { id } of [person, other]) expect(await db.$count(account, eq(account.userId, id))).toBe(0);
});

test("a person links a provider, confirms with it, and cannot unlink the only one; others cannot link it", async () => {
  const db = e2eDatabase();
  const [person, other] = [await aPerson(db), await aPerson(db)];
  const login = anAddress();
  for (const each of [person, other]) {
    await using visit = await browser.visit(fromSomewhere());
    const { page } = visit;
    await signIn(visit.context, each);
    await open(page, "/settings/security");
    await page.getByRole("link", { name: "Connect Acme ID" }).click();
    await page.getByRole("button", { name: "Continue with Acme ID" }).click();
    await agree(page, login);
    if (each === other) {
      await page.getByText("This Acme ID account is already connected to someone else’s account here.").waitFor();
      continue;
    }
    await page.getByRole("link", { name: "Disconnect" }).waitFor();
    const isTheirs = eq(session.userId, person.id);
    await db
      .update(session)
      .set({ provenAt: new Date(0) })
      .where(isTheirs);
    const before = Date.now();
    await page.goto("/settings/account/email");
    // The provider asks the person to sign in again, even if they are signed in there.
    await page.getByRole("button", { name: "Confirm with Acme ID" }).click();
    await typeLogin(page, login);
    await page.waitForURL("**/settings/account/email");
    const [proved] = await db.select({ provenAt: session.provenAt }).from(session).where(isTheirs);
    expect(proved?.provenAt.getTime()).toBeGreaterThan(before);

    await page.goto("/settings/security");
    await page.getByRole("link", { name: "Disconnect" }).click();
    await page.getByRole("button", { name: "Disconnect" }).click();
    await page.getByText("This is your only way to sign in.").first().waitFor();
  }
  const linked = await db
    .select({ userId: account.userId })
    .from(account)
    .where(and(eq(account.providerId, "openid"), eq(account.accountId, login)));
  expect(linked).toEqual([{ userId: person.id }]);
});
