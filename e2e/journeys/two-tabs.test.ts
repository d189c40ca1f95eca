import { and, eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { notification } from "../../app/db/schema/notifications.ts";
import { invitation, inviteLink, member, organization } from "../../app/db/schema/organizations.ts";
import { user } from "../../app/db/schema/people.ts";
import { anInvitation, anInviteLink, aPerson } from "../../app/test/builders.ts";
import { openBrowser, type Visit } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { fromSomewhere, open, requestsOf, takenOver } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

for (const javaScriptEnabled of [true, false]) {
  test(`a form that another tab has outdated keeps what was typed and asks before it overwrites${javaScriptEnabled ? "" : ", without JavaScript too"}`, async () => {
    const { organization, people } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    await signIn(visit.context, people.owner);
    const [left, right] = [visit.page, await visit.context.newPage()];
    const nameIn = (page: typeof left) => page.getByLabel(say("organizations_name_label"));
    // Text inside `noscript` is found by the role of the element around it.
    const said = (page: typeof left, words: Parameters<typeof say>[0]) =>
      page
        .locator("[role=status], [role=alert]")
        .filter({ hasText: say(words) })
        .or(page.getByText(say(words)))
        .filter({ visible: true })
        .first();
    const save = (page: typeof left) =>
      page
        .getByRole("main")
        .locator("form", { has: nameIn(page) })
        .getByRole("button")
        .click();
    const settings = `/organizations/${organization.slug}/settings`;
    for (const page of [left, right]) await (javaScriptEnabled ? open(page, settings) : page.goto(settings));
    await nameIn(left).fill("From the left");
    await save(left);
    await said(left, "settings_saved").waitFor();
    await nameIn(right).fill("From the right");
    for (const times of [1, 2]) {
      await save(right);
      if (times === 1) await said(right, "refusals_changed_meanwhile").waitFor();
      expect(await nameIn(right).inputValue()).toBe("From the right");
    }
    await said(right, "settings_saved").waitFor();
    await left.reload();
    expect(await nameIn(left).inputValue()).toBe("From the right");
  });

  test(`a form that shows an old role asks before it overwrites the role given in another tab${javaScriptEnabled ? "" : ", without JavaScript too"}`, async () => {
    const { db, organization, people } = await aWorkplace();
    const isIt = and(eq(member.organizationId, organization.id), eq(member.userId, people.member.id));
    const found = async () => (await db.select({ id: member.id, role: member.role }).from(member).where(isIt))[0];
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    await signIn(visit.context, people.owner);
    const [left, right] = [visit.page, await visit.context.newPage()];
    const at = `/organizations/${organization.slug}/members/${(await found())?.id}`;
    for (const page of [left, right]) await (javaScriptEnabled ? open(page, at) : page.goto(at));
    const save = (page: typeof left) => page.getByRole("button", { name: say("members_role_save") }).click();
    const choice = (page: typeof left, role: "admin" | "member") => page.locator(`input[name=role][value=${role}]`);
    await choice(left, "admin").check();
    await save(left);
    await left.waitForURL((url) => url.pathname.endsWith("/members"));
    await save(right);
    await right.getByText(say("refusals_changed_meanwhile")).filter({ visible: true }).first().waitFor();
    expect([await choice(right, "member").isChecked(), (await found())?.role]).toEqual([true, "admin"]);
    await save(right);
    await right.waitForURL((url) => url.pathname.endsWith("/members"));
    expect((await found())?.role).toBe("member");
  });
}

/** An owner has the settings open in a browser, and someone else renames the organization by `renamedTo`. */
async function anOpenName({ page, context }: Visit) {
  const { db, organization: own, people } = await aWorkplace();
  const isOwn = eq(organization.id, own.id);
  await signIn(context, people.owner);
  const values = { userId: people.owner.id, organizationId: own.id, organizationName: own.name };
  await db.insert(notification).values({ id: crypto.randomUUID(), type: "member-joined", ...values });
  await open(page, `/organizations/${own.slug}/settings`);
  const name = page.getByLabel(say("organizations_name_label"), { exact: true });
  return {
    name,
    save: () => page.getByRole("main").locator("form", { has: name }).getByRole("button").click(),
    saved: () => page.getByText(say("settings_saved")).waitFor(),
    asked: () =>
      page
        .getByRole("alert")
        .filter({ hasText: say("refusals_changed_meanwhile") })
        .waitFor(),
    renamedTo: (to: string) => db.update(organization).set({ name: to }).where(isOwn),
    now: async () => (await db.select({ name: organization.name }).from(organization).where(isOwn))[0]?.name,
    /** Whatever is pressed beside the form asks for all that the page shows again. */
    async askAnew() {
      const requests = requestsOf(page);
      await page.getByRole("button", { name: "Notifications, 1 unread" }).click();
      await page.getByRole("button", { name: say("notifications_mark_all_read") }).click();
      await page.getByRole("button", { name: say("notifications_title"), exact: true }).waitFor();
      await requests.done();
      await page.keyboard.press("Escape");
    },
  };
}

test("a form with typed text asks before it overwrites, even if the page has reloaded its data since", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { name, save, saved, asked, renamedTo, now, askAnew } = await anOpenName(visit);
  await name.fill("Typed before");
  await renamedTo("By the other");
  await askAnew();
  expect(await name.inputValue()).toBe("Typed before");
  await save();
  await asked();
  expect(await now()).toBe("By the other");
  await save();
  await saved();
  expect(await now()).toBe("Typed before");
});

