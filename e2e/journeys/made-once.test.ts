import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { apiKey } from "../../app/db/schema/keys.ts";
import { inviteLink, organization as organizations } from "../../app/db/schema/organizations.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

type Owner = Awaited<ReturnType<typeof anOwner>>;

type Made = {
  at: (owner: Owner) => string;
  /** Fills in the form and sends it, with the same values each time. */
  make: (page: Page, name: string) => Promise<void>;
  isMade: (page: Page) => Promise<void>;
  count: (owner: Owner, name: string) => Promise<number>;
};

const made: Record<string, Made> = {
  organizations: {
    at: () => "/organizations/new",
    async make(page, name) {
      await page.getByLabel("Name").fill(name);
      await page.getByRole("button", { name: say("organizations_create") }).click();
    },
    isMade: (page) => page.waitForURL("**/dashboard"),
    count: ({ db }, name) => db.$count(organizations, eq(organizations.name, name)),
  },
  keys: {
    at: ({ organization }) => `/organizations/${organization.slug}/keys/new`,
    async make(page, name) {
      await page.getByLabel("Name").fill(name);
      await page.getByLabel("View").first().check();
      await page.getByRole("button", { name: say("keys_create") }).click();
    },
    isMade: (page) => page.getByText(say("keys_secret_once")).waitFor(),
    count: ({ db, organization }) => db.$count(apiKey, eq(apiKey.organizationId, organization.id)),
  },
  "invite links": {
    at: ({ organization }) => `/organizations/${organization.slug}/invite-links/new`,
    make: (page) => page.getByRole("button", { name: say("links_create") }).click(),
    isMade: (page) => page.getByText(say("links_shown_once")).waitFor(),
    count: ({ db, organization }) => db.$count(inviteLink, eq(inviteLink.organizationId, organization.id)),
  },
};

for (const [things, { at, make, isMade, count }] of Object.entries(made)) {
  // Without JavaScript, Back from a page that shows a secret asks whether to send its form again.
  for (const javaScriptEnabled of things === "organizations" ? [true, false] : [true]) {
    test(`two ${things} with the same values are made when the form is opened again with Back${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
      const owner = await anOwner();
      await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
      const { page, context } = visit;
      await signIn(context, owner.person);
      const name = `Same ${crypto.randomUUID()}`;
      if (javaScriptEnabled) await open(page, at(owner));
      else await page.goto(at(owner));
      await make(page, name);
      await isMade(page);
      // A page that shows a secret is at the address of its form.
      if (things !== "organizations") await page.getByRole("link", { name: "Dashboard" }).first().click();
      await page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
      await page.goBack();
      await page.getByRole("main").locator("input[name=once]").waitFor({ state: "attached" });
      await make(page, name);
      await isMade(page);
      expect(await count(owner, name)).toBe(2);
    });
  }

  test(`${things} are made once by a form that is sent again after its response was lost`, async () => {
    const owner = await anOwner();
    await using visit = await browser.visitSlowly(fromSomewhere());
    const { page, context } = visit;
    await signIn(context, owner.person);
    const name = `Lost ${crypto.randomUUID()}`;
    await open(page, at(owner));
    const stopLosing = visit.lose(/^POST /);
    await make(page, name);
    await page.getByText(say("errors_offline_title")).waitFor();
    expect(await count(owner, name)).toBe(1);
    stopLosing();
    await make(page, name);
    await isMade(page);
    expect(await count(owner, name)).toBe(1);
  });
}

test("a form that the back-forward cache brings back is a new showing of it", async () => {
  const owner = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, owner.person);
  await open(page, "/organizations/new");
  const mark = page.locator("form#new-organization input[name=once]");
  const first = await mark.inputValue();
  // Chromium keeps no page of an automated browser, so the event stands for its return.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect.poll(() => mark.inputValue()).not.toBe(first);
});
