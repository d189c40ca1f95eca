import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { sameNames } from "../same-names.ts";
import { anAddress, anOwner, fillSignIn, fromSomewhere, open, PASSWORD, signOut, takenOver } from "./steps.ts";

const browser = openBrowser();

const passwordOf = (page: Page) => page.getByLabel("Password", { exact: true });

const caretOf = (page: Page) =>
  passwordOf(page).evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd, field.value]);

const isFocused = (page: Page) => passwordOf(page).evaluate((field) => field === document.activeElement);

test("a password can be shown without losing the caret, and is hidden again when it is sent", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  for (const address of ["/login", "/signup"]) {
    await open(page, address);
    const field = passwordOf(page);
    await field.pressSequentially("seven quiet herons");
    for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowLeft");
    const [caret, box] = [await caretOf(page), await field.boundingBox()];
    const show = page.getByRole("button", { name: "Show password" });
    await show.click();
    expect(await show.getAttribute("aria-pressed")).toBe("true");
    expect(await field.getAttribute("type")).toBe("text");
    expect([await caretOf(page), await field.boundingBox(), await isFocused(page)]).toEqual([caret, box, true]);
    await page.keyboard.press("Enter");
    await expect.poll(() => field.getAttribute("type")).toBe("password");
    expect(await show.getAttribute("aria-pressed")).toBe("false");
  }
});

test("where two passwords are typed, each button to show one says which", async () => {
  const { person } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, "/settings/security/password");
  await page.getByRole("button", { name: "Show password" }).nth(1).waitFor();
  expect(await sameNames(page, "the page")).toEqual([]);
});

test("no button to show a password stands where no script would do it", async () => {
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  await visit.page.goto("/signup");
  await passwordOf(visit.page).waitFor();
  expect(await visit.page.getByRole("button", { name: "Show password" }).count()).toBe(0);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`after a refusal the focus is in the field to correct${how}`, async () => {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    const visitTo = async (address: string) => {
      await page.goto(address);
      if (javaScriptEnabled) await takenOver(page);
    };
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("name"));
    await visitTo("/login");
    await fillSignIn(page, { email: anAddress(), password: "not the password" });
    await page.getByRole("alert").waitFor();
    await expect.poll(focused).toBe("password");
    await visitTo("/signup");
    await page.getByLabel("Name").fill("Ada");
    await page.getByLabel("Email address").fill("nobody");
    await passwordOf(page).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("Enter a valid email address").waitFor();
    await expect.poll(focused).toBe("email");
    await visitTo("/forgot-password");
    await page.getByLabel("Email address").fill("nobody");
    await page.getByRole("button", { name: "Send link" }).click();
    await page.getByText("Enter a valid email address").waitFor();
    await expect.poll(focused).toBe("email");
  });

  test(`the sign-in method last used in this browser is marked${how}`, async () => {
    const { person } = await anOwner();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    await page.goto("/login");
    if (javaScriptEnabled) await takenOver(page);
    const button = page.getByRole("button", { name: "Sign in", exact: true, description: "Last used" });
    expect(await button.count()).toBe(0);
    await fillSignIn(page, person);
    await page.getByRole("heading", { name: "Dashboard" }).waitFor();
    if (javaScriptEnabled) await signOut(page, person);
    else await visit.context.clearCookies({ name: /session/ });
    await page.goto("/login");
    await button.waitFor();
  });

  test(`a fourth link within a minute is refused with the time to wait${how}`, async () => {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    await page.clock.install();
    await page.goto("/forgot-password");
    if (javaScriptEnabled) await takenOver(page);
    await page.getByLabel("Email address").fill(anAddress());
    await page.getByRole("button", { name: "Send link" }).click();
    for (let time = 1; time <= 3; time += 1) {
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      const again = page.getByRole("button", { name: "Send again", exact: true });
      await expect.poll(() => again.getAttribute("aria-busy")).toBe(null);
      await again.click();
      expect((await answered).status()).toBe(time < 3 ? 200 : 429);
      if (time < 3) await page.getByText("Sent again.").waitFor();
    }
    const timed = page.getByText(/Try again in \d+ second/);
    const told = page.getByRole("alert").filter({ hasText: "Too many requests" });
    if (javaScriptEnabled) await told.waitFor();
    else {
      await timed.waitFor();
      await page.getByRole("button", { name: "Send link" }).waitFor();
      return;
    }
    expect(await timed.count(), "only the button says the time, since it counts").toBe(0);
    const waiting = page.getByRole("button", { name: /^Send again in \d+ seconds$|^Send again in 1 minute$/ });
    await waiting.waitFor();
    await waiting.focus();
    await page.keyboard.press("Enter");
    await page.clock.fastForward(61_000);
    const again = page.getByRole("button", { name: "Send link" });
    await again.waitFor();
    expect(await again.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await told.count()).toBe(0);
  });
}

test("while a password is chosen its length and its strength are told, by the rules of the server", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/signup");
  await page.getByLabel("Name").fill("Ada Example");
  await page.getByLabel("Email address").fill("lovelace@person.test");
  const told: [string, string, string][] = [
    ["heron", "Too short", "5/12"],
    ["aaaaaaaaaaaaaaaaaaaa", "Easy to guess", "20/128"],
    ["lovelace in the garden", "Easy to guess", "22/128"],
    ["quiet herons", "Good", "12/128"],
    [PASSWORD, "Strong", "18/128"],
  ];
  for (const [typed, words, length] of told) {
    await passwordOf(page).fill(typed);
    await page.getByText(words, { exact: true }).waitFor();
    await page.getByText(length, { exact: true }).waitFor();
  }
  await passwordOf(page).fill("lovelace in the garden");
  await page.getByText("Don’t use your name, your email address").waitFor();
});