test("an untouched form shows a change made elsewhere, and a second save of its own value asks nothing", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const requests = requestsOf(visit.page);
  const { name, save, renamedTo, now, askAnew } = await anOpenName(visit);
  await renamedTo("By the other");
  await askAnew();
  await expect.poll(() => name.inputValue()).toBe("By the other");
  for (const [typed, kept] of [
    ["  Mine ", "Mine"],
    ["Mine as well", "Mine as well"],
  ] as const) {
    await name.fill(typed);
    await save();
    await expect.poll(now).toBe(kept);
    await requests.done();
  }
});

test("text restored after a new document loads asks before it overwrites a change made elsewhere", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { name, save, asked, renamedTo, now } = await anOpenName(visit);
  await name.fill("Typed before");
  await renamedTo("By the other");
  for (const pressed of [/^Account of/, /^Language/, "English"])
    await visit.page.getByRole("button", { name: pressed, exact: true }).click();
  await expect.poll(() => name.inputValue()).toBe("Typed before");
  await save();
  await asked();
  expect(await now()).toBe("By the other");
});

test("after another language was chosen in another tab, the next link shows its page in that language", async () => {
  const { organization: own, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, people.owner);
  const [left, right] = [page, await context.newPage()];
  await open(left, `/organizations/${own.slug}/members`);
  await open(right, `/organizations/${own.slug}/dashboard`);
  const places = left.getByRole("navigation", { name: say("common_main_navigation") });
  const isSameDocument = await left.evaluateHandle(() => document);
  const stays = () => left.evaluate((before) => before === document, isSameDocument).catch(() => false);
  await places.getByRole("link", { name: say("audit_title") }).click();
  await left.getByRole("heading", { level: 1, name: say("audit_title") }).waitFor();
  expect(await stays()).toBe(true);
  for (const pressed of [/^Account of/, /^Language/, "Deutsch"])
    await right.getByRole("button", { name: pressed, exact: true }).first().click();
  await right.locator("html[lang=de]").waitFor();
  await takenOver(right);
  await places.getByRole("link", { name: say("dashboard_place") }).click();
  await left.locator("html[lang=de]").waitFor();
  await left.getByRole("heading", { level: 1, name: wordsOf("de")("dashboard_place") }).waitFor();
});

test("after another language was chosen in another tab, a theme chosen in this one shows its page in that language", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/dashboard`);
  await page.getByRole("button", { name: `Account of ${people.owner.name}` }).click();
  const other = await context.newPage();
  await open(other, "/settings/appearance");
  await other.getByRole("main").getByRole("button", { name: "Deutsch", exact: true }).click();
  await other.locator("html[lang=de]").waitFor();
  await takenOver(other);
  await page.getByRole("button", { name: say("common_theme_dark") }).click();
  await page.locator("html[lang=de][data-theme=dark]").waitFor();
  await page
    .getByRole("link", { name: wordsOf("de")("organizations_place_members"), exact: true })
    .first()
    .waitFor();
});

test("a deletion that asks for a typed name or address asks for the new one after it has changed", async () => {
  const { db, organization: own, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${own.slug}/settings/delete`);
  await db.update(organization).set({ name: "Renamed Meanwhile" }).where(eq(organization.id, own.id));
  const asksFor = (name: string) => page.getByLabel(say("settings_delete_name_label", { organization: name }));
  await asksFor(own.name).fill(own.name);
  await page.getByRole("button", { name: say("settings_delete_confirm") }).click();
  await page.getByText(say("settings_delete_other_name")).waitFor();
  await asksFor("Renamed Meanwhile").waitFor();
  expect(await asksFor("Renamed Meanwhile").inputValue()).toBe(own.name);

  await signIn(context, people.admin);
  await open(page, "/settings/account/delete");
  const email = `new-${people.admin.email}`;
  await db.update(user).set({ email }).where(eq(user.id, people.admin.id));
  const field = (address: string) => page.getByLabel(say("profile_delete_label", { email: address }));
  await field(people.admin.email).fill(people.admin.email);
  await page.getByRole("button", { name: say("profile_delete_confirm") }).click();
  await page.getByText(say("profile_delete_other_address")).waitFor();
  await field(email).waitFor();
  // Now the only owner: the page names what is left to settle.
  await db.update(member).set({ role: "admin" }).where(eq(member.userId, people.owner.id));
  await db.update(member).set({ role: "owner" }).where(eq(member.userId, people.admin.id));
  await field(email).fill(email);
  await page.getByRole("button", { name: say("profile_delete_confirm") }).click();
  await page.getByRole("link", { name: say("profile_delete_settle") }).waitFor();
});

