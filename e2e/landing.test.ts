import { expect, test } from "vitest";
import { openBrowser } from "./browser.ts";

const browser = openBrowser();

test("a stranger opens the landing page", async () => {
  await using visit = await browser.visit();
  const response = await visit.page.goto("/");
  expect(response?.status()).toBe(200);
  expect(await visit.page.getByRole("heading", { level: 1 }).count()).toBe(1);
});

test("a stranger without JavaScript reads the same landing page", async () => {
  await using visit = await browser.visit({ javaScriptEnabled: false });
  await visit.page.goto("/");
  expect(await visit.page.getByRole("heading", { level: 1 }).count()).toBe(1);
  expect(await visit.page.title()).not.toBe("");
});
