import type { Page } from "playwright-core";
import { test } from "vitest";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { anAddress, anOwner, fromSomewhere, membersOf, open, toldOnce } from "./steps.ts";

const browser = openBrowser();

type Place = { at: string; told: string; act: () => Promise<void> };

const places: Record<string, (page: Page, slug: string) => Place> = {
  "the members' page": (page, slug) => ({
    at: membersOf({ slug }),
    told: "Invitation sent",
    async act() {
      await page.getByLabel("Email address").fill(anAddress());
      await page.getByRole("button", { name: "Send invitation" }).click();
    },
  }),
  "an organization's settings": (page, slug) => ({
    at: `/organizations/${slug}/settings`,
    told: "Settings saved",
    async act() {
      await page.getByLabel("Name").fill("Northwind & Daughters");
      await page.getByRole("button", { name: "Save", exact: true }).first().click();
    },
  }),
  "a person's account": (page) => ({
    at: "/settings/account",
    told: "Settings saved",
    async act() {
      await page.getByLabel("Name").fill("Ada Renamed");
      await page.getByRole("button", { name: "Save", exact: true }).first().click();
    },
  }),
};

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 360, height: 640 },
]) {
  for (const [where, placed] of Object.entries(places)) {
    test(`a message that the pointer rests on hides nothing of ${where} for good, ${viewport.width} pixels wide`, async () => {
      const { person, organization } = await anOwner();
      await using visit = await browser.visit(fromSomewhere({ viewport }));
      const { context, page } = visit;
      await signIn(context, person);
      const { at, told, act } = placed(page, organization.slug);
      await open(page, at);
      await toldOnce(page, told, act);
      await page.locator(".toast").hover();
      const last = page.getByRole("main").locator("a, button, input, select").filter({ visible: true }).last();
      await last.click({ trial: true });
      await page.getByText(told).waitFor();
    });
  }
}
