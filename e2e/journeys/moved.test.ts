import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { ask } from "../requests.ts";
import { fromSomewhere, open, path } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`a form opened before the organization's URL changed shows its error and the new secret ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const { people, organization, cookies } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    const [former, slug] = [organization.slug, `moved-${crypto.randomUUID().slice(0, 8)}`];
    const place = `/organizations/${former}/keys/new`;
    await (javaScriptEnabled ? open(page, place) : page.goto(place));
    await page.getByLabel("Name").fill("Nightly import");
    const body = new URLSearchParams({ slug });
    const moved = await ask(`/organizations/${former}/settings/slug`, cookies.owner, { method: "POST", body });
    expect(moved.status).toBe(303);

    await page.getByRole("button", { name: "Create API key" }).click();
    await page.getByText("Choose at least one permission.").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Nightly import");
    await page.getByRole("group", { name: "Gallery" }).getByLabel("View").check();
    await page.getByRole("button", { name: "Create API key" }).click();
    await page.getByText("Copy the secret now. It isn’t shown again.").waitFor();
    await page.locator("code").filter({ hasText: "tnt_" }).first().waitFor();
    await page.getByRole("link", { name: "Back to API keys" }).click();
    await page.getByRole("listitem").filter({ hasText: "Nightly import" }).waitFor();
    await expect.poll(() => path(page)).toBe(`/organizations/${slug}/keys`);
  });
}
