import { expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { fromSomewhere } from "./journeys/steps.ts";

const browser = openBrowser();

test("the landing page shows the product as a picture to look at: captioned, still, and in the reader's language", async () => {
  for (const [locale, members] of [
    ["en", "Pending invitations"],
    ["de", "Offene Einladungen"],
  ] as const) {
    await using visit = await browser.visit(fromSomewhere({ locale }));
    const { page } = visit;
    await page.goto("/");
    const picture = page
      .getByRole("main")
      .locator("figure", { has: page.locator("figcaption") })
      .first();
    expect(await picture.innerText()).toContain(members);
    expect(await picture.locator("figcaption").innerText()).toMatch(/sample data|Beispieldaten/);
    const shown = picture.locator("[inert][aria-hidden=true]");
    expect(await shown.locator("a, button, input").count()).toBe(0);
    expect(
      await shown
        .locator("svg path")
        .first()
        .evaluate((bar) => bar.getBoundingClientRect().height),
    ).toBeGreaterThan(50);
  }
});
