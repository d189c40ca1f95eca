import type { Locator } from "playwright-core";
import type { Picture } from "../pictures.ts";

/** What somebody uses a page with. */
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

/** Nothing but keys: Tab until the target has the focus, and what a keyboard does there. */
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
    await target.page().keyboard.press("Space");
    await (await asked).setFiles(file);
  },
};

async function reach(target: Locator) {
  await target.waitFor();
  for (let tabs = 0; tabs < 120; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await target.page().keyboard.press("Tab");
  }
  const stuck = await target.page().evaluate(() => document.activeElement?.outerHTML);
  throw new Error(`The keyboard does not reach ${target}, but ${stuck}.`);
}
