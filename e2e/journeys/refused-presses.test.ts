import { and, eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { invitation, member } from "../../app/db/schema/organizations.ts";
import { webhookEndpoint } from "../../app/db/schema/webhooks.ts";
import { anInvitation, aPerson, aSession } from "../../app/test/builders.ts";
import { anEndpoint } from "../../app/test/receivers.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { fromSomewhere, membersOf, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

async function pressed(page: Page, button: string) {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("main").getByRole("button", { name: button }).first().click();
  return answered;
}

/** Expects the reason in words inside the shell, then follows the link back. */
async function isToldInTheShell(page: Page, reason: string) {
  await page.getByRole("main").getByText(reason).waitFor();
  await page.getByRole("navigation", { name: say("common_main_navigation") }).waitFor();
  expect(await page.title()).toContain(await page.getByRole("heading", { level: 1 }).innerText());
  await page
    .getByRole("main")
    .getByRole("link", { name: say("errors_go_back") })
    .click();
}

test("without scripts a button for something removed says so inside the shell, and leads back to the list", async () => {
  const { db, people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  for (const button of ["invitations_resend", "invitations_revoke", "members_role_save"] as const) {
    const { id } = await anInvitation(db, { organization });
    await page.goto(`/organizations/${organization.slug}/invitations/${id}`);
    await db.update(invitation).set({ status: "declined" }).where(eq(invitation.id, id));
    expect((await pressed(page, say(button))).status()).toBe(404);
    await isToldInTheShell(page, say("invitations_gone"));
    await page.waitForURL(`**${membersOf(organization)}`);
  }
  for (const button of ["webhooks_test", "webhooks_disable", "webhooks_replay"] as const) {
    const { id } = await anEndpoint(db, { organizationId: organization.id, url: "https://example.com/hooks" });
    await page.goto(`/organizations/${organization.slug}/webhooks/${id}`);
    await db.delete(webhookEndpoint).where(eq(webhookEndpoint.id, id));
    expect((await pressed(page, say(button))).status()).toBe(404);
    await isToldInTheShell(page, say("webhooks_not_found"));
    await page.waitForURL(`**/organizations/${organization.slug}/webhooks`);
  }
});

test("the page of something that is gone leads to the list it was in, or home from a list that the role may not see", async () => {
  const { people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  const home = `/organizations/${organization.slug}`;
  const gone = crypto.randomUUID();
  const main = page.getByRole("main");
  for (const list of ["gallery", "members", "webhooks", "audit"]) {
    expect((await page.goto(`${home}/${list}/${gone}`))?.status(), list).toBe(404);
    expect(await main.getByRole("link").allInnerTexts(), list).toEqual([say("errors_go_back")]);
    await main.getByRole("link").click();
    await page.waitForURL(`**${home}/${list}`);
  }
  await signIn(context, people.member);
  await page.goto(`${home}/gallery/${gone}`);
  expect(await main.getByRole("link").getAttribute("href")).toBe(`${home}/gallery`);
  await page.goto(`${home}/webhooks/${gone}`);
  expect(await main.getByRole("link").allInnerTexts()).toEqual([say("errors_go_home")]);
});

test("without scripts a button that the role no longer allows names the owner, inside the shell", async () => {
  const { db, people, organization } = await aWorkplace();
  const { id } = await anEndpoint(db, { organizationId: organization.id, url: "https://example.com/hooks" });
  const isAdmin = and(eq(member.userId, people.admin.id), eq(member.organizationId, organization.id));
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, people.admin);
  const roleOf = (role: "admin" | "member") => db.update(member).set({ role }).where(isAdmin);
  for (const [at, button] of [
    [`/organizations/${organization.slug}/webhooks/${id}`, "webhooks_disable"],
    [`/organizations/${organization.slug}/webhooks/${id}/remove`, "webhooks_remove"],
  ] as const) {
    await roleOf("admin");
    await page.goto(at);
    await roleOf("member");
    expect((await pressed(page, say(button))).status(), at).toBe(403);
    await page.getByRole("heading", { level: 1, name: say("errors_forbidden_title") }).waitFor();
    await page.getByRole("main").getByText(people.owner.name).waitFor();
    await page.getByRole("navigation", { name: say("common_main_navigation") }).waitFor();
    await page
      .getByRole("main")
      .getByRole("link", { name: say("errors_go_home") })
      .click();
    await page.waitForURL(`**/organizations/${organization.slug}/dashboard`);
    await page.getByRole("heading", { level: 1, name: say("dashboard_place") }).waitFor();
  }
});

for (const javaScriptEnabled of [true, false]) {
  test(`an owner made an admin meanwhile cannot remove or sign out a member, sees why, and returns to the list${javaScriptEnabled ? "" : ", without scripts"}`, async () => {
    const { db, people, organization } = await aWorkplace();
    const other = await aPerson(db, { name: "Olive Other" });
    const membership = { organizationId: organization.id, userId: other.id, role: "owner" } as const;
    await db.insert(member).values({ id: crypto.randomUUID(), ...membership });
    const of = ({ id }: { id: string }) => and(eq(member.userId, id), eq(member.organizationId, organization.id));
    const [{ id } = { id: "" }] = await db.select({ id: member.id }).from(member).where(of(people.member));
    const members = membersOf(organization);
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    for (const [at, button] of [
      [`${members}/${id}/remove`, "members_remove_confirm"],
      [`${members}/remove?member=${id}`, "members_remove_several_confirm"],
      [`${members}/${id}/sign-out`, "members_sign_out_confirm"],
    ] as const) {
      await db.update(member).set({ role: "owner" }).where(of(people.owner));
      await (javaScriptEnabled ? open(page, at) : page.goto(at));
      const closed = page.locator("main summary");
      if ((await closed.count()) > 0) await closed.click();
      await db.update(member).set({ role: "admin" }).where(of(people.owner));
      expect((await pressed(page, say(button))).status(), at).toBe(403);
      await page.getByRole("heading", { level: 1, name: say("errors_forbidden_title") }).waitFor();
      // With scripts the frame is as it was drawn for an owner, who needs to ask nobody.
      await isToldInTheShell(page, javaScriptEnabled ? say("errors_forbidden_title") : other.name);
      await page.waitForURL(`**${members}`);
      await page.getByRole("heading", { level: 1, name: say("organizations_place_members") }).waitFor();
      expect(await db.$count(member, of(people.member)), at).toBe(1);
    }
  });
}

test("with scripts an owner who was made an admin is led only to pages that an admin can open", async () => {
  const { db, people, organization } = await aWorkplace();
  const other = await aPerson(db, { name: "Olive Other" });
  const membership = { organizationId: organization.id, userId: other.id, role: "owner" } as const;
  await db.insert(member).values({ id: crypto.randomUUID(), ...membership });
  const own = and(eq(member.userId, people.owner.id), eq(member.organizationId, organization.id));
  const home = `/organizations/${organization.slug}`;
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  const main = page.getByRole("main");
  const places = page.getByRole("navigation", { name: say("common_main_navigation") });
  const leadsHome = async () => {
    await page.getByRole("heading", { level: 1, name: say("errors_forbidden_title") }).waitFor();
    expect(await main.getByRole("link").allInnerTexts()).toEqual([say("errors_go_home")]);
    await main.getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: say("dashboard_place") }).waitFor();
  };
  await open(page, `${home}/settings/delete`);
  await db.update(member).set({ role: "admin" }).where(own);
  await page.getByLabel(say("settings_delete_name_label", { organization: organization.name })).fill(organization.name);
  expect((await pressed(page, say("settings_delete_confirm"))).status()).toBe(403);
  await leadsHome();
  for (const place of ["audit_title", "organizations_place_settings"] as const) {
    await db.update(member).set({ role: "owner" }).where(own);
    await open(page, `${home}/dashboard`);
    await db.update(member).set({ role: "admin" }).where(own);
    await places.getByRole("link", { name: say(place) }).click();
    await main.getByText(other.name).waitFor();
    expect(await places.getByRole("link", { name: say(place) }).count()).toBe(0);
    await leadsHome();
  }
});

