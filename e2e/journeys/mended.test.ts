import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { galleryOf, upload } from "../gallery/steps.ts";
import { aWorkplace, signIn } from "../people.ts";
import { aPageNamedPng, aSmallPicture } from "../pictures.ts";
import { fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();

/** Returns the error under a field. Expects the field to be marked as invalid exactly while there is an error. */
async function saidUnder(field: Locator): Promise<string> {
  const [isInvalid, described, said] = await field.evaluate((input) => {
    const live = input.closest("div:has(> [aria-live])")?.querySelector(":scope > [aria-live=polite]");
    const isDescribed = live?.id !== undefined && (input.getAttribute("aria-describedby") ?? "").includes(live.id);
    return [
      input.getAttribute("aria-invalid") === "true",
      isDescribed,
      live?.textContent ?? "nothing that is read out",
    ];
  });
  expect([isInvalid, described]).toEqual([said !== "", said !== ""]);
  return said;
}

const isWrong = (field: Locator) => expect.poll(() => saidUnder(field)).not.toBe("");
const isRight = (field: Locator) => expect.poll(() => saidUnder(field)).toBe("");

/** Types as a person does: the browser never considers a value too short that a script filled in. */
async function type(field: Locator, text: string) {
  await field.press("Control+A");
  await field.pressSequentially(text);
}

const send = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("an error under a sign-up field stays while it applies, and disappears with the keystroke that fixes it", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/signup");
  const [name, email, password] = [
    page.getByLabel("Name"),
    page.getByLabel("Email address"),
    page.getByLabel("Password", { exact: true }),
  ];
  await type(email, "nobody");
  await type(password, "too short");
  await send(page, "Create account");
  for (const field of [name, email, password]) await isWrong(field);
  await expect.poll(() => name.evaluate((input) => input === document.activeElement)).toBe(true);
  await type(name, "A");
  await isRight(name);
  await name.press("Backspace");
  await isWrong(name);
  await type(email, "nobody@");
  await isWrong(email);
  await email.pressSequentially("person.test");
  await isRight(email);
  await type(email, "nobody");
  await isWrong(email);
  await type(password, "eleven char");
  await isWrong(password);
  await password.pressSequentially("s");
  await isRight(password);
});

test("an error that only the server can find is shown while the field has the refused value", async () => {
  const { people, elsewhere } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, people.owner);
  await open(page, "/organizations/new");
  const address = page.getByLabel("URL (optional)");
  await page.getByLabel("Name").fill("Northwind");
  await address.fill(elsewhere.slug);
  await send(page, "Create organization");
  await page.getByText("This URL is already taken").waitFor();
  await isWrong(address);
  await address.press("End");
  await address.pressSequentially("-2");
  await isRight(address);
  for (const _typed of "-2") await address.press("Backspace");
  await isWrong(address);
  // The next error is shown again, although the previous one was fixed.
  await address.fill("settings");
  await isRight(address);
  await send(page, "Create organization");
  await page.getByText("This URL is reserved").waitFor();
  await isWrong(address);
});

test("a name that must be typed to confirm is an error until it matches", async () => {
  const { people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/settings/delete`);
  const name = page.getByLabel("Type “Northwind Studio” to confirm");
  await name.fill("Northwind");
  await send(page, "Delete permanently");
  await page.getByText("That isn’t the organization’s name").waitFor();
  await name.fill("Northwind Stud");
  await isWrong(name);
  await name.fill("Northwind Studio");
  await isRight(name);
});

test("the error of a file refused by the browser or the server disappears with the next file", async () => {
  const { people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, people.owner);
  await open(page, "/organizations/new");
  const logo = page.getByLabel("Logo");
  const [good, page1] = [await aSmallPicture("good"), aPageNamedPng("page")];
  await logo.setInputFiles({ ...page1, name: "page.txt", mimeType: "text/plain" });
  await isWrong(logo);
  await logo.setInputFiles(good);
  await isRight(logo);
  await page.getByLabel("Name").fill("Northwind");
  const cut = { ...good, buffer: good.buffer.subarray(0, 60) };
  await logo.setInputFiles(cut);
  await send(page, "Create organization");
  await isWrong(logo);
  await logo.setInputFiles(good);
  await isRight(logo);
});

test("an error in a dialog disappears when it is fixed, as on a page", async () => {
  const { people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, people.owner);
  await upload(context, organization, [await aSmallPicture("one")]);
  await open(page, galleryOf(organization));
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  const name = page.getByRole("dialog").getByLabel("Name");
  await name.fill(" ");
  await send(page, "Save name");
  await isWrong(name);
  await name.fill("Two");
  await isRight(name);
});

test("without JavaScript an error disappears when a correct value is sent", async () => {
  const { people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { page, context } = visit;
  await signIn(context, people.owner);
  await page.goto("/settings/account");
  const name = page.getByLabel("Name");
  await name.fill("");
  const save = page.locator("form").filter({ has: name }).getByRole("button", { name: "Save" });
  await save.click();
  await isWrong(name);
  await name.fill("Omar Mended");
  await save.click();
  await page
    .getByRole("button", { name: "Account of Omar Mended" })
    .or(page.getByText("Omar Mended"))
    .first()
    .waitFor();
  await isRight(name);
});
