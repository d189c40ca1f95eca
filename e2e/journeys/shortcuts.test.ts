import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { dashboardOf, fromSomewhere, open, path, typeQuickly } from "./steps.ts";

const browser = openBrowser();

test("shortcuts open pages and begin an upload, the sheet lists them, and none of them works while a dialog is open", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, dashboardOf(organization));
  // The first key press loads the code that handles shortcuts.
  await typeQuickly(page, "g", "m");
  await page.getByRole("heading", { name: /members$/ }).waitFor();
  expect(path(page)).toBe(`/organizations/${organization.slug}/members`);
  await typeQuickly(page, "g", "g");
  await page.getByRole("heading", { name: "Gallery", level: 1 }).waitFor();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.getByText("Audit log", { exact: true }).waitFor();
  await typeQuickly(page, "g", "d");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
  expect(path(page), "a dialog was open").toBe(`/organizations/${organization.slug}/gallery`);
  await page.keyboard.press("Control+g");
  await typeQuickly(page, "d", "g", "n");
  await page.getByRole("heading", { name: "Notifications", level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Gallery", level: 1 }).waitFor();
  await page.keyboard.press("c");
  await page.waitForURL(`**/organizations/${organization.slug}/gallery/upload`);
});

test("shortcuts lead a member only where their role may go, and letters typed in a field stay text", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.member);
  await open(page, "/settings/account");
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("");
  await name.pressSequentially("g o?c");
  expect(await name.inputValue()).toBe("g o?c");
  await open(page, dashboardOf(organization));
  await typeQuickly(page, "g", "m");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.getByText("Gallery", { exact: true }).waitFor();
  expect(await sheet.getByText("Members", { exact: true }).count()).toBe(0);
  expect(path(page)).toBe(dashboardOf(organization));
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`shortcuts are switched off on the page Appearance${how}`, async () => {
    const { people } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    if (javaScriptEnabled) await open(page, "/settings/appearance");
    else await page.goto("/settings/appearance");
    await page.getByRole("group", { name: "Keyboard shortcuts" }).getByRole("button", { name: "Off" }).click();
    await page.locator("html[data-shortcuts=off]").waitFor();
    if (!javaScriptEnabled) return;
    await page.locator("h1").click();
    await page.keyboard.press("?");
    // This key is handled after the other one, which would have opened its dialog by then.
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Go to" }).waitFor();
    expect(await page.getByRole("dialog", { name: "Keyboard shortcuts" }).count()).toBe(0);
  });
}

test("the sheet of shortcuts names the key that the keyboard of a Mac has", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setUserAgentOverride", { userAgent: "Mozilla/5.0 (Macintosh)", platform: "MacIntel" });
  await open(page, dashboardOf(organization));
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.getByText("⌘", { exact: true }).waitFor();
  expect(await sheet.getByText("Ctrl").count()).toBe(0);
});
