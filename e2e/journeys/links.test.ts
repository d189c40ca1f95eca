import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { PRODUCT_NAME, PRODUCT_SLUG } from "#app/product.ts";
import { signUp } from "../../app/db/schema/people.ts";
import { openBrowser } from "../browser.ts";
import { e2eDatabase, signIn } from "../people.ts";
import {
  anAddress,
  anOwner,
  dashboardOf,
  fillSignIn,
  fillSignUp,
  follow,
  fromSomewhere,
  membersOf,
  open,
  openMail,
  PASSWORD,
  path,
  requestsOf,
} from "./steps.ts";

const browser = openBrowser();

test("an expired link offers a new one, and each link works once", async () => {
  const email = anAddress();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await open(page, "/signup");
  await fillSignUp(page, { name: "Lena Late", email });
  const first = await linkOf(await openMail(page, email, "Confirm your email address"));
  await e2eDatabase()
    .update(signUp)
    .set({ expiresAt: new Date(0) })
    .where(eq(signUp.email, email));

  await open(page, first);
  await page.getByRole("heading", { name: "This link has expired" }).waitFor();
  const requests = requestsOf(page);
  await page.getByRole("button", { name: "Send a new link" }).click();
  const answer = page.getByRole("status").filter({ hasText: "We sent a new link" });
  await answer.waitFor();
  await requests.done();
  expect(await answer.isVisible(), "the answer stays").toBe(true);
  const mail = await openMail(page, email, "Confirm your email address", { count: 2 });
  const second = await linkOf(mail);
  expect(second).not.toBe(first);

  await page.goto(first);
  await page.getByRole("heading", { name: "This link doesn’t work" }).waitFor();
  await page.goto(second.slice(0, -3));
  await page.getByRole("heading", { name: "This link doesn’t work" }).waitFor();
  await page.goto("/verify-email");
  await page.getByRole("heading", { name: "This link doesn’t work" }).waitFor();

  await openMail(page, email, "Confirm your email address", { count: 2 });
  const confirmed = await follow(context, mail, "Confirm email address");
  await confirmed.waitForURL("**/onboarding");
  await using elsewhere = await browser.visit(fromSomewhere());
  await open(elsewhere.page, second);
  await elsewhere.page.getByRole("heading", { name: "This link has already been used" }).waitFor();
  expect((await elsewhere.context.cookies()).map(({ name }) => name)).not.toContain(`${PRODUCT_SLUG}.session_token`);
});

test("a link that another tab has used says so at the next press in this one", async () => {
  const { person } = await anOwner();
  const [wished, signedUp] = [anAddress(), anAddress()];
  await using visit = await browser.visit(fromSomewhere());
  await using elsewhere = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  const inBoth = async (link: string, press: (tab: Page) => Promise<void>, saysFirst: string, thenSays = saysFirst) => {
    const [late, early] = [await elsewhere.context.newPage(), await elsewhere.context.newPage()];
    for (const tab of [late, early]) await open(tab, link);
    for (const [tab, says] of [
      [early, saysFirst],
      [late, thenSays],
    ] as const) {
      await press(tab);
      await tab.getByRole("heading", { level: 1, name: says }).waitFor();
    }
    return late;
  };
  const pressing = (name: string) => (tab: Page) => tab.getByRole("button", { name }).click();
  const linkIn = async (email: string, subject: string, name: string) =>
    (await (await openMail(page, email, subject)).getByRole("link", { name }).getAttribute("href")) ?? "";

  await signIn(context, person);
  await signIn(elsewhere.context, person);
  await open(page, "/settings/account/email");
  await page.getByLabel("New email address").fill(wished);
  await page.getByRole("button", { name: "Send link" }).click();
  await page.getByText(wished).waitFor();
  const confirm = await linkIn(wished, "Confirm your new email address", "Confirm email address");
  await inBoth(confirm, pressing("Use this address"), "Email address changed");
  const undo = await linkIn(person.email, "email address has changed", "Undo change");
  await inBoth(undo, pressing("Undo change"), "Forgot your password?", "This link doesn’t work");

  await open(page, "/forgot-password");
  await page.getByLabel("Email address").fill(person.email);
  await page.getByRole("button", { name: "Send link" }).click();
  await page.getByText("we’ve sent it a link").waitFor();
  const reset = await linkIn(person.email, "Choose a new password", "Choose a new password");
  const choose = async (tab: Page) => {
    await tab.getByLabel("Password", { exact: true }).fill("eleven loud geese");
    await pressing("Set password")(tab);
  };
  const late = await inBoth(reset, choose, "Sign in", "This link doesn’t work");
  await late.getByRole("link", { name: "Send link" }).waitFor();

  await open(page, "/signup");
  await fillSignUp(page, { name: "Lena Late", email: signedUp });
  const verify = await linkIn(signedUp, "Confirm your email address", "Confirm email address");
  const prove = async (tab: Page) => {
    await tab.getByLabel("Name").fill("Lena Late");
    await tab.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await pressing("Confirm and continue")(tab);
  };
  await inBoth(verify, prove, "Create your organization", "This link has already been used");
});

