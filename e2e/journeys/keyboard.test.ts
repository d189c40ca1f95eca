import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { galleryOf } from "../gallery/steps.ts";
import { aSmallPicture } from "../pictures.ts";
import { keyboard } from "./hands.ts";
import { anAddress, fromSomewhere, open, openMail, PASSWORD, takenOver } from "./steps.ts";

const browser = openBrowser();
const { press, type, choose } = keyboard;

test("a person signs up, uploads, deletes and invites by keyboard only, and the focus is never lost", async () => {
  const email = anAddress();
  await using visit = await browser.visit(fromSomewhere({ reducedMotion: "reduce" }));
  const { page } = visit;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await open(page, "/signup");
  await type(page.getByLabel("Name"), "Kim Keys");
  await type(page.getByLabel("Email address"), email);
  await type(page.getByLabel("Password", { exact: true }), PASSWORD);
  await press(button("Create account"));
  await page.getByRole("heading", { name: "Check your email" }).waitFor();
  const mail = await openMail(page, email, "Confirm your email address");
  await open(page, (await mail.getByRole("link", { name: "Confirm email address" }).getAttribute("href")) ?? "");
  await page.waitForURL("**/onboarding");
  await takenOver(page);
  await type(page.getByLabel("Name"), "Quiet Keys");
  await press(button("Create organization"));
  await page.waitForURL("**/organizations/quiet-keys*/welcome");
  await press(page.getByRole("link", { name: "Skip for now" }));
  await page.waitForURL("**/organizations/quiet-keys*/dashboard");
  const slug = new URL(page.url()).pathname.split("/")[2] ?? "";

  await press(page.getByRole("link", { name: "Gallery" }).first());
  await page.getByRole("heading", { name: "Gallery" }).waitFor();
  const uploading = page.getByLabel("Upload images");
  for (const name of ["Harbour", "Mole"]) {
    await choose(uploading, await aSmallPicture(name));
    await page.getByRole("heading", { name }).waitFor();
    // With the first image the field moves to the head of the page.
    expect(await uploading.evaluate((field) => field === document.activeElement)).toBe(true);
  }

  // A menu opens from its button and returns the focus to it.
  const actions = page.getByRole("button", { name: "Actions for Mole" });
  await press(actions);
  await button("Rename").waitFor();
  await page.keyboard.press("Escape");
  await button("Rename").waitFor({ state: "hidden" });
  await expect.poll(() => actions.evaluate((element) => element === document.activeElement)).toBe(true);

  await press(actions);
  await press(button("Rename"));
  const renaming = page.getByRole("dialog", { name: "Rename image" });
  await renaming.waitFor();
  await expect.poll(() => renaming.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  await page.keyboard.press("Escape");
  await renaming.waitFor({ state: "detached" });

  await press(actions);
  await press(button("Delete…"));
  const removing = page.getByRole("alertdialog", { name: "Delete image" });
  await press(removing.getByRole("button", { name: "Delete" }));
  await removing.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Mole" }).waitFor({ state: "detached" });
  // The element that had the focus is gone with the image. The focus moves nearby, not to the top of the document.
  const hasFocus = () => page.evaluate(() => document.querySelector("main")?.contains(document.activeElement) ?? false);
  await expect.poll(hasFocus).toBe(true);

  const invited = anAddress();
  await press(page.getByRole("link", { name: "Members" }));
  await page.getByRole("heading", { name: "1 member" }).waitFor();
  await type(page.getByLabel("Email address"), invited);
  await press(button("Send invitation"));
  await page.getByText("1 waiting for a reply").waitFor();
  await page.getByText(invited).first().waitFor();

  await open(page, galleryOf({ slug }));
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return [...transitionDuration.split(","), ...animationDuration.split(",")].some(
          (each) => Number.parseFloat(each) > 0.01,
        );
      })
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  expect(moving, "a person who wants no motion gets none").toEqual([]);
});
