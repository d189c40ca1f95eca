import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Picture } from "../pictures.ts";

/** The ways in which a person operates a page. */
export type Hands = {
  press(target: Locator): Promise<void>;
  type(target: Locator, text: string): Promise<void>;
  choose(target: Locator, file: Picture): Promise<void>;
};

export const mouse: Hands = {
  press: (target) => target.click(),
  type: (target, text) => target.fill(text),
  choose: (target, file) => target.setInputFiles(file),
};

/** Only keys: Tab until the target has the focus, then the key that operates it. */
export const keyboard: Hands = {
  async press(target) {
    await reach(target);
    await target.page().keyboard.press("Enter");
  },
  async type(target, text) {
    await reach(target);
    await target.page().keyboard.press("ControlOrMeta+A");
    await target.page().keyboard.type(text);
  },
  async choose(target, file) {
    await reach(target);
    const asked = target.page().waitForEvent("filechooser");
    // A key press can overtake the request to report file choosers. This query is sent after that request and waits for it.
    expect(await hasFocus(target)).toBe(true);
    await target.page().keyboard.press("Space");
    await (await asked).setFiles(file);
  },
};

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

async function reach(target: Locator) {
  await target.waitFor();
  for (let tabs = 0; tabs < 120; tabs += 1) {
    if (await hasFocus(target)) return;
    await target.page().keyboard.press("Tab");
  }
  const stuck = await target.page().evaluate(() => document.activeElement?.outerHTML);
  throw new Error(`The keyboard does not reach ${target}, but ${stuck}.`);
}

/** On the page where a person chooses their mails. */
export function turnOffSomeMail(page: Page): Promise<void> {
  const buttons = page.getByRole("main").getByRole("button", { name: /^Turn off/ });
  return buttons.first().click();
}
