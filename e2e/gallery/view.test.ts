import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { anOwner, fromSomewhere, open } from "../journeys/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { galleryOf, upload } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

test("without a connection a download or an export keeps the page and says that there is no connection", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, person);
  await upload(context, organization, [await aSmallPicture("Lake")]);
  const told = page.getByRole("alert").getByText(say("errors_offline_title"));
  const gallery = galleryOf(organization);
  const main = page.getByRole("main");
  const staysAt = async (at: string, press: () => Promise<void>) => {
    const here = page.url();
    await context.setOffline(true);
    await press();
    await told.waitFor();
    expect(page.url(), at).toBe(here);
    await context.setOffline(false);
    await told.waitFor({ state: "detached" });
  };
  await open(page, gallery);
  await main.getByRole("listitem").getByRole("button").click();
  await staysAt("a menu", () => page.getByRole("link", { name: say("gallery_download"), exact: true }).click());
  await page.keyboard.press("Escape");
  await main.getByRole("link", { name: say("gallery_select_images"), exact: true }).click();
  await page.getByLabel(say("gallery_select", { name: "Lake" }), { exact: true }).check();
  await staysAt("what is selected", () => main.getByRole("button", { name: say("gallery_download") }).click());
  await open(page, `/organizations/${organization.slug}/members`);
  await staysAt("members", () => main.getByRole("link", { name: say("members_export") }).click());
});

test("a picture is in the middle of its frame", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, person);
  await upload(context, organization, [await aSmallPicture("Lake")]);
  await open(page, galleryOf(organization));
  await page.getByRole("link", { name: "Lake", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Lake" }).waitFor();
  const picture = page.getByRole("main").getByRole("img", { name: "Lake" });
  const { height, above, below } = await picture.evaluate((img) => {
    const [own, frame] = [img.getBoundingClientRect(), img.closest("a")?.getBoundingClientRect()];
    return { height: own.height, above: own.top - (frame?.top ?? 0), below: (frame?.bottom ?? 0) - own.bottom };
  });
  expect(height).toBeGreaterThan(100);
  expect(above).toBe(below);
});

test("both arrows stay under the pointer from image to image, and the link of an image can be copied", async () => {
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
  const previous = page.getByRole("link", { name: say("gallery_previous") });
  const back = await previous.boundingBox();
  await next.click();
  await page.getByRole("heading", { level: 1, name: "A name", exact: true }).waitFor();
  expect((await previous.boundingBox())?.x).toBe(back?.x);
  await previous.click();
  await page.getByRole("heading", { name: names[1] ?? "" }).waitFor();
  expect((await previous.boundingBox())?.x).toBe(back?.x);
  await page.getByRole("button", { name: say("gallery_copy_link") }).click();
  await page.getByRole("button", { name: say("common_copied") }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test("an image's name does not overlap its menu and starts at the page's side, in either text direction", async () => {
  const { person, organization } = await anOwner();
  for (const locale of ["en-US", "ar"]) {
    await using visit = await browser.visit(fromSomewhere({ locale, viewport: { width: 360, height: 800 } }));
    const { page, context } = visit;
    await signIn(context, person);
    if (locale === "en-US") {
      await upload(context, organization, [await aSmallPicture("First light over it"), await aSmallPicture("ضوء فوق")]);
    }
    await open(page, galleryOf(organization));
    for (const name of ["First light over it", "ضوء فوق"]) {
      const tile = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
      const menu = await tile.getByRole("button").boundingBox();
      const heading = tile.getByRole("heading");
      const [text, whole] = await heading.evaluate((shown) => {
        const range = document.createRange();
        range.selectNodeContents(shown);
        return [range, shown].map((each) => each.getBoundingClientRect());
      });
      if (!menu || !text || !whole) throw new Error("The tile is not there.");
      const isClear = locale === "ar" ? text.left >= menu.x + 20 : text.right <= menu.x + menu.width - 20;
      expect.soft(isClear, `${name}, ${locale}`).toBe(true);
      const apart = locale === "ar" ? whole.right - text.right : text.left - whole.left;
      expect.soft(Math.abs(apart), `${name}, ${locale}`).toBeLessThan(2);
    }
  }
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

for (const gesture of ["an arrow key pressed", "a finger drawn across the picture"]) {
  test(`${gesture} in the instant in which the next image appears turns to the one after it`, async () => {
    const { person, organization } = await anOwner();
    await using visit = await browser.visit(fromSomewhere());
    const { page, context } = visit;
    await signIn(context, person);
    const pictures = ["Forest", "Lake", "Moor"].map((name) => aSmallPicture(name));
    await upload(context, organization, await Promise.all(pictures));
    await open(page, galleryOf(organization));
    await page.getByRole("link", { name: "Moor", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Moor" }).waitFor();
    await page.evaluate((isKey) => {
      const press = () =>
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
      const draw = () => {
        const target = document.querySelector("main picture") ?? document.body;
        const finger = (clientX: number) => new Touch({ identifier: 1, target, clientX, clientY: 200 });
        target.dispatchEvent(new TouchEvent("touchstart", { touches: [finger(200)], bubbles: true }));
        target.dispatchEvent(new TouchEvent("touchend", { changedTouches: [finger(80)], bubbles: true }));
      };
      const watch = new MutationObserver(() => {
        if (document.querySelector("h1")?.textContent !== "Lake") return;
        watch.disconnect();
        if (isKey) press();
        else draw();
      });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    }, gesture === "an arrow key pressed");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { level: 1, name: "Forest" }).waitFor();
  });
}

test("a printed image has its name and facts, but no forms, buttons or way back", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, person);
  await upload(context, organization, [await aSmallPicture("Lake")]);
  await open(page, galleryOf(organization));
  await page.getByRole("main").getByRole("link", { name: "Lake" }).click();
  const main = page.getByRole("main");
  await main.getByRole("heading", { name: "Lake", level: 1 }).waitFor();
  const back = main.getByRole("link", { name: say("gallery_title"), exact: true });
  await back.waitFor();
  await page.emulateMedia({ media: "print" });
  for (const hidden of [main.locator("input,form,summary,.button"), back]) {
    expect.soft(await hidden.filter({ visible: true }).count()).toBe(0);
  }
  expect(await main.getByText(say("gallery_uploaded_by")).isVisible()).toBe(true);
});
