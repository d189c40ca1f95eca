import { expect, test } from "vitest";
import { localeNames } from "../app/i18n/locale.ts";
import { startServedCopy } from "../scripts/served-copy.ts";
import { openBrowser } from "./browser.ts";
import { fromSomewhere, takenOver } from "./journeys/steps.ts";
import { wordsOf } from "./words.ts";

const browser = openBrowser();

test("people choose between the languages that are offered, and get no menu if there is only one", async () => {
  for (const [offered, names] of [
    ["de fr", [localeNames.fr, localeNames.de]],
    ["de", []],
  ] as const) {
    await using copy = await startServedCopy({ withDemoData: false, more: { LANGUAGES: offered } });
    await using visit = await browser.visit(fromSomewhere({ locale: "de" }));
    const { page } = visit;
    await page.goto(`${copy.url}/login`);
    await takenOver(page);
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    const menu = page.getByRole("button", { name: wordsOf("de")("common_language") });
    if (names.length > 0) await menu.click();
    expect(await page.locator("button[name=locale]").allInnerTexts()).toEqual(names);
    expect(await menu.count()).toBe(Math.min(names.length, 1));
  }
});
