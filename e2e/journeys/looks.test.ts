import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { dashboardOf, fromSomewhere, membersOf, open } from "./steps.ts";

const browser = openBrowser();

test("beside the sidebar of a tablet the names of members keep their room", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ viewport: { width: 768, height: 900 } }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, membersOf(organization));
  const name = await page.locator(".members .member p").first().boundingBox();
  expect(name?.width).toBeGreaterThan(150);
});

test("a field that a form was refused for stands clear of the bar above", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ viewport: { width: 1280, height: 500 } }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/keys/new`);
  const name = page.getByLabel("Name");
  await page.getByRole("button", { name: "Create API key" }).click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  const bar = await page.getByRole("banner").boundingBox();
  await expect.poll(async () => (await name.boundingBox())?.y).toBeGreaterThan(bar?.height ?? 0);
});

test("Escape from the palette leaves the focus on the content where it was nowhere before", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, dashboardOf(organization));
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await palette.getByRole("combobox").waitFor();
  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
});

test("in the system's own colours what is current is marked, and what a background tells has an edge", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ forcedColors: "active" }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, dashboardOf(organization));
  const current = page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Dashboard" });
  const other = page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Gallery" });
  const background = (element: Element) => getComputedStyle(element).backgroundColor;
  expect(await current.evaluate(background)).not.toBe(await other.evaluate(background));
  const edge = (element: Element) => getComputedStyle(element).borderTopWidth;
  for (const shown of [".button", ".avatar", ".progress"]) {
    expect.soft(await page.locator(shown).first().evaluate(edge), shown).toBe("1px");
  }
});

test("paper gets what is read: no bars, forms of filters, buttons or menus", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, membersOf(organization));
  await page.emulateMedia({ media: "print" });
  await page.getByRole("table").waitFor();
  for (const hidden of [".button", ".menu", "nav", "[role=search]", "input", "select"]) {
    expect.soft(await page.locator(hidden).filter({ visible: true }).count(), hidden).toBe(0);
  }
});
