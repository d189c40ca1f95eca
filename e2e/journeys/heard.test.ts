import { expect, test } from "vitest";
import { ENTRIES_PER_PAGE } from "../../app/audit/limits.ts";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { member } from "../../app/db/schema/organizations.ts";
import { MEMBERS_PER_PAGE } from "../../app/organizations/limits.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { listen } from "../heard.ts";
import { aWorkplace, signIn } from "../people.ts";
import { fromSomewhere, membersOf, open } from "./steps.ts";

const browser = openBrowser();

test("a screen reader says how many members a search finds, and which page of them is opened", async () => {
  const { db, organization, people } = await aWorkplace();
  for (let each = 0; each < MEMBERS_PER_PAGE; each += 1) {
    const { id: userId } = await aPerson(db, { name: `Person ${each}` });
    await db
      .insert(member)
      .values({ id: crypto.randomUUID(), organizationId: organization.id, userId, role: "member" });
  }
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, membersOf(organization));
  const heard = await listen(page);
  await page.getByRole("link", { name: "Next page" }).press("Enter");
  await expect.poll(heard).toContain("Page 2");
  await page.getByLabel("Name or email").fill("Mina Member");
  await page.keyboard.press("Enter");
  await expect.poll(heard).toContain("1 member found");
});

test("a screen reader says what a link that keeps the focus shows: older entries, unread notifications", async () => {
  const { db, organization, people } = await aWorkplace();
  for (let each = 0; each <= ENTRIES_PER_PAGE; each += 1) {
    const createdAt = new Date(Date.UTC(2026, 0, 1, 12, each));
    await db.insert(auditEntry).values({
      ...{ id: crypto.randomUUID(), organizationId: organization.id, actorId: people.owner.id, createdAt },
      ...{ action: "organization.updated", targetName: organization.name },
    });
  }
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/audit`);
  const inLog = await listen(page);
  await page.getByRole("link", { name: "Older" }).press("Enter");
  await expect.poll(inLog).toContainEqual(expect.stringMatching(/ – Jan 1, 2026, /));
  await open(page, "/notifications");
  const heard = await listen(page);
  await page.getByRole("link", { name: "Unread" }).press("Enter");
  await expect.poll(heard).toContainEqual(expect.stringMatching(/^Unread/));
});
