import { expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { fromSomewhere, takenOver } from "./journeys/steps.ts";
import { ask } from "./requests.ts";

const browser = openBrowser();

test("a developer comes from the landing page to the reference, and reads the same with and without JavaScript", async () => {
  const pages: string[] = [];
  for (const javaScriptEnabled of [true, false]) {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    await page.goto("/");
    await page.getByRole("contentinfo").getByRole("link", { name: "API" }).click();
    await page.waitForURL("**/developers");
    if (javaScriptEnabled) await takenOver(page);
    await page.goto("/developers#images.update");
    const article = page.getByRole("article", { name: "images.update" });
    await article.getByText("gallery:update").waitFor();
    pages.push(await article.locator("pre").first().innerText());
    if (javaScriptEnabled) await article.getByRole("button", { name: "Copy" }).waitFor();
  }
  expect(pages[1]).toBe(pages[0]);
  expect(pages[0]).toContain('-d \'{"name":"Lake at dawn"}\'');
});

test("every anchor of the reference has exactly one target, and so does the type of an API error", async () => {
  const html = await (await ask("/developers", null)).text();
  const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id]) => id);
  expect(ids).toEqual([...new Set(ids)]);
  const anchors = Array.from(html.matchAll(/href="#([^"]+)"/g), ([, anchor]) => anchor);
  expect(anchors.filter((anchor) => !ids.includes(anchor))).toEqual([]);
  expect(anchors.length).toBeGreaterThan(40);
  const refused = await ask("/api/v1/organizations/nowhere", null);
  const { type } = (await refused.json()) as { type: string };
  expect(ids).toContain(type.replace("/developers#", ""));
});