test("with scripts the sidebar offers what the role opens right after a refused press, and on the pages after it", async () => {
  const { db, people, organization } = await aWorkplace();
  const { id } = await anEndpoint(db, { organizationId: organization.id, url: "https://example.com/hooks" });
  const home = `/organizations/${organization.slug}`;
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  const places = page.getByRole("navigation", { name: say("common_main_navigation") }).getByRole("link");
  for (const { person, at, role, button, lost } of [
    {
      ...{ person: people.owner, at: `${home}/settings/delete`, role: "admin" as const },
      ...{ button: "settings_delete_confirm" as const, lost: ["audit_title", "organizations_place_settings"] as const },
    },
    {
      ...{ person: people.admin, at: `${home}/webhooks/${id}`, role: "member" as const },
      ...{ button: "webhooks_test" as const, lost: ["key_place", "organizations_place_members"] as const },
    },
  ]) {
    await signIn(context, person);
    await open(page, at);
    for (const each of lost) expect(await places.filter({ hasText: say(each) }).count(), each).toBe(1);
    await db
      .update(member)
      .set({ role })
      .where(and(eq(member.userId, person.id), eq(member.organizationId, organization.id)));
    expect((await pressed(page, say(button))).status(), at).toBe(403);
    await page.getByRole("heading", { level: 1, name: say("errors_forbidden_title") }).waitFor();
    for (const each of lost) expect(await places.filter({ hasText: say(each) }).count(), each).toBe(0);
    await places.filter({ hasText: say("dashboard_place") }).click();
    await page.getByRole("heading", { level: 1, name: say("dashboard_place") }).waitFor();
    for (const each of lost) expect(await places.filter({ hasText: say(each) }).count(), each).toBe(0);
  }
});

