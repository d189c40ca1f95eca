import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findings } from "../axe.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { dashboardOf, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

test("the palette says that its search failed even beside pages that match, and searches again on Enter or once connected", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, dashboardOf(organization));
  const { field, isSaid, option } = await opened(page);
  await field.fill("Mina Member");
  await option("Mina Member").waitFor();

  await context.setOffline(true);
  await field.fill("Sett");
  await option("Settings").waitFor();
  await isSaid(say("errors_offline_title"));
  await field.fill("Adam Admin");
  await isSaid(say("errors_offline_title"));
  await context.setOffline(false);
  await option("Adam Admin").waitFor();

  const network = await context.newCDPSession(page);
  network.on("Fetch.requestPaused", ({ requestId }) => {
    void network.send("Fetch.failRequest", { requestId, errorReason: "ConnectionReset" });
  });
  await network.send("Fetch.enable", { patterns: [{ urlPattern: "*/palette?*" }] });
  await field.fill("Omar Owner");
  await isSaid(say("palette_failed"));
  await network.send("Fetch.disable");
  await page.keyboard.press("Enter");
  await option("Omar Owner").waitFor();
});

test("a screen reader hears what the palette shows: results with their number, none, or a query that is too long", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, dashboardOf(organization));
  const { palette, field, isSaid, option } = await opened(page);
  await palette.getByRole("listbox", { name: say("palette_title") }).waitFor();
  expect(await findings(page, "the palette")).toEqual([]);
  await field.fill("Mina Member");
  await isSaid("1 result");
  expect(await field.getAttribute("aria-activedescendant")).toBe(await option("Mina Member").getAttribute("id"));
  await field.fill("nobody at all");
  await isSaid(say("palette_none", { query: "nobody at all" }));
  await field.fill("x".repeat(300));
  await isSaid(say("common_too_long", { count: "300", maximum: "254" }));
});

async function opened(page: Page) {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: say("palette_title") });
  const field = palette.getByRole("combobox");
  await field.waitFor();
  const said = async () => (await palette.getByRole("status").allInnerTexts()).map((text) => text.trim());
  return {
    palette,
    field,
    option: (name: string) => palette.getByRole("option", { name }),
    isSaid: (words: string) => expect.poll(said).toEqual([words]),
  };
}
