import { eq } from "drizzle-orm";
import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { PASSKEYS_MAXIMUM } from "../../app/auth/limits.ts";
import { passkey } from "../../app/db/schema/factors.ts";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { session } from "../../app/db/schema/people.ts";
import { networkOf } from "../../app/operation/limits.server.ts";
import { aPerson, type Person, withPassword } from "../../app/test/builders.ts";
import { openBrowser, type Visit } from "../browser.ts";
import { e2eDatabase, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { fromSomewhere, open, PASSWORD, requestsOf, signOut } from "./steps.ts";

const browser = openBrowser();

/** A virtual device that stores passkeys and verifies its owner. After `knows(false)`, it no longer verifies the owner. */
async function aDevice(context: BrowserContext, page: Page) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    knows: (isUserVerified: boolean) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    credentials: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}

/** Adds a passkey for a person, then clears the cookies, so that nobody is signed in. */
async function addPasskey({ context, page }: Visit, person: Person) {
  await signIn(context, person);
  await open(page, "/settings/security/passkeys");
  await page.getByLabel("Passkey name").fill("Phone");
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.getByText("Phone", { exact: true }).waitFor();
  await context.clearCookies();
}

test("a person adds a passkey, signs in and confirms with it, renames it, and removes it", async () => {
  const db = e2eDatabase();
  const person = await aPerson(db, { name: "Ada Example" });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  const device = await aDevice(context, page);
  await signIn(context, person);

  await open(page, "/settings/security");
  await page.getByRole("link", { name: "Add passkey" }).click();
  await page.getByLabel("Passkey name").fill("My laptop");
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.getByText("My laptop", { exact: true }).waitFor();
  expect(await device.credentials()).toMatchObject([{ isResidentCredential: true, rpId: "localhost" }]);

  // The same device makes no second passkey, and the name can be left out.
  await page.getByRole("link", { name: "Add passkey" }).click();
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.getByText("This device already has a passkey for your account.").waitFor();

  await page.goto("/organizations");
  await signOut(page, person);
  const taken = page.waitForResponse((answer) => /\/login\/passkey(\.data)?(\?|$)/.test(answer.url()));
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  expect((await taken).headers()["server-timing"]).toContain('"3 trips"');
  await page.waitForURL(({ pathname }) => pathname === "/onboarding" || pathname === "/organizations");
  const mine = eq(session.userId, person.id);
  expect(
    await db.select({ method: session.method, factors: session.factors }).from(session).where(mine),
  ).toContainEqual({ method: "passkey", factors: 2 });

  await db
    .update(session)
    .set({ provenAt: new Date(0) })
    .where(mine);
  await open(page, "/settings/account/email");
  await page.getByRole("button", { name: "Confirm with a passkey" }).click();
  await page.waitForURL("**/settings/account/email");

  await open(page, "/settings/security");
  await page.getByRole("link", { name: "Edit passkey My laptop" }).click();
  await page.getByLabel("Passkey name").fill("Old laptop");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Old laptop", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Edit passkey Old laptop" }).click();
  await page.getByRole("link", { name: "Remove passkey" }).click();
  await page.getByRole("button", { name: "Remove passkey" }).click();
  await page.getByText("This is your only way to sign in.").waitFor();
  await withPassword(db, person, PASSWORD);
  await page.getByRole("button", { name: "Remove passkey" }).click();
  await page.waitForURL("**/settings/security");
  expect(await db.$count(passkey, eq(passkey.userId, person.id))).toBe(0);

  // The passkey is still on the device, but it signs nobody in.
  await signOut(page, person);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("That passkey didn’t work.").waitFor();
});

test("a passkey signs nobody in if the device cannot verify its owner", async () => {
  const db = e2eDatabase();
  const person = await aPerson(db);
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  const device = await aDevice(context, page);
  await addPasskey(visit, person);
  await device.knows(false);
  await open(page, "/login");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("alert").waitFor();
  expect(new URL(page.url()).pathname).toBe("/login");
});

