import { expect, inject, test } from "vitest";
import { locales } from "../app/i18n/locale.ts";
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

test("a link to a public page is described in chats and feeds, with a title, a text and a picture", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  for (const url of ["/", "/developers"]) {
    await page.goto(url);
    const said = (name: string) => page.locator(`meta[property="${name}"]`).getAttribute("content");
    expect(await said("og:title")).toBe(await page.title());
    expect(await said("og:description")).toBe(await page.locator("meta[name=description]").getAttribute("content"));
    const picture = (await said("og:image")) ?? "";
    expect(picture).toBe(`${inject("appUrl")}/preview.png`);
    expect((await context.request.get(picture)).headers()["content-type"]).toBe("image/png");
  }
});

test("the header is one row on a phone in every language, and scrolls nothing sideways when its text is twice as large", async () => {
  for (const locale of locales) {
    await using visit = await browser.visit(fromSomewhere({ locale, viewport: { width: 360, height: 740 } }));
    const { page } = visit;
    await page.goto("/");
    const header = page.getByRole("banner");
    const [mark, ways] = [header.locator("svg").first(), header.getByRole("navigation")];
    const [first, last] = [await mark.boundingBox(), await ways.boundingBox()];
    if (!first || !last) throw new Error("The header lacks its logo or its links.");
    const middles = [first, last].map(({ y, height }) => y + height / 2);
    expect.soft(Math.abs((middles[0] ?? 0) - (middles[1] ?? 0)), locale).toBeLessThan(4);
    expect.soft(first.width, locale).toBe(24);
    await page.locator("html").evaluate((html) => html.style.setProperty("font-size", "200%"));
    expect.soft(await header.evaluate((it) => it.scrollWidth), locale).toBe(360);
  }
});
