import { eq } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { expect, test } from "vitest";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { findings } from "../axe.ts";
import { openBrowser, type SlowVisit } from "../browser.ts";
import { signIn } from "../people.ts";
import { aMovingPicture, aPageNamedPng, aSmallPicture, type Picture } from "../pictures.ts";
import { anOwner, fromSomewhere, open, path, renderOnlyWhenAsked, toldOnce } from "./steps.ts";

const browser = openBrowser();

const RED = [200, 30, 30] as const;
const BLUE = [30, 30, 200] as const;
const WRONG_TYPE = "This file type isn’t supported. Use JPEG, PNG, WebP, GIF or AVIF.";

test("a person drops a picture, crops it with keys alone, and gets the part that was shown", async () => {
  const { person } = await anOwner({ name: "Ada Example" });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, "/settings/account");
  const field = page.locator("input[type=file]");
  await page.getByText("Choose a picture").waitFor();
  const ownWords = () => field.evaluate((input) => getComputedStyle(input).color);
  await expect.poll(ownWords, { message: "the browser's own words are not seen" }).toBe("rgba(0, 0, 0, 0)");

  await drop(field, await aTwoColouredPicture());
  const part = page.getByRole("group", { name: "Crop the picture" }).getByRole("application");
  await part.waitFor();
  await page.getByText("two.png").waitFor();
  expect(await hasFocus(field), "the focus stays at the field").toBe(true);
  expect(await findings(page, "the account page")).toEqual([]);
  await page.keyboard.press("Tab");
  expect(await hasFocus(part)).toBe(true);
  for (let press = 0; press < 20; press += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await page.getByRole("status").filter({ hasText: "Zoom: 120%" }).waitFor();
  await page.keyboard.press("-");
  await page.getByRole("status").filter({ hasText: "Zoom: 110%" }).waitFor();

  const save = page.getByRole("button", { name: "Save picture" });
  await save.focus();
  await toldOnce(page, "Settings saved", () => page.keyboard.press("Enter"));
  await part.waitFor({ state: "detached" });
  await page.getByText("Choose a picture").waitFor();
  expect(await hasFocus(save)).toBe(true);
  expect(await cornersOf(page.locator("main img[src*='/files/people/']"))).toEqual(["red", "red", "red", "red"]);
});

test("a photograph that was stored on its side is cropped upright, by pointer and by two fingers", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ hasTouch: true }));
  const { context, page } = visit;
  await context.addInitScript(renderOnlyWhenAsked);
  await signIn(context, person);
  await open(page, `/organizations/${organization.slug}/settings`);
  await page.getByLabel("Logo").setInputFiles(await aTwoColouredPicture({ orientation: 6 }));
  const part = page.getByRole("application", { name: "Move the picture" });
  await part.scrollIntoViewIfNeeded();
  const from = await middleOf(part);
  const top = async () => (await page.locator(".reactEasyCrop_Image").boundingBox())?.y ?? 0;
  const before = await top();
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y - 300, { steps: 5 });
  await page.mouse.up();
  await expect.poll(top).toBeLessThan(before);
  const zoom = page.getByRole("slider", { name: "Zoom" });
  await page.getByRole("button", { name: "Zoom in" }).click();
  expect(await zoom.getAttribute("aria-valuetext")).toBe("110%");
  await page.getByRole("button", { name: "Zoom out" }).click();
  await page.getByRole("status").filter({ hasText: "Zoom: 100%" }).waitFor();
  await page.evaluate(() => window.holdRendering?.(true));
  await spread(page, part);
  await page.evaluate(() => window.holdRendering?.(false));
  await expect.poll(async () => Number(await zoom.inputValue())).toBeGreaterThan(1.2);

  await page.getByRole("button", { name: "Save logo" }).click();
  await page.getByRole("button", { name: "Remove logo" }).waitFor();
  await part.waitFor({ state: "detached" });
  expect(await cornersOf(page.getByRole("main").locator("img"))).toEqual(["blue", "blue", "blue", "blue"]);
});

/** Each page with a form that crops a picture, the button that sends it, and a link to another page. */
const pictureForms = (organization: string) =>
  [
    ["/settings/account", "Save picture", "Security"],
    [`/organizations/${organization}/settings`, "Save logo", "Dashboard"],
  ] as const;