test("signing up with a known address shows the usual page, and its owner is told by mail", async () => {
  const { person } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/signup");
  await fillSignUp(page, { name: "Eve", email: person.email });
  const mail = await openMail(page, person.email, `You already have an account with ${PRODUCT_NAME}`);
  expect(await mail.getByRole("link", { name: "Confirm email address" }).count()).toBe(0);
  await mail.getByRole("link", { name: "Sign in" }).waitFor();
});

test("a new password ends the other sessions, and signing in again leads to the page that was requested", async () => {
  const { person, organization } = await anOwner({ name: "Fay Forgetful" });
  await using laptop = await browser.visit(fromSomewhere());
  await using telephone = await browser.visit(fromSomewhere());
  await open(telephone.page, `/login?${new URLSearchParams({ redirectTo: membersOf(organization) })}`);
  await fillSignIn(telephone.page, person);
  await telephone.page.getByRole("heading", { name: "1 member" }).waitFor();

  await open(laptop.page, "/login");
  await laptop.page.getByRole("link", { name: "Forgot password?" }).click();
  await laptop.page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
  await laptop.page.getByLabel("Email address").fill(person.email);
  await laptop.page.getByRole("button", { name: "Send link" }).click();
  await laptop.page.getByText("we’ve sent it a link").waitFor();
  const mail = await openMail(laptop.page, person.email, "Choose a new password");
  const page = await follow(laptop.context, mail, "Choose a new password");
  const reset = page.url();
  const fresh = "eleven loud geese";
  await page.getByLabel("Password", { exact: true }).fill("password1234");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByText("This password is too common").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(fresh);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("status").filter({ hasText: "Password changed. Sign in" }).waitFor();
  await fillSignIn(page, { email: person.email, password: PASSWORD });
  await page.getByRole("alert").filter({ hasText: "Incorrect email or password" }).waitFor();
  await fillSignIn(page, { email: person.email, password: fresh });
  await page.waitForURL(`**${dashboardOf(organization)}`);
  await page.goto(reset);
  await page.getByRole("heading", { name: "This link doesn’t work" }).waitFor();

  await telephone.page.getByRole("link", { name: "Dashboard" }).first().click();
  await telephone.page.getByRole("heading", { name: "Sign in" }).waitFor();
  await fillSignIn(telephone.page, { email: person.email, password: fresh });
  await telephone.page.getByRole("heading", { name: "Dashboard" }).waitFor();
  expect(path(telephone.page)).toBe(dashboardOf(organization));
});

async function linkOf(mail: Awaited<ReturnType<typeof openMail>>): Promise<string> {
  const link = await mail.getByRole("link", { name: "Confirm email address" }).getAttribute("href");
  expect(link).toContain(`${inject("appUrl")}/verify-email?token=`);
  return link ?? "";
}
