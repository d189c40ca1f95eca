import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { listen } from "../heard.ts";
import { anOwner, fromSomewhere, open } from "../journeys/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { galleryOf, upload } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

async function aGallery(options: { javaScriptEnabled?: false } = {}) {
  const { person, organization } = await anOwner();
  const visit = await browser.visit(fromSomewhere(options));
  await signIn(visit.context, person);
  const pictures = [
    await aSmallPicture("Lake"),
    await aSmallPicture("Forest"),
    await aSmallPicture("Night lake", "webp"),
  ];
  await upload(visit.context, organization, pictures);
  return { visit, page: visit.page, gallery: galleryOf(organization) };
}

const names = (page: Page) => page.getByRole("main").getByRole("listitem").getByRole("heading").allTextContents();
const choice = (page: Page, key: string) => page.getByRole("search").getByLabel(say(key));
const reset = (page: Page) => page.getByRole("link", { name: say("common_filter_clear") });

test("images are found by name, sorted and narrowed down, and the URL keeps it", async () => {
  const { visit, page, gallery } = await aGallery();
  await using _ = visit;
  await open(page, gallery);
  await expect.poll(() => names(page)).toEqual(["Night lake", "Forest", "Lake"]);
  const heard = await listen(page);
  await choice(page, "gallery_search_label").fill("LAKE");
  await choice(page, "gallery_search_label").press("Enter");
  await expect.poll(() => names(page)).toEqual(["Night lake", "Lake"]);
  expect(await heard(), "a screen reader says how many are found").toContain("2 images");
  await choice(page, "gallery_sort_label").selectOption("name");
  await expect.poll(() => names(page)).toEqual(["Lake", "Night lake"]);
  await choice(page, "gallery_type").selectOption("image/webp");
  await expect.poll(() => names(page)).toEqual(["Night lake"]);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
    search: "LAKE",
    sort: "name",
    type: "image/webp",
  });
  await open(page, page.url());
  expect(await names(page)).toEqual(["Night lake"]);
  expect(await choice(page, "gallery_sort_label").inputValue()).toBe("name");

  await choice(page, "gallery_search_label").fill("desert");
  await choice(page, "gallery_search_label").press("Enter");
  await page.getByRole("heading", { name: say("gallery_none_title") }).waitFor();
  await page.goBack();
  await expect.poll(() => names(page)).toEqual(["Night lake"]);
  await expect.poll(() => choice(page, "gallery_search_label").inputValue()).toBe("LAKE");
  await reset(page).click();
  await expect.poll(() => names(page)).toEqual(["Night lake", "Forest", "Lake"]);
  expect(await choice(page, "gallery_search_label").inputValue()).toBe("");
});

test("without JavaScript images are searched and sorted with the search button", async () => {
  const { visit, page, gallery } = await aGallery({ javaScriptEnabled: false });
  await using _ = visit;
  await page.goto(gallery);
  await choice(page, "gallery_search_label").fill("lake");
  await choice(page, "gallery_sort_label").selectOption("name");
  await page.getByRole("button", { name: say("common_filter_search"), exact: true }).click();
  await page.waitForURL("**search=lake**");
  expect(await names(page)).toEqual(["Lake", "Night lake"]);
  await page.goto(`${gallery}?search=desert`);
  await page.getByRole("heading", { name: say("gallery_none_title") }).waitFor();
  await reset(page).click();
  await page.waitForURL(`**${gallery}`);
  expect((await names(page)).sort()).toEqual(["Forest", "Lake", "Night lake"]);
});
