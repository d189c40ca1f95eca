import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { image, trashedImage } from "../../app/db/schema/gallery.ts";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { openBrowser } from "../browser.ts";
import { anOwner, fromSomewhere, open, requestsOf } from "../journeys/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { galleryOf, upload } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

async function aGallery(options: { javaScriptEnabled?: false } = {}) {
  const { db, person, organization } = await anOwner();
  const visit = await browser.visit(fromSomewhere(options));
  await signIn(visit.context, person);
  await upload(visit.context, organization, [await aSmallPicture("Lake"), await aSmallPicture("Forest")]);
  const rows = async () => ({
    shown: await db.$count(image, eq(image.organizationId, organization.id)),
    trashed: await db.$count(trashedImage, eq(trashedImage.organizationId, organization.id)),
  });
  return { visit, db, person, page: visit.page, rows, gallery: galleryOf(organization) };
}

const names = (page: Page) => page.getByRole("main").getByRole("listitem").getByRole("heading").allTextContents();
const box = (page: Page, name: string) => page.getByLabel(say("gallery_select", { name }), { exact: true });
const button = (page: Page, key: string) => page.getByRole("main").getByRole("button", { name: say(key), exact: true });

async function remove(page: Page, name: string) {
  await page.getByRole("button", { name: say("gallery_actions", { name }) }).click();
  await page.getByRole("button", { name: `${say("gallery_remove")}…`, exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: say("gallery_remove"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

test("a deleted image is brought back by undo, then from the trash, and the trash is emptied", async () => {
  const { visit, page, rows, gallery } = await aGallery();
  await using _ = visit;
  await open(page, gallery);
  await remove(page, "Lake");
  await expect.poll(rows).toEqual({ shown: 1, trashed: 1 });
  await page.getByRole("button", { name: say("gallery_undo"), exact: true }).click();
  await expect.poll(rows).toEqual({ shown: 2, trashed: 0 });
  await expect.poll(() => names(page)).toEqual(["Forest", "Lake"]);
  expect(new URL(page.url()).search).toBe("");

  await remove(page, "Forest");
  await page.getByRole("link", { name: say("gallery_trash"), exact: true }).click();
  await box(page, "Forest").check();
  await button(page, "gallery_restore").click();
  await expect.poll(rows).toEqual({ shown: 2, trashed: 0 });
  await page.getByText(say("gallery_trash_empty_title")).waitFor();

  await page
    .getByRole("link", { name: say("gallery_title"), exact: true })
    .last()
    .click();
  await remove(page, "Lake");
  await page.getByRole("link", { name: say("gallery_trash"), exact: true }).click();
  await page.getByRole("link", { name: say("gallery_trash_empty") }).click();
  await button(page, "gallery_purge").click();
  await expect.poll(rows).toEqual({ shown: 1, trashed: 0 });
  await page.getByText(say("gallery_trash_empty_title")).waitFor();
});

test("undo pressed twice in a row undoes once, and says nothing but that", async () => {
  const { visit, page, rows, gallery } = await aGallery();
  await using _ = visit;
  await open(page, gallery);
  await remove(page, "Lake");
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(new URL(request.url()).pathname));
  const requests = requestsOf(page);
  await page.getByRole("button", { name: say("gallery_undo"), exact: true }).dblclick();
  await page.locator(".toast").getByText(say("gallery_restored"), { exact: true }).waitFor();
  await expect.poll(rows).toEqual({ shown: 2, trashed: 0 });
  await requests.done();
  expect(sent.filter((each) => each.endsWith("/restore")).length).toBe(1);
});

test("undo says why it can’t if someone else has restored the image, and shows it", async () => {
  const { visit, page, rows, gallery } = await aGallery();
  await using _ = visit;
  await open(page, gallery);
  await remove(page, "Lake");
  await expect.poll(rows).toEqual({ shown: 1, trashed: 1 });
  const other = await visit.context.newPage();
  await open(other, `${gallery}/trash`);
  await box(other, "Lake").check();
  await button(other, "gallery_restore").click();
  await expect.poll(rows).toEqual({ shown: 2, trashed: 0 });
  await page.getByRole("button", { name: say("gallery_undo"), exact: true }).click();
  await page.getByText(say("gallery_trash_gone")).waitFor();
  await expect.poll(() => names(page)).toEqual(["Forest", "Lake"]);
});

test("without JavaScript the next page undoes a deletion, and the trash restores and deletes for good", async () => {
  const { visit, page, rows, gallery } = await aGallery({ javaScriptEnabled: false });
  await using _ = visit;
  const removeByPage = async (name: string) => {
    await page.goto(gallery);
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByText(`${say("gallery_remove")}…`, { exact: true }).click();
    await button(page, "gallery_remove_confirm").click();
    await page.waitForURL("**/gallery?deleted=*");
  };
  const offered = [
    button(page, "gallery_undo"),
    page.getByRole("status").getByText(say("gallery_removed"), { exact: true }),
  ];
  const isOffered = () => Promise.all(offered.map((each) => each.count()));
  await removeByPage("Lake");
  expect(await names(page)).toEqual(["Forest"]);
  expect(await isOffered()).toEqual([1, 1]);
  await button(page, "gallery_undo").click();
  await page.waitForURL(`**${gallery}`);
  expect(await names(page)).toEqual(["Forest", "Lake"]);

  await removeByPage("Lake");
  expect(await isOffered()).toEqual([1, 1]);
  await page.reload();
  expect(await isOffered(), "after a reload").toEqual([0, 0]);
  await page.goto(`${gallery}/trash`);
  await box(page, "Lake").check();
  await button(page, "gallery_restore").click();
  await page.waitForURL("**/gallery/trash");

  for (const name of ["Lake", "Forest"]) await removeByPage(name);
  await page.getByRole("link", { name: say("gallery_trash"), exact: true }).click();
  await box(page, "Lake").check();
  await button(page, "gallery_restore").click();
  await page.waitForURL("**/gallery/trash");
  expect(await rows()).toEqual({ shown: 1, trashed: 1 });
  await box(page, "Forest").check();
  await page.getByRole("button", { name: `${say("gallery_purge")}…` }).click();
  await page.waitForURL("**/gallery/trash/delete?**");
  await page.getByText(say("gallery_purge_question")).waitFor();
  await button(page, "gallery_purge").click();
  await page.waitForURL("**/gallery/trash");
  expect(await rows()).toEqual({ shown: 1, trashed: 0 });
});

test("an image brought back by undo also leaves a trash that was opened in the meantime", async () => {
  const { visit, page, gallery } = await aGallery();
  await using _ = visit;
  await open(page, gallery);
  await remove(page, "Lake");
  await page.getByRole("link", { name: say("gallery_trash"), exact: true }).click();
  await box(page, "Lake").waitFor();
  await page.getByRole("button", { name: say("gallery_undo"), exact: true }).click();
  await page.getByText(say("gallery_trash_empty_title")).waitFor();
});

test("a deletion that was refused for now asks its question again, and Back closes it", async () => {
  const { visit, db, person, page, gallery } = await aGallery();
  await using _ = visit;
  await open(page, `${gallery}?sort=name`);
  await page.getByLabel(say("gallery_sort_label"), { exact: true }).selectOption("newest");
  await page.waitForURL((url) => url.searchParams.get("sort") !== "name");
  const full = { key: `change:${person.id}`, count: 10_000, resetAt: new Date(Date.now() + 600_000) };
  await db.insert(rateLimit).values(full).onConflictDoUpdate({ target: rateLimit.key, set: full });
  const ask = async () => {
    await page.getByRole("button", { name: say("gallery_actions", { name: "Lake" }) }).click();
    await page.getByRole("button", { name: `${say("gallery_remove")}…`, exact: true }).click();
  };
  const dialog = page.getByRole("alertdialog");
  const question = dialog.getByText("“Lake” will move to the trash.");
  await ask();
  await question.waitFor();
  await dialog.getByRole("button", { name: say("gallery_remove"), exact: true }).click();
  await dialog.getByText("Try again in 10 minutes.").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  await ask();
  await question.waitFor();
  await page.goBack();
  await dialog.waitFor({ state: "detached" });
  await page.waitForURL((url) => url.searchParams.get("sort") === "name");
});
