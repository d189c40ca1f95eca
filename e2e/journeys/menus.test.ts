import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { galleryOf, upload } from "../gallery/steps.ts";
import { aWorkplace, signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { dashboardOf, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();

async function anOwner() {
  const workplace = await aWorkplace();
  const visit = await browser.visit(fromSomewhere());
  await signIn(visit.context, workplace.people.owner);
  return { ...workplace, ...visit };
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());

test("arrow keys, Home and End go through the items of a menu, and open it from its button", async () => {
  await using owner = await anOwner();
  const { context, page, organization } = owner;
  await upload(context, organization, [await aSmallPicture("Mole")]);
  await open(page, galleryOf(organization));
  const actions = page.getByRole("button", { name: "Actions for Mole" });
  const panel = page.getByRole("button", { name: "Rename" });
  await actions.focus();
  await expect
    .poll(async () => {
      if (!(await panel.isVisible())) await page.keyboard.press("ArrowDown");
      return focused(page);
    })
    .toBe("Open");
  for (const [key, item] of [
    ["ArrowDown", "Download"],
    ["ArrowUp", "Open"],
    ["ArrowUp", "Delete…"],
    ["ArrowDown", "Open"],
    ["End", "Delete…"],
    ["Home", "Open"],
  ] as const) {
    await page.keyboard.press(key);
    expect([key, await focused(page)]).toEqual([key, item]);
  }
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => focused(page)).toBe("Delete…");
});

test("a menu closes when Tab leaves it, forward and back", async () => {
  await using owner = await anOwner();
  const { page, organization, people } = owner;
  await open(page, dashboardOf(organization));
  const trigger = page.getByRole("button", { name: people.owner.name }).last();
  const signOut = page.getByRole("button", { name: "Sign out" });
  const isOpen = () => signOut.isVisible();
  await trigger.press("Enter");
  await signOut.waitFor();
  await signOut.focus();
  expect(await isOpen()).toBe(true);
  await page.keyboard.press("Tab");
  await signOut.waitFor({ state: "hidden" });
  await trigger.press("Enter");
  await signOut.waitFor();
  await page.keyboard.press("Shift+Tab");
  await signOut.waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
});

test("a menu that Tab leaves before the code for menus has loaded closes as soon as it has", async () => {
  await using owner = await anOwner();
  const { page, organization, people } = owner;
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route(/menu-keys/, (route) => released.then(() => route.continue()));
  await open(page, dashboardOf(organization));
  await page.getByRole("button", { name: people.owner.name }).last().press("Enter");
  const signOut = page.getByRole("button", { name: "Sign out" });
  await signOut.focus();
  await page.keyboard.press("Tab");
  release();
  await signOut.waitFor({ state: "hidden" });
});
