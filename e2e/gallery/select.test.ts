import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { unzip } from "../../app/test/unzip.ts";
import { openBrowser } from "../browser.ts";
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
  const pictures = await Promise.all(["Lake", "Forest", "Fog"].map((name) => aSmallPicture(name)));
  await upload(visit.context, organization, pictures);
  return { visit, page: visit.page, gallery: galleryOf(organization) };
}

const names = (page: Page) => page.getByRole("main").getByRole("listitem").getByRole("heading").allTextContents();
const box = (page: Page, name: string) => page.getByLabel(say("gallery_select", { name }), { exact: true });
const select = (page: Page) => page.getByRole("link", { name: say("gallery_select_images"), exact: true });
const button = (page: Page, key: string) => page.getByRole("main").getByRole("button", { name: say(key), exact: true });

async function downloaded(page: Page) {
  const downloading = page.waitForEvent("download");
  await button(page, "gallery_download").click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/-images-\d{4}-\d\d-\d\d\.zip$/);
  return Object.keys(unzip(await readFile(await download.path()))).sort();
}

test("selected images are downloaded as a ZIP and deleted together, and undo brings them back", async () => {
  const { visit, page, gallery } = await aGallery();
  await using _ = visit;
  await open(page, `${gallery}?sort=name`);
  await select(page).click();
  await box(page, "Fog").check();
  await box(page, "Lake").check();
  await page.getByText("Selected: 2").waitFor();
  expect(await downloaded(page)).toEqual(["Fog.png", "Lake.png"]);
  await button(page, "gallery_remove").click();
  await expect.poll(() => names(page)).toEqual(["Forest"]);
  expect(new URL(page.url()).searchParams.get("sort")).toBe("name");
  await page.getByRole("button", { name: say("gallery_undo"), exact: true }).click();
  await expect.poll(() => names(page)).toEqual(["Fog", "Forest", "Lake"]);
  await page.getByRole("link", { name: say("common_cancel"), exact: true }).click();
  await expect.poll(() => page.getByRole("main").getByRole("checkbox").count()).toBe(0);
});

test("without JavaScript selected images are downloaded, deleted and brought back as well", async () => {
  const { visit, page, gallery } = await aGallery({ javaScriptEnabled: false });
  await using _ = visit;
  await page.goto(`${gallery}?sort=name`);
  await select(page).click();
  await box(page, "Fog").waitFor();
  expect(await button(page, "gallery_download").isVisible(), "the bar is hidden until something is selected").toBe(
    false,
  );
  await box(page, "Fog").check();
  await box(page, "Lake").check();
  expect(await downloaded(page)).toEqual(["Fog.png", "Lake.png"]);
  await button(page, "gallery_remove").click();
  await page.waitForURL("**/gallery?sort=name&deleted=*");
  expect(await names(page)).toEqual(["Forest"]);
  await button(page, "gallery_undo").click();
  await page.waitForURL(`**${gallery}?sort=name`);
  expect(await names(page)).toEqual(["Fog", "Forest", "Lake"]);
});
