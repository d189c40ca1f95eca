import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const viewport = { width: 360, height: 640 };

const forms = [
  { place: "webhooks", boxes: "events", button: "Add webhook", name: "URL", right: "https://hooks.example.org/" },
  { place: "keys", boxes: "permissions", button: "Create API key", name: "Name", right: "Tills" },
];

/** The box that has the focus, its error, and whether both are in sight with the error above the box. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const box = document.activeElement as HTMLInputElement;
    const said = document.getElementById(box.getAttribute("aria-describedby") ?? "");
    const [above, below] = [said, box].map((each) => each?.getBoundingClientRect());
    const header = document.querySelector("header")?.getBoundingClientRect().bottom ?? 0;
    const isInSight = above && below && header < above.top && above.bottom <= below.top && below.bottom <= innerHeight;
    return { name: box.name, isWrong: box.ariaInvalid, said: said?.textContent, isInSight };
  });

for (const javaScriptEnabled of [true, false]) {
  for (const { place, boxes, button, name, right } of forms) {
    const title = `a person who ticks no box of ${boxes} is led to the error above the first box`;
    test(`${title}${javaScriptEnabled ? "" : " without JavaScript"}`, async () => {
      const { organization, people } = await aWorkplace();
      await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled, viewport }));
      const { page, context } = visit;
      await signIn(context, people.owner);
      const address = `/organizations/${organization.slug}/${place}/new`;
      await (javaScriptEnabled ? open(page, address) : page.goto(address));
      for (const box of await page.locator(`[name=${boxes}]`).all()) await box.uncheck();
      await page.getByRole("textbox", { name, exact: true }).fill(right);
      await page.getByRole("button", { name: button }).click();
      await page.getByText(/^Choose at least one/).waitFor();
      await expect
        .poll(() => focused(page))
        .toEqual({ name: boxes, isWrong: "true", said: expect.stringMatching(/^Choose/), isInSight: true });
    });
  }
}

test("the error above boxes disappears when one is ticked, and returns when none is", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ viewport }));
  const { page, context } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/keys/new`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Tills");
  await page.getByRole("button", { name: "Create API key" }).click();
  const error = page.getByText(/^Choose at least one/);
  await error.waitFor();
  const box = page.locator("[name=permissions]").last();
  await box.check();
  await error.waitFor({ state: "detached" });
  await box.uncheck();
  await error.waitFor();
});
