import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, inject, test } from "vitest";
import { withFiles } from "../../e2e/access-rows.ts";
import { findings } from "../../e2e/axe.ts";
import { openBrowser } from "../../e2e/browser.ts";
import { fromSomewhere, open, requestsOf } from "../../e2e/journeys/steps.ts";
import { aWorkplace } from "../../e2e/people.ts";
import { ask } from "../../e2e/requests.ts";
import { oddResources } from "../../scripts/prove-start/resources.ts";

/** In the copy, this is a test in `e2e/`: it keeps a picture of each page of the generated resources, and checks it with axe. */

const browser = openBrowser();
type Furnish = (place: { slug: string; cookie: string | null }) => Promise<Record<string, string>>;
const furnishers = import.meta.glob<{ furnish: Furnish }>("../*/furnish.ts", { eager: true });

const folder = process.env.PICTURES ?? "build/generated-pages";

const WIDE = { width: 1280, height: 800 };
const TELEPHONE = { width: 360, height: 740 };

const looks = [
  { name: "light", colorScheme: "light", locale: "en-US", viewport: WIDE },
  { name: "dark", colorScheme: "dark", locale: "en-US", viewport: WIDE },
  { name: "arabic", colorScheme: "light", locale: "ar", viewport: WIDE },
  { name: "phone", colorScheme: "light", locale: "en-US", viewport: TELEPHONE },
  { name: "phone-dark-arabic", colorScheme: "dark", locale: "ar", viewport: TELEPHONE },
] as const;

for (const { name: resource, rows, pictures } of oddResources) {
  test(`axe finds nothing on the pages of ${resource}: empty, new, with errors, as a list, edited and deleted`, async () => {
    const found: string[] = [];
    await mkdir(folder, { recursive: true });
    for (const { name: look, ...options } of looks) {
      const { organization, cookies } = await aWorkplace();
      await using visit = await browser.visit(fromSomewhere(options));
      const { page, context } = visit;
      const [cookie = "", value = ""] = cookies.owner?.split("=") ?? [];
      await context.addCookies([{ name: cookie, value, url: inject("appUrl") }]);
      const list = `/organizations/${organization.slug}/${resource}`;
      const keep = async (state: string) => {
        // Otherwise what sticks to the top of the window would be in the middle of the picture.
        await page.evaluate("scrollTo(0, 0)");
        await page.screenshot({ path: path.join(folder, `${resource}-${state}-${look}.png`), fullPage: true });
        found.push(...(await findings(page, `${resource} ${state} ${look}`)));
      };
      await open(page, list);
      await keep("empty");
      await open(page, `${list}/new`);
      await keep("new");
      const sent = requestsOf(page);
      await page.locator("main form button").last().click();
      await page.locator("main [aria-invalid=true]").first().waitFor();
      await sent.done();
      await keep("errors");
      const place = { slug: organization.slug, cookie: cookies.owner };
      const needed = await furnishers[`../${resource}/furnish.ts`]?.furnish(place);
      for (const row of rows) {
        const named = Object.entries(row).map(([name, text]) => [name, needed?.[text.replace("@", "")] ?? text]);
        const body = withFiles(Object.fromEntries(named), resource, ...pictures);
        expect((await ask(`${list}/new`, cookies.owner, { method: "POST", body })).status).toBe(303);
      }
      await open(page, list);
      await keep("list");
      await page.locator("main a[href$='/edit']").first().click();
      await page.waitForURL(/\/edit$/);
      await page.locator("main form textarea, main form input[type=text]").first().waitFor();
      await keep("edit");
      await open(page, list);
      await page.locator("main a[href$='/remove']").first().click();
      await page.locator("main form button").last().waitFor();
      await keep("question");
      await page.locator("main form button").last().click();
      await page.locator("main form[action$='/restore']").waitFor();
      await keep("deleted");
    }
    expect(found).toEqual([]);
  });
}
