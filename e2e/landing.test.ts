import { expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { fromSomewhere, takenOver } from "./journeys/steps.ts";

const browser = openBrowser();

test("a stranger reads the same landing page with and without JavaScript, and finds the ways in", async () => {
  const pages: string[] = [];
  for (const javaScriptEnabled of [true, false]) {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    expect((await page.goto("/"))?.status()).toBe(200);
    if (javaScriptEnabled) await takenOver(page);
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    pages.push(await page.getByRole("main").innerText());
    await page.getByRole("main").getByRole("link", { name: "Create account" }).first().click();
    await page.waitForURL("**/signup");
    await page.goBack();
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).first().click();
    await page.waitForURL("**/login");
  }
  expect(pages[1]).toBe(pages[0]);
});
