import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { user } from "../../app/db/schema/people.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { anOwner, dashboardOf, fromSomewhere, open, requestsOf } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

async function anOwnerOnABadLine() {
  const { db, person, organization } = await anOwner({ name: "Ada Example" });
  const visit = await browser.visitSlowly(fromSomewhere());
  await signIn(visit.context, person);
  return {
    ...visit,
    dashboard: dashboardOf(organization),
    pictureNow: async () => (await db.select().from(user).where(eq(user.id, person.id)))[0]?.image ?? null,
  };
}

async function choose(page: Page, theme: "dark" | "light") {
  const button = page.getByRole("button", { name: say(`common_theme_${theme}`) });
  if (!(await button.isVisible())) await page.getByRole("button", { name: "Account of Ada Example" }).click();
  await button.click();
}

/** Presses "Sign out" and waits until it has been pressed: the page asks whether the server responds. */
async function signOut(page: Page) {
  const isAsked = page.waitForResponse("**/healthz");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await isAsked;
}

const themeAtSignIn = async (page: Page) => {
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  return page.locator("html").getAttribute("data-theme");
};

test("a theme whose code is still loading when the person signs out is kept", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, dashboard } = owner;
  const letLoad = hold(/^GET \/assets\/preferences/);
  await open(page, dashboard);
  await choose(page, "dark");
  await signOut(page);
  letLoad();
  expect(await themeAtSignIn(page)).toBe("dark");
});

test("a second choice that waits for the response to the first is kept when the person signs out", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, dashboard } = owner;
  await open(page, dashboard);
  const letChoose = hold(/^POST .*preferences/);
  const isSent = page.waitForRequest((request) => request.method() === "POST");
  await choose(page, "dark");
  await isSent;
  await choose(page, "light");
  await signOut(page);
  letChoose();
  expect(await themeAtSignIn(page)).toBe("light");
});

test("a picture that is still being cut when a link is clicked is saved", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, pictureNow } = owner;
  await page.addInitScript(() => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (...args) {
      Object.assign(window, { letCut: () => toBlob.apply(this, args) });
    };
  });
  await open(page, "/settings/account");
  await page.locator("input[type=file]").setInputFiles(await aSmallPicture("first"));
  await page.getByRole("application").waitFor();
  await page.getByRole("button", { name: say("profile_avatar_save") }).click();
  await page.waitForFunction(() => "letCut" in window);
  await page
    .getByRole("link", { name: say("organizations_own_security") })
    .first()
    .click();
  await requestsOf(page).done();
  await page.evaluate(() => Object(window).letCut());
  await page.waitForURL("**/settings/security");
  await expect.poll(pictureNow).not.toBeNull();
});
