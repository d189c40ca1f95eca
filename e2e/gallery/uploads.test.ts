import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { organization as organizations } from "../../app/db/schema/organizations.ts";
import { session } from "../../app/db/schema/people.ts";
import { UPLOADS_AT_ONCE } from "../../app/gallery/limits.ts";
import { openBrowser } from "../browser.ts";
import { listen } from "../heard.ts";
import { anOwner, fillSignIn, fromSomewhere, onDisk, open } from "../journeys/steps.ts";
import { e2eDatabase, signIn } from "../people.ts";
import { aFlood, aMovingPicture, aPageNamedPng, aPictureTooLarge, aSmallPicture, type Picture } from "../pictures.ts";
import { galleryOf } from "./steps.ts";

const browser = openBrowser();

const TOO_LARGE = "This file is too large. Images can be up to 10 MB.";
const WRONG_TYPE = "This file type isn’t supported. Use JPEG, PNG, WebP, GIF or AVIF.";
const TOO_MANY_PIXELS =
  "This image is too large to display. Images can have up to 50 megapixels across all frames and 12,000 pixels per side.";
const QUOTA_FULL = "Your organization’s storage is full. Delete images and empty the trash to free up space.";

test("a rejected file shows its reason while the others are uploaded, and a failed one can be retried", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  const sent: number[] = [];
  page.on("response", (response) => {
    if (response.request().method() === "POST") sent.push(response.status());
  });
  const uploads = page.getByRole("region", { name: "Uploads" });
  const row = (name: string) => uploads.getByRole("listitem").filter({ hasText: name });

  await choose(page, await aPictureTooLarge("Panorama"), await aSmallPicture("Pier"));
  await row("Panorama.png").getByText(TOO_LARGE).waitFor();
  await row("Pier.png").getByRole("img", { name: "Uploaded" }).waitFor();
  await page.getByRole("heading", { name: "Pier" }).waitFor();
  await expect.poll(() => sent, { message: "what the server would refuse is not sent" }).toEqual([201]);
  expect(await row("Panorama.png").getByRole("button", { name: /Retry/ }).count()).toBe(0);

  await choose(page, aPageNamedPng("Harmless"), await aSmallPicture("Quay"));
  await row("Harmless.png").getByText(WRONG_TYPE).waitFor();
  await page.getByRole("heading", { name: "Quay" }).waitFor();
  await expect.poll(() => sent.toSorted()).toEqual([201, 201, 415]);
  await page.getByRole("status").filter({ hasText: "2 images couldn’t be uploaded" }).waitFor();

  await setRoom(organization.id, 100);
  await choose(page, await aSmallPicture("Mole"));
  await row("Mole.png").getByText(QUOTA_FULL).waitFor();
  await expect.poll(() => sent.slice(3)).toEqual([409]);
  await setRoom(organization.id, 1_000_000);
  await uploads.getByRole("button", { name: "Retry Mole.png" }).click();
  await page.getByRole("heading", { name: "Mole" }).waitFor();
  await expect.poll(() => sent.slice(3)).toEqual([409, 201]);
  await uploads.getByRole("button", { name: "Dismiss Harmless.png" }).click();
  await row("Harmless.png").waitFor({ state: "detached" });
  await page.reload();
  expect(await page.getByRole("main").getByRole("listitem").getByRole("heading").allInnerTexts()).toEqual([
    "Mole",
    "Quay",
    "Pier",
  ]);
});

test("a screen reader hears which file is rejected and why, and how the upload ends", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  const heard = await listen(page);
  await choose(page, await aPictureTooLarge("Panorama"), aPageNamedPng("Harmless"), await aSmallPicture("Pier"));
  await expect.poll(heard).toEqual(expect.arrayContaining([expect.stringContaining(`Panorama.png: ${TOO_LARGE}`)]));
  await expect.poll(heard).toEqual(expect.arrayContaining([expect.stringContaining(`Harmless.png: ${WRONG_TYPE}`)]));
  await expect.poll(heard).toContain("2 images couldn’t be uploaded");
});

