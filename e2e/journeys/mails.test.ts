import { expect, test } from "vitest";
import { mailSamples } from "../../app/mail/samples.ts";
import { openBrowser } from "../browser.ts";
import { fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`a mail can be previewed in another language, light and dark${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    await using visit = await browser.visit(
      fromSomewhere({ javaScriptEnabled, viewport: { width: 1280, height: 900 } }),
    );
    const { page } = visit;
    if (javaScriptEnabled) await open(page, "/dev/mails");
    else await page.goto("/dev/mails");
    await page.getByLabel("Language").first().selectOption({ label: "العربية" });
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/language=ar\b/);
    await page
      .getByRole("link", { name: /invitation$/ })
      .and(page.locator("[href*='language=ar']"))
      .click();
    await page.getByRole("heading", { name: "دعوة للانضمام إلى" }).waitFor();
    const mail = page.getByTitle("دعوة للانضمام إلى").contentFrame();
    const ground = () => mail.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
    await mail.getByRole("heading", { name: "دعوة للانضمام إلى" }).waitFor();
    expect(await mail.locator("html").getAttribute("dir")).toBe("rtl");
    expect(await ground()).toBe("rgb(250, 250, 248)");
    await page.getByRole("link", { name: "Dark" }).click();
    await page.getByRole("link", { name: "Dark", exact: true }).and(page.locator("[aria-current]")).waitFor();
    await expect.poll(ground).toBe("rgb(14, 18, 18)");
    await page.locator("pre", { hasText: "Acme Outdoors" }).waitFor();
  });
}

test("no mail is wider than a phone, whatever the language and however long a name in it", async () => {
  await using visit = await browser.visit(fromSomewhere({ viewport: { width: 360, height: 740 } }));
  const { page } = visit;
  for (const language of ["en", "de", "ru", "ar"]) {
    for (const template of Object.keys(mailSamples)) {
      await page.goto(`/dev/mails/${template}?language=${language}&theme=light`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(width, `${template}, ${language}`).toBe(360);
    }
  }
});