test("the email field suggests passkeys when it gets the focus, and one leads to the requested page", async () => {
  const person = await aPerson(e2eDatabase());
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await aDevice(context, page);
  await addPasskey(visit, person);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const requests = requestsOf(page);
  await open(page, "/login?redirectTo=/settings/appearance");
  await requests.done();
  expect(asked, "before that nothing is asked").not.toContain("/passkeys/challenge");
  await page.getByLabel("Email").focus();
  await page.waitForURL("**/settings/appearance");
});

test("a person can still sign in with a password when the email field suggests no passkey", async () => {
  const person = await withPassword(e2eDatabase(), await aPerson(e2eDatabase()), PASSWORD);
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  const device = await aDevice(context, page);
  await addPasskey(visit, person);
  await device.knows(false);
  await open(page, "/login");
  const challenge = page.waitForResponse((answer) => answer.url().endsWith("/passkeys/challenge"));
  await page.getByLabel("Email").focus();
  await challenge;
  await page.getByLabel("Email").fill(person.email);
  expect(await page.getByRole("alert").count(), "nobody asked for a passkey").toBe(0);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/onboarding");
});

test("a person with all the passkeys they can have is told so before their device makes another one", async () => {
  const say = wordsOf("en");
  const db = e2eDatabase();
  const person = await aPerson(db);
  const keep = (name: string) => {
    const values = { id: name, credentialId: name, publicKey: "AAAA", counter: 0, transports: [] };
    return db.insert(passkey).values({ ...values, userId: person.id, name });
  };
  for (let each = 1; each < PASSKEYS_MAXIMUM; each += 1) await keep(`${person.id} ${each}`);
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  const device = await aDevice(context, page);
  await signIn(context, person);
  const main = page.getByRole("main");
  const isSaid = main.getByText(say("security_passkeys_full", { maximum: PASSKEYS_MAXIMUM }));
  const link = main.getByRole("link", { name: say("security_passkey_add"), exact: true });
  const button = main.getByRole("button", { name: say("security_passkey_add"), exact: true });
  await open(page, "/settings/security");
  expect([await isSaid.count(), await link.count()]).toEqual([0, 1]);
  await link.click();
  await button.waitFor();

  await keep(`${person.id} last`);
  await button.click();
  await isSaid.waitFor();
  expect([await button.count(), await device.credentials()]).toEqual([0, []]);
  await open(page, "/settings/security");
  expect([await isSaid.count(), await link.count()]).toEqual([1, 0]);
});

test("a person who asks for a passkey too often, or whose session has ended, is told so and not that none was used", async () => {
  const db = e2eDatabase();
  const person = await aPerson(db);
  const from = fromSomewhere();
  await using visit = await browser.visit(from);
  const { context, page } = visit;
  await aDevice(context, page);
  await addPasskey(visit, person);
  const resetAt = new Date(Date.now() + 10 * 60_000);
  const network = networkOf(from.extraHTTPHeaders?.["CF-Connecting-IP"] ?? "");
  for (const key of [`passkey:ip:${network}`, `change:${person.id}`]) {
    await db
      .insert(rateLimit)
      .values({ key, count: 10_000, resetAt })
      .onConflictDoUpdate({ target: rateLimit.key, set: { count: 10_000, resetAt } });
  }
  const isTold = page.getByRole("main").getByRole("alert").filter({ hasText: "Try again in 10 minutes." });
  await open(page, "/login");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await isTold.waitFor();

  await signIn(context, person);
  await open(page, "/settings/security/passkeys");
  await page.getByRole("button", { name: "Add passkey" }).click();
  await isTold.waitFor();

  await db.delete(session).where(eq(session.userId, person.id));
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.waitForURL("**/login?redirectTo=%2Fsettings%2Fsecurity%2Fpasskeys");
});