test("with scripts a removed member is led to pages that they can still open", async () => {
  const { db, people, organization, elsewhere } = await aWorkplace();
  const values = { organizationId: elsewhere.id, userId: people.admin.id, role: "member" } as const;
  await db.insert(member).values({ id: crypto.randomUUID(), ...values });
  const { id } = await anEndpoint(db, { organizationId: organization.id, url: "https://example.com/hooks" });
  const home = `/organizations/${organization.slug}`;
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.admin);
  const places = page.getByRole("navigation", { name: say("common_main_navigation") });
  const acts: ((at: string) => Promise<unknown>)[] = [
    () => pressed(page, say("webhooks_disable")),
    () => places.getByRole("link", { name: say("organizations_place_members") }).click(),
    () => places.getByRole("link", { name: say("key_place") }).click(),
  ];
  for (const act of acts) {
    const [row] = await db
      .insert(member)
      .values({ id: crypto.randomUUID(), organizationId: organization.id, userId: people.admin.id, role: "admin" })
      .onConflictDoUpdate({ target: [member.organizationId, member.userId], set: { role: "admin" } })
      .returning();
    await open(page, `${home}/webhooks/${id}`);
    await db.delete(member).where(eq(member.id, row?.id ?? ""));
    await act(home);
    await page.getByRole("heading", { level: 1, name: say("errors_not_found_title") }).waitFor();
    // The gone organization is offered nowhere.
    await expect.poll(() => page.getByRole("link", { name: say("webhook_place") }).count()).toBe(0);
    await page
      .getByRole("main")
      .getByRole("link", { name: say("errors_go_home") })
      .click();
    await page.waitForURL(`**/organizations/${elsewhere.slug}/dashboard`);
    await page.getByRole("heading", { level: 1, name: say("dashboard_place") }).waitFor();
  }
});

test("without scripts a removed member who presses a button gets 404 and a link to a page they may open", async () => {
  const { db, people, organization } = await aWorkplace();
  const { id } = await anEndpoint(db, { organizationId: organization.id, url: "https://example.com/hooks" });
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, people.admin);
  await page.goto(`/organizations/${organization.slug}/webhooks/${id}`);
  await db.delete(member).where(and(eq(member.userId, people.admin.id), eq(member.organizationId, organization.id)));
  expect((await pressed(page, say("webhooks_disable"))).status()).toBe(404);
  await page.getByRole("heading", { level: 1, name: say("errors_not_found_title") }).waitFor();
  expect(await page.getByRole("link", { name: say("errors_go_back") }).count()).toBe(0);
  await page
    .getByRole("main")
    .getByRole("link", { name: say("errors_go_home") })
    .click();
  await page.waitForURL("**/onboarding");
});

test("without scripts a press that is refused says why, inside the shell, and leads back to its page", async () => {
  const { db, people, organization } = await aWorkplace();
  const { id } = await anEndpoint(db, { organizationId: organization.id, url: "https://example.com/hooks" });
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  const at = `/organizations/${organization.slug}/webhooks/${id}?status=failed`;
  await page.goto(at);
  await db
    .update(webhookEndpoint)
    .set({ disabledAt: new Date(), disabledBecause: "person" })
    .where(eq(webhookEndpoint.id, id));
  expect((await pressed(page, say("webhooks_test"))).status()).toBe(409);
  await page.getByRole("heading", { level: 1, name: say("errors_method_title") }).waitFor();
  await isToldInTheShell(page, say("webhooks_is_disabled"));
  await page.waitForURL(`**${at}`);
});

test("without scripts a rate limit says how long to wait inside the shell, with status 429 and Retry-After", async () => {
  const { db, people, organization } = await aWorkplace();
  await aSession(db, people.owner);
  const { id } = await anEndpoint(db, { organizationId: organization.id, url: "https://example.com/hooks" });
  const resetAt = new Date(Date.now() + 10 * 60_000);
  await db.insert(rateLimit).values({ key: `change:${people.owner.id}`, count: 10_000, resetAt });
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  for (const [at, button] of [
    ["/settings/security", "security_session_end"],
    [`/organizations/${organization.slug}/dashboard`, "dashboard_checklist_hide"],
    [`/organizations/${organization.slug}/webhooks/${id}`, "webhooks_test"],
  ] as const) {
    await page.goto(at);
    const answer = await pressed(page, say(button));
    expect([answer.status(), Number(answer.headers()["retry-after"])]).toEqual([429, expect.closeTo(600, -2)]);
    await page.getByRole("heading", { level: 1, name: say("errors_too_many_title") }).waitFor();
    await isToldInTheShell(page, "Try again in 10 minutes.");
    await page.waitForURL(`**${at}`);
  }
});
