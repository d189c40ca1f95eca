import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { CODES_PER_MINUTE } from "../../app/auth/limits.ts";
import { mailboxMessage } from "../../app/db/schema/mail.ts";
import { openBrowser } from "../browser.ts";
import { e2eDatabase } from "../people.ts";
import { anAddress, anOwner, dashboardOf, fillSignUp, fromSomewhere, open, path, takenOver } from "./steps.ts";

const browser = openBrowser();

async function newestCode(email: string, count: number): Promise<string> {
  const mails = () => e2eDatabase().select().from(mailboxMessage).where(eq(mailboxMessage.recipient, email));
  await expect.poll(async () => (await mails()).length, { interval: 20 }).toBe(count);
  const newest = (await mails()).sort((one, other) => Number(other.createdAt) - Number(one.createdAt))[0];
  return newest?.text.match(/\b\d{6}\b/)?.[0] ?? "";
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`a person requests a code by mail twice, and only the newer one signs in${how}`, async () => {
    const { person, organization } = await anOwner();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    await page.goto("/login");
    if (javaScriptEnabled) await takenOver(page);
    await page.getByRole("link", { name: "Email me a code" }).click();
    await page.getByRole("heading", { name: "Sign in with a code" }).waitFor();
    await page.getByLabel("Email address").fill(person.email);
    await page.getByRole("button", { name: "Send code" }).click();
    await page.getByRole("heading", { name: "Check your email" }).waitFor();
    const first = await newestCode(person.email, 1);
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByText("We sent a new code.").waitFor();
    const code = await newestCode(person.email, 2);
    if (code !== first) {
      await page.getByLabel("Code", { exact: true }).fill(first);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.getByText("That code is wrong or has expired.").waitFor();
    }
    await page.getByLabel("Code", { exact: true }).fill(code);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "Dashboard" }).waitFor();
    expect(path(page)).toBe(dashboardOf(organization));
  });

  test(`an address that was mistyped at sign-up is corrected${how}`, async () => {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    await page.goto("/signup");
    if (javaScriptEnabled) await takenOver(page);
    const [mistyped, right] = [anAddress(), anAddress()];
    await fillSignUp(page, { name: "Ada Example", email: mistyped });
    const seen = javaScriptEnabled ? await emailsSeen(page) : null;
    await page.getByRole("button", { name: "Wrong address? Change it" }).click();
    await page.waitForURL("**/signup/correct");
    await expect.poll(() => page.getByLabel("Name").inputValue()).toBe("Ada Example");
    expect(await page.getByLabel("Email address").inputValue()).toBe(mistyped);
    if (seen !== null) expect(await seen()).toEqual([mistyped]);
    await fillSignUp(page, { name: "Ada Example", email: right });
  });
}

test("a code that is sent again too often leaves the field for the code that was sent before, which still signs in", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await page.goto("/login/code");
  await takenOver(page);
  await page.getByLabel("Email address").fill(person.email);
  await page.getByRole("button", { name: "Send code" }).click();
  for (let sent = 1; sent < CODES_PER_MINUTE; sent += 1) {
    await newestCode(person.email, sent);
    await page.getByRole("button", { name: "Send again" }).click();
  }
  const code = await newestCode(person.email, CODES_PER_MINUTE);
  const field = page.getByLabel("Code", { exact: true });
  await field.fill(code.slice(0, 3));
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("Too many requests").waitFor();
  expect([new URL(page.url()).pathname, await field.inputValue()]).toEqual(["/login/code/enter", code.slice(0, 3)]);
  await field.fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`**${dashboardOf(organization)}`);
});

test("a code that another tab has used leads on where that tab is signed in", async () => {
  const { person } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await page.goto(`/login/code?${new URLSearchParams({ email: person.email, redirectTo: "/notifications" })}`);
  await takenOver(page);
  await page.getByRole("button", { name: "Send code" }).click();
  await page.getByLabel("Code", { exact: true }).waitFor();
  const code = await newestCode(person.email, 1);
  const other = await context.newPage();
  await open(other, page.url());
  for (const tab of [other, page]) {
    await tab.getByLabel("Code", { exact: true }).fill(code);
    await tab.getByRole("button", { name: "Sign in", exact: true }).click();
    await tab.getByRole("heading", { level: 1, name: "Notifications" }).waitFor();
  }
});

/** Records every value of the page's email fields from now on, in any form. Returns a function that lists the values. */
async function emailsSeen(page: Page) {
  const seen = await page.evaluateHandle(() => {
    const values = new Set<string>();
    const look = () => {
      for (const { value } of document.querySelectorAll<HTMLInputElement>("input[name=email]")) values.add(value);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    return values;
  });
  return () => seen.evaluate((values) => [...values]);
}

test("a mistyped address that came with the document stays in its field when scripts take over", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await page.goto("/signup");
  await takenOver(page);
  const email = anAddress();
  await fillSignUp(page, { name: "Ada Example", email });
  const form = page.locator("form[action='/signup/correct']");
  await form.evaluate((element) => element instanceof HTMLFormElement && element.submit());
  await page.waitForURL("**/signup/correct");
  await takenOver(page);
  expect(await page.getByLabel("Email address").inputValue()).toBe(email);
});