test("a picture that is refused for now stays chosen and cropped, and is sent with the next press", async () => {
  const { db, person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  for (const [at, button] of pictureForms(organization.slug)) {
    await open(page, at);
    await page.locator("input[type=file]").setInputFiles(await aTwoColouredPicture());
    await page.getByRole("button", { name: "Zoom in" }).click();
    const isZoomed = page.getByRole("status").filter({ hasText: "Zoom: 110%" });
    await isZoomed.waitFor();
    const full = { key: `upload:${person.id}`, count: 10_000, resetAt: new Date(Date.now() + 600_000) };
    await db.insert(rateLimit).values(full).onConflictDoUpdate({ target: rateLimit.key, set: full });
    const save = page.getByRole("button", { name: button });
    await save.click();
    await page.getByRole("main").getByRole("alert").getByText("Try again in 10 minutes.").waitFor();
    expect([path(page), await isZoomed.count(), await hasFocus(save)]).toEqual([at, 1, true]);
    await db.delete(rateLimit).where(eq(rateLimit.key, full.key));
    await toldOnce(page, "Settings saved", () => save.click());
    await isZoomed.waitFor({ state: "detached" });
    await page.getByRole("main").getByRole("alert").waitFor({ state: "detached" });
  }
});

/** Chooses a picture and sends it. The request is held back until the function that this resolves with is called. */
async function beginToSave({ page, hold }: SlowVisit, at: string, button: string) {
  await open(page, at);
  await page.locator("input[type=file]").setInputFiles(await aTwoColouredPicture());
  await page.getByRole("application").waitFor();
  const letSave = hold(/^POST .*(avatar|logo)/);
  const isSent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: button }).click();
  await isSent;
  return letSave;
}

test("a picture that is refused after its page was left says so on the next page", async () => {
  const { db, person, organization } = await anOwner();
  await using visit = await browser.visitSlowly(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  const full = { key: `upload:${person.id}`, count: 10_000, resetAt: new Date(Date.now() + 600_000) };
  await db.insert(rateLimit).values(full);
  for (const [at, button, next] of pictureForms(organization.slug)) {
    const letSave = await beginToSave(visit, at, button);
    await page.getByRole("link", { name: next, exact: true }).first().click();
    await page.waitForURL((url) => url.pathname !== at);
    letSave();
    await page.locator(".toast").getByText("Try again in 10 minutes.").waitFor();
  }
});

test("while a picture is being sent the browser asks before the document is left, and a person who stays has it saved", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visitSlowly(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  for (const [at, button] of pictureForms(organization.slug)) {
    const letSave = await beginToSave(visit, at, button);
    const asked = page.waitForEvent("dialog").then(async (question) => {
      await question.dismiss();
      return question.type();
    });
    await page.getByRole("button", { name: `Account of ${person.name}` }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    expect(await asked).toBe("beforeunload");
    await toldOnce(page, "Settings saved", async () => letSave());
    expect(path(page)).toBe(at);
  }
});

test("the focus ring of the crop is around the picture, where its colours cannot hide it", async () => {
  const { person } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, "/settings/account");
  await page.locator("input[type=file]").setInputFiles(await aTwoColouredPicture());
  const part = page.getByRole("application");
  await part.waitFor();
  const rings = () =>
    part.evaluate((crop) => {
      const around = crop.parentElement?.parentElement;
      return [crop, around].map((each) => each instanceof Element && getComputedStyle(each).outlineStyle);
    });
  expect(await rings()).toEqual(["none", "none"]);
  await page.locator("input[type=file]").focus();
  await page.keyboard.press("Tab");
  expect(await hasFocus(part)).toBe(true);
  expect(await rings()).toEqual(["none", "solid"]);
});

test("a chosen picture is checked before it is sent, and can be discarded", async () => {
  const { person } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, "/organizations/new");
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  const logo = page.getByLabel("Logo");
  const discard = page.getByRole("button", { name: "Discard picture" });

  await logo.setInputFiles(aPageNamedPng("Harmless"));
  await page.getByText(WRONG_TYPE).waitFor();
  await page.getByLabel("Name").fill("Northwind");
  await page.getByRole("button", { name: "Create organization" }).click();
  expect(await hasFocus(logo)).toBe(true);
  expect(sent).toEqual([]);

  await logo.setInputFiles(await aMovingPicture("Waves"));
  await page.getByText("Only the first frame of an animation is kept.").waitFor();
  expect(await page.getByText(WRONG_TYPE).count()).toBe(0);
  const cut = await aSmallPicture("Cut");
  await logo.setInputFiles({ ...cut, buffer: cut.buffer.subarray(0, 60) });
  await page.getByText("This browser can’t open the picture, so there is no preview.").waitFor();
  await discard.click();
  await page.getByText("or drop it here").waitFor();
  expect(await hasFocus(logo)).toBe(true);
  expect(await discard.count()).toBe(0);
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.waitForURL("**/dashboard");
});

