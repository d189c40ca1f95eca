import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { member } from "../../app/db/schema/organizations.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { anOwner, dashboardOf, fromSomewhere, open, path, takenOver } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`an owner changes name, logo and address, and deletes the organization${javaScriptEnabled ? "" : " without JavaScript"}`, async () => {
    const { person, organization } = await anOwner({ owns: ["First Name"] });
    const [slug, moved] = [organization.slug, `moved-${organization.id.slice(0, 8)}`];
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    await page.goto(`/organizations/${slug}/settings`);
    if (javaScriptEnabled) await takenOver(page);
    const form = (button: string) => page.locator("form").filter({ has: page.getByRole("button", { name: button }) });

    await page.getByLabel("Name").fill("Second Name");
    await form("Save").first().getByRole("button").click();
    await page.getByRole("button", { name: "Switch organization: Second Name" }).waitFor();

    await page.getByLabel("Logo").setInputFiles(await aSmallPicture("logo", "webp"));
    await page.getByRole("button", { name: "Save logo" }).click();
    await page.getByRole("button", { name: "Remove logo" }).waitFor();
    const logo = page.getByRole("main").locator("img");
    await expect.poll(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(240);

    await page.getByLabel("URL").fill("settings");
    await form("Save").last().getByRole("button", { name: "Save" }).click();
    await page.getByText("This URL is reserved").waitFor();
    await page.getByLabel("URL").fill(moved);
    await form("Save").last().getByRole("button", { name: "Save" }).click();
    await page.waitForURL(`**/organizations/${moved}/settings`);
    await page.getByText("Former URLs:").waitFor();
    await page.goto(dashboardOf(organization));
    expect(path(page)).toBe(`/organizations/${moved}/dashboard`);

    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Delete organization" }).click();
    await page.getByRole("heading", { name: "Delete organization" }).waitFor();
    await page.getByLabel("Type “Second Name” to confirm").fill("First Name");
    await page.getByRole("button", { name: "Delete permanently" }).click();
    await page.getByText("That isn’t the organization’s name").waitFor();
    await page.getByLabel("Type “Second Name” to confirm").fill("Second Name");
    await page.getByRole("button", { name: "Delete permanently" }).click();
    await page.getByRole("heading", { name: "No organization yet" }).waitFor();
    expect((await page.goto(`/organizations/${moved}/dashboard`))?.status()).toBe(404);
  });
}

test("the palette leads to pages and people with only the keyboard, and reads out the number of results", async () => {
  const { db, person, organizations } = await anOwner({ owns: ["Palette Works", "Other Works"] });
  const [first, second] = organizations;
  if (!first || !second) throw new Error("This person owns two organizations.");
  const colleague = await aPerson(db, { name: "Quentin Quill" });
  await db
    .insert(member)
    .values({ id: crypto.randomUUID(), organizationId: second.id, userId: colleague.id, role: "member" });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, dashboardOf(first));
  const field = page.getByRole("combobox", { name: wordsOf("en")("palette_label") });
  const isFocused = (element: Locator) => element.evaluate((each) => each === document.activeElement);
  const opened = () => expect.poll(async () => (await field.count()) === 1 && isFocused(field)).toBe(true);
  await page.keyboard.press("Control+K");
  await opened();
  await page.keyboard.type("memb");
  await page.getByRole("option", { name: "Members" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/organizations/${first.slug}/members`);

  await page.keyboard.press("Control+K");
  await opened();
  await page.keyboard.type("quill");
  await page.getByRole("option", { name: "Quentin Quill" }).waitFor();
  await expect.poll(() => page.getByRole("dialog").getByRole("status").first().innerText()).toBe("1 result");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Quentin Quill" }).waitFor();
  expect(path(page)).toContain(`/organizations/${second.slug}/members/`);

  const button = page.getByRole("button", { name: "Search" });
  await button.focus();
  await page.keyboard.press("Enter");
  await opened();
  await page.keyboard.type("zzz");
  await page.getByText("No results for “zzz”.").waitFor();
  await page.keyboard.press("Escape");
  await field.waitFor({ state: "detached" });
  await expect.poll(() => isFocused(button), { message: "focus comes back" }).toBe(true);
});

test("the palette keeps the focus when it is opened again before the page has taken the focus back", async () => {
  const { person, organizations } = await anOwner({ owns: ["Quick Works"] });
  const [organization] = organizations;
  if (!organization) throw new Error("This person owns an organization.");
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  // What a page puts off to the next frame comes late on a slow machine.
  await page.addInitScript(() => {
    const soon = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => Number(setTimeout(() => soon(callback), 300));
  });
  await signIn(context, person);
  await open(page, dashboardOf(organization));
  const field = page.getByRole("combobox", { name: wordsOf("en")("palette_label") });
  const isFocused = () => field.evaluate((each) => each === document.activeElement);
  const button = page.getByRole("button", { name: "Search" });
  for (const from of ["the page", "a button"]) {
    if (from === "a button") await button.focus();
    await page.keyboard.press("Control+K");
    await expect.poll(isFocused, { message: from }).toBe(true);
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
    await page.keyboard.press("Control+K");
    await expect.poll(isFocused, { message: from }).toBe(true);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await isFocused(), from).toBe(true);
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
  }
});

test("the palette lists the pages and commands that match the typed words, and Enter takes the first one", async () => {
  const { person, organizations } = await anOwner({ owns: ["Command Works"] });
  const [organization] = organizations;
  if (!organization) throw new Error("This person owns an organization.");
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, dashboardOf(organization));
  const field = page.getByRole("combobox", { name: wordsOf("en")("palette_label") });
  const options = page.getByRole("option");
  const press = async (words: string, expected: string[]) => {
    await page.keyboard.press("Control+K");
    await expect.poll(() => field.count()).toBe(1);
    await page.keyboard.type(words);
    await expect.poll(() => options.allInnerTexts()).toEqual(expected);
    await page.keyboard.press("Enter");
  };
  await press("key", ["API keys", "Create an API key"]);
  await page.waitForURL(`**/organizations/${organization.slug}/keys`);
  await press("create an", ["Create an API key"]);
  await page.waitForURL("**/keys/new");
  await press("sign o", ["Sign out"]);
  await page.waitForURL("**/login");
  await page.goto(dashboardOf(organization));
  expect(path(page)).toContain("/login");
});

test("the switcher keeps the page if the person's role in the other organization may see it", async () => {
  const { db, person, organizations } = await anOwner({ owns: ["Switch One", "Switch Two"] });
  const { organization: third } = await anOwner({ owns: ["Switch Three"] });
  const [first, second] = organizations;
  if (!first || !second) throw new Error("This person owns two organizations.");
  await db
    .insert(member)
    .values({ id: crypto.randomUUID(), organizationId: third.id, userId: person.id, role: "member" });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, `/organizations/${first.slug}/members`);
  const go = async (name: string) => {
    await page.getByRole("button", { name: "Switch organization" }).click();
    await page.getByRole("link", { name }).click();
  };
  await go("Switch Two");
  await page.waitForURL(`**/organizations/${second.slug}/members`);
  await page.getByRole("heading", { name: "1 member" }).waitFor();
  await go("Switch Three");
  await page.waitForURL(`**${dashboardOf(third)}`);
});
