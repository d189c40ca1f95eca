import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { CODES_PER_MINUTE } from "../../app/auth/limits.ts";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { notification } from "../../app/db/schema/notifications.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { turnOffSomeMail } from "./hands.ts";
import { anAddress, fromSomewhere, open, path, requestsOf } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

const pressed: Record<string, { at: string; press: (page: Page) => Promise<void>; stays?: boolean }> = {
  "a language": {
    at: "/settings/appearance",
    press: (page) => page.getByRole("main").getByRole("button", { name: "Deutsch", exact: true }).click(),
  },
  "a language in the menu": {
    at: "/organizations",
    async press(page) {
      await page.getByRole("button", { name: /^Account of / }).click();
      await page.getByRole("button", { name: "Language: English" }).click();
      await page.getByRole("button", { name: "Deutsch", exact: true }).click();
    },
  },
  "a time zone": {
    at: "/settings/appearance",
    async press(page) {
      await page.getByLabel(say("appearance_zone_title")).selectOption("Asia/Tokyo");
      await page
        .getByRole("main")
        .getByRole("button", { name: say("common_save") })
        .click();
    },
  },
  "a theme": {
    at: "/settings/appearance",
    press: (page) => page.getByRole("main").getByRole("button", { name: "Dark", exact: true }).click(),
  },
  mails: {
    at: "/settings/notifications",
    press: turnOffSomeMail,
  },
};

for (const [what, { at, press }] of Object.entries(pressed)) {
  test(`a choice of ${what} that comes too often leaves the page as it is, and says how long to wait`, async () => {
    const { db, people } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere());
    const { page, context } = visit;
    await signIn(context, people.owner);
    await open(page, at);
    await page.evaluate(() => document.body.setAttribute("data-same", ""));
    const resetAt = new Date(Date.now() + 10 * 60_000);
    await db.insert(rateLimit).values({ key: `change:${people.owner.id}`, count: 10_000, resetAt });
    await press(page);
    await page.locator(".toast").getByText("Try again in 10 minutes.").waitFor();
    expect([path(page), await page.locator("body[data-same]").count()]).toEqual([at, 1]);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
  });
}

test("a notification opens without words about the limit if it cannot be marked as read", async () => {
  const { db, people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  const { id: userId } = people.owner;
  await signIn(context, people.owner);
  await db.insert(notification).values({
    ...{ id: randomUUID().replaceAll("-", ""), userId, type: "member-joined", targetName: "Mina" },
    ...{ organizationId: organization.id, organizationName: organization.name, actorId: people.member.id },
  });
  await open(page, "/notifications");
  const resetAt = new Date(Date.now() + 10 * 60_000);
  await db.insert(rateLimit).values({ key: `change:${userId}`, count: 10_000, resetAt });
  const requests = requestsOf(page);
  const refused = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("main").getByRole("link", { name: "Mina" }).click();
  expect((await refused).status()).toBe(429);
  await page.getByRole("heading", { level: 1, name: say("organizations_place_members") }).waitFor();
  await requests.done();
  expect(await page.locator(".toast").count()).toBe(0);
});

test("without scripts the error page of a choice that comes too often offers the choice again, which then leads home", async () => {
  const { db, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { page, context } = visit;
  await signIn(context, people.owner);
  const dark = page.getByRole("button", { name: "Dark", exact: true }).first();
  await page.goto("/settings/appearance");
  const resetAt = new Date(Date.now() + 10 * 60_000);
  await db.insert(rateLimit).values({ key: `change:${people.owner.id}`, count: 10_000, resetAt });
  await dark.click();
  await page.getByRole("heading", { name: say("errors_too_many_title") }).waitFor();
  await db.delete(rateLimit).where(eq(rateLimit.key, `change:${people.owner.id}`));
  await dark.click();
  await page.getByRole("heading", { level: 1, name: say("dashboard_place") }).waitFor();
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
});

test("without scripts a code that is not sent again so soon leads back to the field for the code that was sent before", async () => {
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { page } = visit;
  const enter = `/login/code/enter?${new URLSearchParams({ email: anAddress(), redirectTo: "/notifications" })}`;
  for (let times = 0; times < CODES_PER_MINUTE; times += 1) {
    await page.goto(enter);
    await page.getByRole("button", { name: say("account_send_again") }).click();
    await page.getByText(say("account_code_resent")).waitFor();
  }
  await page.getByRole("button", { name: say("account_send_again") }).click();
  await page.getByText("Too many attempts.").waitFor();
  await page
    .getByRole("main")
    .getByRole("link", { name: say("errors_go_back") })
    .click();
  await page.getByLabel(say("account_code_label")).waitFor();
  expect(new URL(page.url()).searchParams.get("redirectTo")).toBe("/notifications");
});
