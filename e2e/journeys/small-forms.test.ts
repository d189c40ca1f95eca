import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { turnOffSomeMail } from "./hands.ts";
import { fromSomewhere, open, path } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

const pressed: Record<string, { at: string; press: (page: Page) => Promise<void>; stays?: boolean }> = {
  "a language": {
    at: "/settings/appearance",
    press: (page) => page.getByRole("main").getByRole("button", { name: "Deutsch", exact: true }).click(),
  },
  "a language in the menu": {
    at: "/organizations",
    async press(page) {
      await page.getByRole("button", { name: /^Account of / }).click();
      await page.getByRole("button", { name: "Language: English" }).click();
      await page.getByRole("button", { name: "Deutsch", exact: true }).click();
    },
  },
  "a time zone": {
    at: "/settings/appearance",
    async press(page) {
      await page.getByLabel(say("appearance_zone_title")).selectOption("Asia/Tokyo");
      await page
        .getByRole("main")
        .getByRole("button", { name: say("common_save") })
        .click();
    },
  },
  "a theme": {
    at: "/settings/appearance",
    press: (page) => page.getByRole("main").getByRole("button", { name: "Dark", exact: true }).click(),
  },
  mails: {
    at: "/settings/notifications",
    press: turnOffSomeMail,
  },
};

for (const [what, { at, press }] of Object.entries(pressed)) {
  test(`a choice of ${what} that comes too often leaves the page as it is, and says how long to wait`, async () => {
    const { db, people } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere());
    const { page, context } = visit;
    await signIn(context, people.owner);
    await open(page, at);
    await page.evaluate(() => document.body.setAttribute("data-same", ""));
    const resetAt = new Date(Date.now() + 10 * 60_000);
    await db.insert(rateLimit).values({ key: `change:${people.owner.id}`, count: 10_000, resetAt });
    await press(page);
    await page.locator(".toast").getByText("Try again in 10 minutes.").waitFor();
    expect([path(page), await page.locator("body[data-same]").count()]).toEqual([at, 1]);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
  });
}
