import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { dashboardOf, fromSomewhere, membersOf, open } from "./steps.ts";

const browser = openBrowser();

test("Back closes the menu or the palette that is open over the page, and the page behind is the earlier one", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, dashboardOf(organization));
  const signOut = page.getByRole("button", { name: "Sign out" });
  const palette = page.getByRole("combobox", { name: wordsOf("en")("palette_label") });
  for (const [shown, show] of [
    [signOut, () => page.getByRole("button", { name: `Account of ${people.owner.name}` }).click()],
    [palette, () => page.keyboard.press("Control+K")],
    [page.getByRole("dialog", { name: "Keyboard shortcuts" }), () => page.keyboard.press("?")],
  ] as const) {
    await page.getByRole("link", { name: "Members", exact: true }).first().click();
    await page.waitForURL(`**${membersOf(organization)}`);
    await page.getByRole("heading", { level: 1, name: "Members" }).click();
    await show();
    await shown.waitFor();
    await page.goBack();
    await shown.waitFor({ state: "hidden" });
    await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(dashboardOf(organization));
  }
});
