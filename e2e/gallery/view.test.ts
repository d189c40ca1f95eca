import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { anOwner, fromSomewhere, open } from "../journeys/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { galleryOf, upload } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

test("the arrows stay under the pointer from image to image, and the link of an image can be copied", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ permissions: ["clipboard-read", "clipboard-write"] }));
  const { page, context } = visit;
  await signIn(context, person);
  const names = ["A name", "A name that is so long that it takes two lines or three of the page", "Lake"];
  await upload(context, organization, await Promise.all(names.map((name) => aSmallPicture(name))));
  await open(page, galleryOf(organization));
  await page.getByRole("link", { name: "Lake", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Lake" }).waitFor();
  const next = page.getByRole("link", { name: say("gallery_next") });
  const before = await next.boundingBox();
  await next.click();
  await page.getByRole("heading", { name: names[1] ?? "" }).waitFor();
  expect((await next.boundingBox())?.x).toBe(before?.x);
  await page.getByRole("button", { name: say("gallery_copy_link") }).click();
  await page.getByRole("button", { name: say("common_copied") }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test("a finger that is drawn across the picture turns to the next image, and one that goes down does not", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ hasTouch: true }));
  const { page, context } = visit;
  await signIn(context, person);
  await upload(context, organization, [await aSmallPicture("Forest"), await aSmallPicture("Lake")]);
  await open(page, galleryOf(organization));
  await page.getByRole("link", { name: "Lake", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Lake" }).waitFor();
  const place = await page.getByRole("main").getByRole("img", { name: "Lake" }).boundingBox();
  const [x, y] = [(place?.x ?? 0) + (place?.width ?? 0) / 2, (place?.y ?? 0) + (place?.height ?? 0) / 2];
  const touch = await context.newCDPSession(page);
  const draw = async (across: number, down: number) => {
    const to = { x: x + across, y: y + down };
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [to] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  await draw(10, 60);
  await draw(-120, 5);
  await page.getByRole("heading", { level: 1, name: "Forest" }).waitFor();
  await draw(120, 5);
  await page.getByRole("heading", { level: 1, name: "Lake" }).waitFor();
});

test("an arrow key pressed in the instant in which the next image appears turns to the one after it", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, person);
  await upload(context, organization, await Promise.all(["Forest", "Lake", "Moor"].map((name) => aSmallPicture(name))));
  await open(page, galleryOf(organization));
  await page.getByRole("link", { name: "Moor", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Moor" }).waitFor();
  await page.evaluate(() => {
    const watch = new MutationObserver(() => {
      if (document.querySelector("h1")?.textContent !== "Lake") return;
      watch.disconnect();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.keyboard.press("ArrowRight");
  await page.getByRole("heading", { level: 1, name: "Forest" }).waitFor();
});
