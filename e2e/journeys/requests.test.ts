import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { galleryOf, upload } from "../gallery/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { anOwner, dashboardOf, figure, fromSomewhere, open, requestsOf } from "./steps.ts";

const browser = openBrowser();

const IMAGES_PER_PAGE = 24;

test("no data is asked for twice while it is fresh", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  const picture = await aSmallPicture("Lake");
  await upload(context, organization, Array<typeof picture>(IMAGES_PER_PAGE + 1).fill(picture));
  const asked = dataRequestsOf(page);
  const { done: quiet } = requestsOf(page);

  await open(page, galleryOf(organization));
  await quiet();
  expect(asked, "after the document").toEqual([]);
  await page.getByRole("link", { name: "Page 2" }).hover();
  await expect.poll(() => asked).toEqual([`/api/v1/pages${galleryOf(organization)}?page=2`]);
  await page.getByRole("link", { name: "Page 2" }).click();
  await expect.poll(() => images(page)).toBe(1);
  await page.goBack();
  await expect.poll(() => images(page)).toBe(IMAGES_PER_PAGE);
  await page.goForward();
  await expect.poll(() => images(page)).toBe(1);
  await quiet();
  expect(asked, "the hover was the only request").toHaveLength(1);

  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await expect.poll(() => figure(page, "Images").innerText()).toBe(String(IMAGES_PER_PAGE + 1));
  await page.getByRole("link", { name: "Gallery" }).first().click();
  await expect.poll(() => images(page)).toBe(IMAGES_PER_PAGE);
  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await figure(page, "Images").waitFor();
  await quiet();
  expect(asked.slice(1), "the dashboard was asked for once").toEqual([`/api/v1/pages${dashboardOf(organization)}`]);

  asked.length = 0;
  await open(page, dashboardOf(organization));
  await quiet();
  expect(asked, "after the document").toEqual([]);
});

test("the bell sends at most one request a minute, and only while the page is visible", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  // The clock moves only when the test moves it, so that the machine's speed does not matter.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
  const asked = dataRequestsOf(page);
  const { done: quiet } = requestsOf(page);
  await open(page, dashboardOf(organization));
  await page.clock.fastForward(59_000);
  await quiet();
  expect(asked).toEqual([]);
  const answered = page.waitForResponse("**/api/v1/pages/notifications");
  await page.clock.fastForward(2_000);
  await (await answered).finished();
  await page.clock.fastForward(30_000);
  await look(page, "hidden");
  await page.clock.fastForward(600_000);
  await quiet();
  expect(asked, "hidden for ten minutes").toHaveLength(1);
  const again = page.waitForResponse("**/api/v1/pages/notifications");
  await look(page, "visible");
  await (await again).finished();
  await look(page, "hidden");
  await look(page, "visible");
  await quiet();
  expect(asked, "back within the minute").toHaveLength(2);
});

/** Sends the page the event of a person who goes to another tab or comes back. */
async function look(page: Page, state: "hidden" | "visible") {
  await page.evaluate((next) => {
    Object.defineProperty(document, "visibilityState", { value: next, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, state);
}

/** A list that grows with the path of each request for data: to the API, or by the router for a page. */
function dataRequestsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith("/api/") || pathname.endsWith(".data")) asked.push(pathname + search);
  });
  return asked;
}

function images(page: Page): Promise<number> {
  return page.getByRole("main").getByRole("listitem").getByRole("heading").count();
}