test("the words of a file field are in the person's language, in each of its places", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ locale: "de-DE" }));
  const { context, page } = visit;
  await signIn(context, person);
  const gallery = `/organizations/${organization.slug}/gallery/upload`;
  for (const url of [
    "/settings/account",
    `/organizations/${organization.slug}/settings`,
    "/organizations/new",
    gallery,
  ]) {
    await open(page, url);
    await page.getByText("Bild auswählen").waitFor();
    await page.getByText("oder hier ablegen").waitFor();
  }
  await page.locator("input[type=file]").setInputFiles(await aSmallPicture("Pier"));
  await page.getByRole("img", { name: "Vorschau" }).waitFor();
  await page.getByText("Anderes auswählen").waitFor();
});

test("without JavaScript the plain field sends the whole picture", async () => {
  const { person } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, person);
  await page.goto("/settings/account");
  expect(await page.getByText("Choose a picture").count()).toBe(0);
  await page.getByLabel("Picture", { exact: true }).setInputFiles(await aSmallPicture("Me"));
  await page.getByRole("button", { name: "Save picture" }).click();
  await page.getByRole("button", { name: "Remove picture" }).waitFor();
  const width = () => page.locator("main img").evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width, { message: "the middle of 320 by 240" }).toBe(240);
});

/** A picture of 400 by 200 pixels, red on the left and blue on the right. Its EXIF contains the orientation. */
async function aTwoColouredPicture({ orientation = 1 } = {}): Promise<Picture> {
  const half = ([r, g, b]: readonly [number, number, number]) =>
    sharp({ create: { width: 200, height: 200, channels: 3, background: { r, g, b } } })
      .png()
      .toBuffer();
  const buffer = await sharp(await half(RED))
    .extend({ right: 200 })
    .composite([{ input: await half(BLUE), left: 200, top: 0 }])
    .withMetadata({ orientation })
    .png()
    .toBuffer();
  return { name: "two.png", mimeType: "image/png", buffer };
}

async function drop(field: Locator, { name, mimeType, buffer }: Picture) {
  const file = { name, mimeType, base64: buffer.toString("base64") };
  await field.evaluate((input, { name, mimeType, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], name, { type: mimeType }));
    for (const type of ["dragover", "drop"]) {
      input.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, file);
}

async function spread(page: Page, target: Locator) {
  await target.scrollIntoViewIfNeeded();
  const { x, y } = await middleOf(target);
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [-apart, apart].map((by, id) => ({ x: x + by, y, id })),
    });
  await touch("touchStart", 20);
  for (const apart of [25, 30, 35, 40]) {
    await touch("touchMove", apart);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await touch("touchEnd", 40);
}

async function middleOf(target: Locator) {
  const box = await target.boundingBox();
  if (box === null) throw new Error("It is not shown.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** The colour of each corner of the picture, red or blue. */
function cornersOf(picture: Locator): Promise<string[]> {
  return picture.evaluate(async (image: HTMLImageElement) => {
    const bitmap = await createImageBitmap(await (await fetch(image.src)).blob());
    const { width, height } = bitmap;
    const pen = new OffscreenCanvas(width, height).getContext("2d");
    pen?.drawImage(bitmap, 0, 0);
    const corners = [3, width - 4].flatMap((x) => [3, height - 4].map((y) => [x, y] as const));
    return corners.map(([x, y]) => {
      const [red = 0, , blue = 0] = pen?.getImageData(x, y, 1, 1).data ?? [];
      return red > blue ? "red" : "blue";
    });
  });
}
