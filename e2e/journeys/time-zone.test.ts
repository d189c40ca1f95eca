import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { user } from "../../app/db/schema/people.ts";
import { anInvitation, anInviteLink } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

/** An entry at 6:30 PM in UTC, which is 12:15 AM of the next day in Nepal. */
async function anEntry() {
  const made = await anOwner();
  await made.db.insert(auditEntry).values({
    id: randomUUID(),
    organizationId: made.organization.id,
    actorId: made.person.id,
    action: "organization.renamed",
    createdAt: new Date("2026-03-01T18:30:00Z"),
  });
  return { ...made, log: `/organizations/${made.organization.slug}/audit` };
}

/** The days of the log, then its times. */
async function times(page: Page) {
  const main = page.getByRole("main");
  const [day, time] = [main.getByRole("heading", { level: 2 }), main.getByRole("time")];
  return [...(await day.allTextContents()), ...(await time.allTextContents())];
}
const note = (page: Page) => page.getByText(say("organizations_times_in_utc"));

test("times are in the browser's time zone, even in the document once the zone is known, and UTC is not mentioned", async () => {
  const { person, log } = await anEntry();
  await using visit = await browser.visit(fromSomewhere({ timezoneId: "Asia/Kathmandu" }));
  const { page, context } = visit;
  await signIn(context, person);
  await open(page, log);
  await expect.poll(() => times(page)).toEqual(["Mar 2, 2026", "12:15 AM"]);
  await expect.poll(() => note(page).count()).toBe(0);
  const html = await (await context.request.get(`${log}?from=2026-03-02&to=2026-03-02`)).text();
  expect(html).toContain("Mar 2, 2026");
  expect(html).toMatch(/12:15\sAM/);
  expect(html).not.toContain("UTC");
});

test("a chosen time zone applies in every browser of the person, until they choose the browser's own again", async () => {
  const { db, person, log } = await anEntry();
  await using here = await browser.visit(fromSomewhere({ timezoneId: "Asia/Kathmandu" }));
  await using there = await browser.visit(fromSomewhere({ timezoneId: "Pacific/Honolulu" }));
  for (const { context } of [here, there]) await signIn(context, person);
  const choose = async (zone: string) => {
    await open(here.page, "/settings/appearance");
    await here.page.getByLabel(say("appearance_zone_title")).selectOption(zone);
    // The response is a new document.
    const loaded = here.page.waitForEvent("load");
    await here.page.getByRole("button", { name: say("appearance_zone_save") }).click();
    await loaded;
    const saved = zone === "automatic" ? null : zone;
    const isSaved = async () => (await db.select().from(user).where(eq(user.id, person.id)))[0]?.timeZone;
    await expect.poll(isSaved).toBe(saved);
  };
  await choose("Europe/Berlin");
  for (const { page } of [here, there]) {
    await open(page, log);
    await expect.poll(() => times(page)).toEqual(["Mar 1, 2026", "7:30 PM"]);
  }
  await choose("automatic");
  await open(here.page, log);
  await expect.poll(() => times(here.page)).toEqual(["Mar 2, 2026", "12:15 AM"]);
});

test("without JavaScript times are in UTC, the page says so once, and a time zone can be chosen", async () => {
  const { person, log } = await anEntry();
  await using visit = await browser.visit(fromSomewhere({ timezoneId: "Asia/Kathmandu", javaScriptEnabled: false }));
  const { page, context } = visit;
  await signIn(context, person);
  await page.goto(log);
  expect(await times(page)).toEqual(["Mar 1, 2026", "6:30 PM"]);
  expect((await page.content()).match(/UTC/g)).toHaveLength(1);
  await page.getByRole("link", { name: say("organizations_choose_time_zone") }).click();
  await page.getByLabel(say("appearance_zone_title")).selectOption("Asia/Kathmandu");
  await page.getByRole("button", { name: say("appearance_zone_save") }).click();
  await expect.poll(() => note(page).count()).toBe(0);
  await page.goto(log);
  expect(await times(page)).toEqual(["Mar 2, 2026", "12:15 AM"]);
});

test("an invitation and an invite link say to the minute until when they are open, with the zone while it is not known", async () => {
  const { db, organization, person } = await anOwner();
  const expiresAt = new Date("2099-03-01T18:30:00Z");
  const { token } = await anInvitation(db, { organization, expiresAt });
  const link = await anInviteLink(db, { organizationId: organization.id, createdBy: person.id, expiresAt });
  await using visit = await browser.visit(fromSomewhere({ timezoneId: "Asia/Kathmandu" }));
  const { page } = visit;
  const until = page.locator("dd").last();
  for (const at of [`/accept-invite?id=${token}`, `/join?id=${link.token}`]) {
    await visit.context.clearCookies();
    await open(page, at);
    expect(await until.innerText()).toMatch(/^Mar 1, 2099, 6:30\sPM UTC$/);
    await open(page, at);
    expect(await until.innerText()).toMatch(/^Mar 2, 2099, 12:15\sAM$/);
  }
});
