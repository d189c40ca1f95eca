import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { galleryOf, upload } from "../gallery/steps.ts";
import { e2eDatabase, signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { anOwner, dashboardOf, fromSomewhere, open, takenOver } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`a chosen theme and language are kept after a reload and a sign-in${how}`, async () => {
    const { person, organization } = await anOwner();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled, colorScheme: "light" }));
    const { context, page } = visit;
    const settle = () => (javaScriptEnabled ? takenOver(page) : page.waitForLoadState());
    await page.goto("/login?redirectTo=%2Forganizations");
    await settle();
    const light = await background(page);
    await page.getByRole("button", { name: "Dark" }).click();
    await expect.poll(() => background(page)).not.toBe(light);
    const dark = await background(page);
    await page.getByRole("button", { name: "Language" }).click();
    await page.getByRole("button", { name: "العربية", exact: true }).click();
    await page.getByRole("heading", { name: "تسجيل الدخول" }).waitFor();
    await settle();
    expect(new URL(page.url()).searchParams.get("redirectTo")).toBe("/organizations");
    expect(await html(page)).toEqual({ lang: "ar", dir: "rtl", "data-theme": "dark" });
    expect(await background(page)).toBe(dark);
    await page.reload();
    await settle();
    expect(await html(page)).toEqual({ lang: "ar", dir: "rtl", "data-theme": "dark" });
    expect(await background(page)).toBe(dark);
    await page.getByRole("button", { name: "تسجيل الدخول", exact: true }).click();

    await signIn(context, person);
    await page.goto(dashboardOf(organization));
    await settle();
    expect(await html(page)).toEqual({ lang: "ar", dir: "rtl", "data-theme": "dark" });
    await page.getByRole("link", { name: "المعرض" }).first().click();
    await page.getByRole("heading", { name: "المعرض" }).waitFor();
    const [sidebar, main] = await Promise.all([
      page.locator("aside").boundingBox(),
      page.locator("main").boundingBox(),
    ]);
    expect(sidebar?.x, "the sidebar stands at the right").toBeGreaterThan(main?.x ?? Number.POSITIVE_INFINITY);
  });
}

test("on a telephone no page scrolls sideways, and the drawer leads to other pages", async () => {
  const longName = "The Very Long Name of an Organization That Nobody Would Shorten";
  const { person, organization } = await anOwner({ name: "Maximilian Featherstonehaugh", owns: [longName] });
  const newcomer = await aPerson(e2eDatabase());
  await using visit = await browser.visit(fromSomewhere({ viewport: { width: 360, height: 740 }, isMobile: true }));
  const { context, page } = visit;
  for (const url of ["/", "/login", "/signup"]) await expectNoSidewaysScrolling(page, url);
  await signIn(context, person);
  await upload(context, organization, [await aSmallPicture("a".repeat(110)), await aSmallPicture("Lake")]);
  const image = await firstImageUrl(page, galleryOf(organization));
  const pages = [dashboardOf(organization), galleryOf(organization), image, "/organizations", "/organizations/new"];
  for (const url of pages) await expectNoSidewaysScrolling(page, url);

  await open(page, dashboardOf(organization));
  const gallery = page.getByRole("link", { name: "Gallery", exact: true });
  expect(await gallery.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Open navigation" }).click();
  await gallery.click();
  await page.getByRole("heading", { name: "Gallery" }).waitFor();
  await expect.poll(() => gallery.isVisible()).toBe(false);

  await signIn(context, newcomer);
  await expectNoSidewaysScrolling(page, "/onboarding");
});

async function firstImageUrl(page: Page, gallery: string): Promise<string> {
  await page.goto(gallery);
  return (await page.getByRole("main").getByRole("listitem").getByRole("link").first().getAttribute("href")) ?? "";
}

async function expectNoSidewaysScrolling(page: Page, url: string) {
  await page.goto(url);
  expect(new URL(page.url()).pathname).toBe(url);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, url).toBeLessThanOrEqual(360);
}

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

async function html(page: Page) {
  const root = page.locator("html");
  const [lang, dir, theme] = await Promise.all(["lang", "dir", "data-theme"].map((name) => root.getAttribute(name)));
  return { lang, dir, "data-theme": theme };
}