test("images over the rate limit say that they wait, to screen readers too, and are sent without a press", async () => {
  const { db, person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  const heard = await listen(page);
  await db
    .insert(rateLimit)
    .values({ key: `upload:${person.id}`, count: 10_000, resetAt: new Date(Date.now() + 4_000) });
  await choose(page, await aSmallPicture("Pier"), await aSmallPicture("Mole"));
  const uploads = page.getByRole("region", { name: "Uploads" });
  const words = "Too many uploads in a short time. The rest will be sent within a minute.";
  await uploads.getByRole("heading", { name: words }).waitFor();
  expect(await heard()).toContain(words);
  await uploads.getByRole("heading", { name: "2 images uploaded" }).waitFor();
});

test("an upload whose response was lost can be retried without making a second image", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  const network = await context.newCDPSession(page);
  const lost: (number | undefined)[] = [];
  network.on("Fetch.requestPaused", ({ requestId, responseStatusCode }) => {
    lost.push(responseStatusCode);
    void network.send("Fetch.failRequest", { requestId, errorReason: "ConnectionReset" });
  });
  await network.send("Fetch.enable", { patterns: [{ urlPattern: "*/gallery/files", requestStage: "Response" }] });

  await choose(page, await aSmallPicture("Pier"));
  const retry = page.getByRole("button", { name: "Retry Pier.png" });
  await retry.waitFor();
  expect(lost).toEqual([201]);
  await network.send("Fetch.disable");
  await retry.click();
  await page.getByRole("region", { name: "Uploads" }).getByRole("img", { name: "Uploaded" }).waitFor();
  await page.reload();
  const images = page.getByRole("main").getByRole("listitem").getByRole("heading");
  expect(await images.allInnerTexts()).toEqual(["Pier"]);
});

test("an upload after the session has ended leads to the sign-in page and back, and can then be retried", async () => {
  const { db, person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  await db.delete(session).where(eq(session.userId, person.id));
  await choose(page, await aSmallPicture("Pier"));
  const uploads = page.getByRole("region", { name: "Uploads" });
  await uploads.getByText("You’ve been signed out. Sign in again to upload.").waitFor();
  const opened = context.waitForEvent("page");
  await uploads.getByRole("link", { name: "Sign in" }).click();
  const other = await opened;
  await fillSignIn(other, person);
  await other.waitForURL(`**${galleryOf(organization)}`);
  await uploads.getByRole("button", { name: "Retry Pier.png" }).click();
  await uploads.getByRole("img", { name: "Uploaded" }).waitFor();
  expect(await uploads.getByRole("link").count()).toBe(0);
});

test("a picture with too many pixels is rejected before it is sent, in a gallery and as a profile picture", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.url());
  });
  await choose(page, await aFlood("Flood"));
  await page.getByRole("region", { name: "Uploads" }).getByText(TOO_MANY_PIXELS).waitFor();

  await open(page, "/settings/account");
  const picture = page.locator("input[type=file]");
  await picture.setInputFiles(await aFlood("Flood"));
  await page.getByText(TOO_MANY_PIXELS).waitFor();
  await page.getByRole("button", { name: "Save picture" }).click();
  expect(await picture.evaluate((input) => input === document.activeElement)).toBe(true);
  await picture.setInputFiles(await aSmallPicture("Me"));
  await page.getByText(TOO_MANY_PIXELS).waitFor({ state: "detached" });
  expect(sent).toEqual([]);
  await page.getByRole("button", { name: "Save picture" }).click();
  await page.getByText("Settings saved").first().waitFor();
  expect(await shownSize(page, "main img[src*='/files/people/']"), "the middle of 320 by 240").toEqual([240, 240]);
});

test("a picture that moves does so on its own page, unless the person asked for less motion", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  await choose(page, await aMovingPicture("Waves"));
  await page.getByRole("link", { name: "Waves" }).click();
  await page.getByRole("heading", { name: "Waves", level: 1 }).waitFor();
  const picture = page.locator("main picture img");
  const shownType = async () => {
    await shownSize(page, "main picture img");
    const address = await picture.evaluate((image: HTMLImageElement) => image.currentSrc);
    return (await context.request.get(address)).headers()["content-type"];
  };
  expect(await shownType()).toBe("image/gif");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, page.url());
  expect(await shownType()).toBe("image/webp");
});

test("pasted and dropped files are uploaded, but not a paste of text or in a dialog, nor a drag within the page", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  const uploads = page.getByRole("region", { name: "Uploads" });
  const { buffer } = await aSmallPicture("Paste");
  const paste = (selector: string, text: string) =>
    page.locator(selector).evaluate(
      (target, { text, bytes }) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([Uint8Array.from(bytes)], "pasted.png", { type: "image/png" }));
        if (text !== "") clipboardData.setData("text/plain", text);
        target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      },
      { text, bytes: [...buffer] },
    );
  const drop = (isOwn: boolean) =>
    page.locator("main").evaluate(
      (target, { isOwn, bytes }) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(bytes)], "dropped.png", { type: "image/png" }));
        const types = [...(isOwn ? ["dragstart"] : []), "dragenter", "dragover", "drop", ...(isOwn ? ["dragend"] : [])];
        for (const type of types)
          target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      },
      { isOwn, bytes: [...buffer] },
    );

  await paste("body", "Region\tSales\nNorth\t12");
  await drop(true);
  await page.keyboard.press("Control+K");
  await page.getByRole("dialog").waitFor();
  await paste("[role=combobox]", "");
  await paste("body", "");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await uploads.count(), "words, a drag within the page, and a dialog").toBe(0);

  await paste("body", "");
  await uploads.getByRole("listitem").nth(0).getByRole("img", { name: "Uploaded" }).waitFor();
  await paste("body", "/home/ada/pasted.png");
  await drop(false);
  await uploads.getByRole("listitem").nth(2).getByRole("img", { name: "Uploaded" }).waitFor();

  await page.getByRole("button", { name: "Actions for dropped" }).click();
  await page.getByRole("button", { name: "Rename" }).click();
  await paste("[role=dialog] input[name=name]", "");
  await page.getByLabel("Name", { exact: true }).fill("x".repeat(121));
  await page.getByText("Too long: 121 characters. The limit is 120.").waitFor();
  await page.getByLabel("Name", { exact: true }).fill("Named");
  await page.getByText("Too long").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await uploads.getByRole("listitem").count()).toBe(3);
});

