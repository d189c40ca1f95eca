import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { session } from "../../app/db/schema/people.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { anOwner, dashboardOf, fromSomewhere, open, path } from "./steps.ts";

const browser = openBrowser();

const sidebar = (page: Page) => page.locator("#shell-drawer");

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";

  test(`a person's own pages keep the organization that they came from, and lead back${how}`, async () => {
    const { person, organizations } = await anOwner({ owns: ["First Works", "Second Works"] });
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    for (const organization of organizations) {
      await (javaScriptEnabled ? open(page, dashboardOf(organization)) : page.goto(dashboardOf(organization)));
      if (javaScriptEnabled) {
        await page.getByRole("button", { name: person.name }).click();
        await page.getByRole("link", { name: "Your settings" }).click();
        await page.waitForURL("**/settings/account");
      } else await page.goto("/settings/account");
      expect(await sidebar(page).innerText()).toContain(organization.name);
      await expect.poll(() => sidebar(page).locator("[aria-current=page]").count()).toBe(0);
      for (const own of ["/notifications", "/organizations", "/organizations/new", "/no-such-page"]) {
        await page.goto(own);
        expect(await sidebar(page).innerText(), own).toContain(organization.name);
      }
      await sidebar(page).getByRole("link", { name: "Members" }).click();
      await page.waitForURL(`**/organizations/${organization.slug}/members`);
    }
  });

  test(`a missing page is shown in the frame to a person who is signed in, without it to others${how}`, async () => {
    const { db, people, organization, elsewhere } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    const look = async (url: string) => {
      expect((await page.goto(url))?.status(), url).toBe(404);
      await page.getByRole("heading", { name: "Page not found" }).waitFor();
    };
    const addresses = ["/no-such-page", `${dashboardOf(organization)}/nothing`, `/settings/nothing`];
    for (const url of addresses) {
      await look(url);
      await page.getByRole("link", { name: "Sign in" }).waitFor();
      expect(await sidebar(page).count(), url).toBe(0);
    }
    await signIn(context, people.member);
    for (const url of [...addresses, dashboardOf(elsewhere), "/organizations/nobody-has-this/members"]) {
      await look(url);
      expect(await sidebar(page).innerText(), url).toContain(organization.name);
      expect(await page.content(), url).not.toContain(elsewhere.name);
    }
    await sidebar(page).getByRole("link", { name: "Gallery" }).click();
    await page.waitForURL(`**/organizations/${organization.slug}/gallery`);
    await db.delete(session).where(eq(session.userId, people.member.id));
    await look("/no-such-page");
    expect(await sidebar(page).count()).toBe(0);
  });
}

test("a person in no organization has no sidebar, and finds their own pages all the same", async () => {
  const { db } = await anOwner();
  const person = await aPerson(db, { name: "Nora New" });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  for (const url of ["/organizations", "/settings/account", "/no-such-page"]) {
    await page.goto(url);
    await page.getByRole("button", { name: "Nora New" }).waitFor();
    expect(await sidebar(page).count(), url).toBe(0);
  }
  expect(path(page)).toBe("/no-such-page");
});
