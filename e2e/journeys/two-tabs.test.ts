import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

for (const javaScriptEnabled of [true, false]) {
  test(`a form that another tab has outdated keeps what was typed and asks before it replaces${javaScriptEnabled ? "" : ", without JavaScript too"}`, async () => {
    const { organization, people } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    await signIn(visit.context, people.owner);
    const [left, right] = [visit.page, await visit.context.newPage()];
    const nameIn = (page: typeof left) => page.getByLabel(say("organizations_name_label"));
    // Text inside `noscript` is found by the role of the element around it.
    const said = (page: typeof left, words: Parameters<typeof say>[0]) =>
      page
        .locator("[role=status], [role=alert]")
        .filter({ hasText: say(words) })
        .or(page.getByText(say(words)))
        .filter({ visible: true })
        .first();
    const save = (page: typeof left) =>
      page
        .getByRole("main")
        .locator("form", { has: nameIn(page) })
        .getByRole("button")
        .click();
    const settings = `/organizations/${organization.slug}/settings`;
    for (const page of [left, right]) await (javaScriptEnabled ? open(page, settings) : page.goto(settings));
    await nameIn(left).fill("From the left");
    await save(left);
    await said(left, "settings_saved").waitFor();
    await nameIn(right).fill("From the right");
    for (const times of [1, 2]) {
      await save(right);
      if (times === 1) await said(right, "refusals_changed_meanwhile").waitFor();
      expect(await nameIn(right).inputValue()).toBe("From the right");
    }
    await said(right, "settings_saved").waitFor();
    await left.reload();
    expect(await nameIn(left).inputValue()).toBe("From the right");
  });
}
