import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { IMAGES_PER_PAGE } from "../../app/gallery/limits.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { anOwner, dashboardOf, figure, fromSomewhere, galleryOf, open, upload } from "./steps.ts";

const browser = openBrowser();

test("no data is asked for twice while it is fresh", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  const picture = await aSmallPicture("Lake");
  await upload(context, organization, Array<typeof picture>(IMAGES_PER_PAGE + 1).fill(picture));
  const asked = dataRequestsOf(page);

  await open(page, galleryOf(organization));
  await quiet(page);
  expect(asked, "after the document").toEqual([]);
  await page.getByRole("link", { name: "Page 2" }).hover();
  await expect.poll(() => asked).toEqual([`/api${galleryOf(organization)}?page=2`]);
  await page.getByRole("link", { name: "Page 2" }).click();
  await expect.poll(() => images(page)).toBe(1);
  await page.goBack();
  await expect.poll(() => images(page)).toBe(IMAGES_PER_PAGE);
  await page.goForward();
  await expect.poll(() => images(page)).toBe(1);
  await quiet(page);
  expect(asked, "the hover was the only request").toHaveLength(1);

  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await expect.poll(() => figure(page, "Images").innerText()).toBe(String(IMAGES_PER_PAGE + 1));
  await page.getByRole("link", { name: "Gallery" }).first().click();
  await expect.poll(() => images(page)).toBe(IMAGES_PER_PAGE);
  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await figure(page, "Images").waitFor();
  await quiet(page);
  expect(asked.slice(1), "the dashboard was asked for once").toEqual([`/api${dashboardOf(organization)}`]);

  asked.length = 0;
  await open(page, dashboardOf(organization));
  await quiet(page);
  expect(asked, "after the document").toEqual([]);
});

/** Paths of the requests for data, as they are made: to the API, or by the router for a page. */
function dataRequestsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith("/api/") || pathname.endsWith(".data")) asked.push(pathname + search);
  });
  return asked;
}

function quiet(page: Page) {
  return page.waitForLoadState("networkidle");
}

function images(page: Page): Promise<number> {
  return page.getByRole("main").getByRole("listitem").getByRole("heading").count();
}