test("an invitation or invite link that ends while it is open says why, and offers no button that does nothing", async () => {
  const { db, organization: own, people } = await aWorkplace();
  const { outsider } = people;
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, outsider);
  const main = page.getByRole("main");
  const invited = await anInvitation(db, { organization: own, email: outsider.email });
  await open(page, `/accept-invite?id=${invited.token}`);
  await db.update(invitation).set({ status: "revoked" }).where(eq(invitation.id, invited.id));
  await main.getByRole("button", { name: say("organizations_invitation_accept") }).click();
  await page.getByRole("heading", { level: 1, name: say("invitations_revoked_title") }).waitFor();
  expect(await main.getByRole("button").count()).toBe(0);
  await isOnlyReadOut(page, say("invitations_closed"));

  const link = await anInviteLink(db, { organizationId: own.id, createdBy: people.owner.id });
  await open(page, `/join?id=${link.token}`);
  await db.update(inviteLink).set({ revokedAt: new Date() }).where(eq(inviteLink.id, link.id));
  await main.getByRole("button").first().click();
  await page.getByRole("heading", { level: 1, name: say("links_over_title") }).waitFor();
  expect(await main.getByRole("button").count()).toBe(0);
  await isOnlyReadOut(page, say("links_over"));
});

/** The page's title says it in other words, so the refusal is neither in the page nor in a message that disappears. */
async function isOnlyReadOut(page: Page, refusal: string) {
  await requestsOf(page).done();
  expect(await page.getByText(refusal).count()).toBe(1);
  const box = await page.getByRole("alert").filter({ hasText: refusal }).boundingBox();
  expect([box?.width, box?.height]).toEqual([1, 1]);
}

for (const [where, at] of Object.entries({
  "in the list of organizations": "/organizations",
  "on the onboarding page": "/onboarding",
  "among the notifications": "/notifications",
  "in the bell's menu": "/settings/appearance",
})) {
  test(`an invitation that ends while it stands ${where} is refused in words, and then no longer offered`, async () => {
    const { db, organization: own, people } = await aWorkplace();
    const { id: userId, email } = at === "/onboarding" ? await aPerson(db) : people.outsider;
    await using visit = await browser.visit(fromSomewhere());
    const { page, context } = visit;
    await signIn(context, { ...people.outsider, id: userId, email });
    const buttons = page.getByRole("button", { name: say("organizations_invitation_decline"), exact: true });
    for (const [set, button, refusal] of [
      [{ status: "revoked" }, "organizations_invitation_decline", "invitations_closed"],
      [{ expiresAt: new Date(Date.now() - 1) }, "organizations_invitation_accept", "invitations_expired"],
    ] as const) {
      const { id } = await anInvitation(db, { organization: own, email });
      const values = { userId, organizationId: own.id, organizationName: own.name, invitationId: id };
      await db.insert(notification).values({ id: crypto.randomUUID(), type: "invitation-received", ...values });
      await open(page, at);
      if (at.startsWith("/settings")) await page.getByRole("button", { name: /^Notifications, / }).click();
      await buttons.waitFor();
      await db.update(invitation).set(set).where(eq(invitation.id, id));
      await page.getByRole("button", { name: say(button), exact: true }).click();
      // The row says it only until it leaves the list.
      await page.locator(".toast").getByText(say(refusal)).waitFor();
      await expect.poll(() => buttons.count()).toBe(0);
    }
  });
}