/** The picture's own size, once it is loaded. */
async function shownSize(page: Page, selector: string): Promise<number[]> {
  return page
    .locator(selector)
    .first()
    .evaluate(async (image) => {
      if (!(image instanceof HTMLImageElement)) throw new Error("no image");
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    });
}

test("without JavaScript a rejected file shows the form again with the reason at the field", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, person);
  await page.goto(galleryOf(organization));
  await choose(page, await aPictureTooLarge("Panorama"));
  expect(await statusOf(page)).toBe(413);
  expect(await reasonAtField(page)).toBe(TOO_LARGE);

  await page.getByLabel("Image", { exact: true }).setInputFiles(aPageNamedPng("Harmless"));
  expect(await statusOf(page)).toBe(415);
  expect(await reasonAtField(page)).toBe(WRONG_TYPE);

  await setRoom(organization.id, 100);
  await page.getByLabel("Image", { exact: true }).setInputFiles(await aSmallPicture("Mole"));
  expect(await statusOf(page)).toBe(409);
  expect(await reasonAtField(page)).toBe(QUOTA_FULL);

  await setRoom(organization.id, 1_000_000);
  await page.getByLabel("Image", { exact: true }).setInputFiles(await aSmallPicture("Mole"));
  expect(await statusOf(page)).toBe(303);
  await page.getByRole("heading", { name: "Mole" }).waitFor();
});

async function choose(page: Page, ...pictures: Picture[]) {
  await page.getByLabel("Upload images").setInputFiles(await onDisk(...pictures));
}

async function statusOf(page: Page): Promise<number> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  return (await answered).status();
}

/** The text of the field's own description, as a screen reader finds it. */
async function reasonAtField(page: Page): Promise<string> {
  const field = page.getByLabel("Image", { exact: true });
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  const [id] = (await field.getAttribute("aria-describedby"))?.split(" ") ?? [];
  return page.locator(`[id="${id}"]`).innerText();
}

/** Leaves this many bytes of storage. */
async function setRoom(id: string, bytes: number) {
  const db = e2eDatabase();
  const [found] = await db.select().from(organizations).where(eq(organizations.id, id));
  const storageQuota = (found?.storageUsed ?? 0) + bytes;
  await db.update(organizations).set({ storageQuota }).where(eq(organizations.id, id));
}

test("images cancelled before they are sent let the others be sent, and the page be left without a question", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, galleryOf(organization));
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += 1;
    void dialog.accept();
  });
  // Presses as soon as the buttons are there, while the sizes of the images are still being read.
  const cancelFirst = (count: number) =>
    page.evaluate((presses) => {
      new MutationObserver((_changes, observer) => {
        const buttons = document.querySelectorAll<HTMLButtonElement>("[aria-label^='Cancel']");
        if (buttons.length === 0) return;
        observer.disconnect();
        for (const button of [...buttons].slice(0, presses)) button.click();
      }).observe(document.body, { childList: true, subtree: true });
    }, count);
  await cancelFirst(UPLOADS_AT_ONCE);
  await choose(page, ...(await Promise.all(["One", "Two", "Three", "Fourth"].map((name) => aSmallPicture(name)))));
  await page.getByRole("heading", { name: "Fourth" }).waitFor();
  expect(await page.getByRole("main").getByRole("listitem").getByRole("heading").allTextContents()).toEqual(["Fourth"]);
  await page.getByRole("button", { name: "Close" }).click();
  await cancelFirst(1);
  await choose(page, await aSmallPicture("Only"));
  await page.getByRole("region", { name: "Uploads" }).waitFor({ state: "detached" });
  await page.reload();
  expect(asked).toBe(0);
});
