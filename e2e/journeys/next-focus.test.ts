import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { DAY_MS } from "#app/durations.server.ts";
import { authenticator, rememberedDevice } from "../../app/db/schema/factors.ts";
import { notification } from "../../app/db/schema/notifications.ts";
import { session } from "../../app/db/schema/people.ts";
import { aKey, anInvitation, aSession } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { galleryOf, upload } from "../gallery/steps.ts";
import { aWorkplace, signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { keyboard } from "./hands.ts";
import { fromSomewhere, membersOf, open } from "./steps.ts";

const browser = openBrowser();
const { press } = keyboard;

async function anOwner() {
  const workplace = await aWorkplace();
  const visit = await browser.visit(fromSomewhere({ reducedMotion: "reduce" }));
  await signIn(visit.context, workplace.people.owner);
  return { ...workplace, ...visit, home: `/organizations/${workplace.organization.slug}` };
}

const isAt = (target: Locator) =>
  expect.poll(() => target.evaluate((element) => element === document.activeElement)).toBe(true);

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, exact: true });

/** Presses the buttons of two rows: the first press moves the focus to the other row's button, the second moves it to `last`. */
async function pressBoth(
  page: Page,
  name: RegExp,
  last: Locator,
  pressOne: (button: Locator) => Promise<void> = press,
) {
  const buttons = page.getByRole("main").getByRole("button", { name });
  await buttons.nth(1).waitFor();
  expect(await buttons.count()).toBe(2);
  await pressOne(buttons.nth(0));
  await expect.poll(() => buttons.count()).toBe(1);
  await isAt(buttons);
  await pressOne(buttons);
  await expect.poll(() => buttons.count()).toBe(0);
  await isAt(last);
}

test("marking a notification as read moves the focus to the next one, and after the last to its day", async () => {
  await using owner = await anOwner();
  const { db, page, people, organization } = owner;
  for (const targetName of ["One", "Two"])
    await db.insert(notification).values({
      ...{ id: randomUUID().replaceAll("-", ""), userId: people.owner.id, type: "member-joined", targetName },
      ...{ organizationId: organization.id, organizationName: organization.name, actorId: people.member.id },
    });
  await open(page, "/notifications");
  await pressBoth(page, /^Mark as read/, heading(page, "Today"));
});

test("ending a session or forgetting a device moves the focus to the next one, then to the nearest heading", async () => {
  await using owner = await anOwner();
  const { db, page, people } = owner;
  const [userId, authenticatorId] = [people.owner.id, randomUUID()];
  await db.insert(authenticator).values({ id: authenticatorId, userId });
  const expiresAt = new Date(Date.now() + DAY_MS);
  for (const id of [randomUUID(), randomUUID()])
    await db
      .insert(rememberedDevice)
      .values({ id, userId, authenticatorId, tokenHash: id, deviceHash: id, userAgent: "Firefox", expiresAt });
  // In addition to the sessions of the browser and the workplace.
  await aSession(db, people.owner);
  await db.update(session).set({ factors: 2 }).where(eq(session.userId, userId));
  await open(page, "/settings/security");
  await pressBoth(page, /^End session/, heading(page, "Active sessions"));
  await pressBoth(page, /^Forget/, heading(page, "Connected accounts"));
});

test("revoking an invitation in its menu moves the focus to the next one, then to the nearest heading", async () => {
  await using owner = await anOwner();
  const { db, page, organization, home } = owner;
  for (const email of ["one@person.test", "two@person.test"]) await anInvitation(db, { organization, email });
  await open(page, `${home}/members`);
  const revoke = async (menu: Locator) => {
    await press(menu);
    await press(menu.locator("..").getByRole("button", { name: "Revoke invitation" }));
  };
  await pressBoth(page, /^Actions for the invitation/, heading(page, "Invite someone"), revoke);
});

test("hiding the checklist, deleting or restoring images and revoking a key move the focus to the page's heading", async () => {
  await using owner = await anOwner();
  const { db, page, organization, home } = owner;
  await aKey(db, { organizationId: organization.id, name: "Tills" });
  await open(page, `${home}/dashboard`);
  await press(page.getByRole("button", { name: "Hide", exact: true }));
  await isAt(heading(page, "Dashboard"));

  await open(page, galleryOf(organization));
  await upload(owner.context, organization, await Promise.all(["Harbour", "Mole"].map((name) => aSmallPicture(name))));
  await open(page, `${galleryOf(organization)}?select=yes`);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await press(page.getByRole("main").getByRole("button", { name: "Delete", exact: true }));
  await isAt(heading(page, "Gallery"));

  await open(page, `${galleryOf(organization)}/trash`);
  const boxes = page.getByRole("main").getByRole("checkbox");
  for (const left of [1, 0]) {
    await boxes.first().check();
    await press(page.getByRole("button", { name: "Restore", exact: true }));
    await expect.poll(() => boxes.count()).toBe(left);
    await isAt(heading(page, "Trash"));
  }

  await open(page, `${home}/keys`);
  await press(page.getByRole("link", { name: /Revoke/ }).first());
  await press(page.getByRole("button", { name: "Revoke API key" }));
  await isAt(heading(page, "API keys"));
});

test("a person who goes on before a dialog has closed keeps the focus", async () => {
  const { people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, membersOf(organization));
  // A dialog ends after the frames that its closing takes, and these come late on a slow machine.
  await page.evaluate(() => {
    const soon = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => Number(setTimeout(() => soon(callback), 300));
  });
  const address = page.getByLabel("Email address");
  for (const keys of ["Control+K", "?"]) {
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press(keys);
    const dialog = page.locator("[role=dialog]");
    await dialog.waitFor();
    await expect.poll(() => dialog.evaluate((each) => each.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("Escape");
    await page.locator("[role=dialog][data-closed]").waitFor({ state: "attached" });
    await address.focus();
    await dialog.waitFor({ state: "detached" });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await address.evaluate((each) => each === document.activeElement)).toBe(true);
  }
});
