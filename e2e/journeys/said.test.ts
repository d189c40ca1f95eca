import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { BrowserContext } from "playwright-core";
import { expect, inject, test } from "vitest";
import { member } from "../../app/db/schema/organizations.ts";
import { session } from "../../app/db/schema/people.ts";
import { webhookEndpoint } from "../../app/db/schema/webhooks.ts";
import { PRODUCT_SLUG } from "../../app/product.ts";
import { anInvitation, aPerson, aSession } from "../../app/test/builders.ts";
import { anEndpoint } from "../../app/test/receivers.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anOwner, dashboardOf, fromSomewhere, membersOf, open, openMail, toldOnce } from "./steps.ts";

const browser = openBrowser();
const SAID = `${PRODUCT_SLUG}.said`;

test("without scripts the next page says what was done, once, in the person's language", async () => {
  const { db, people, organization } = await aWorkplace();
  const webhook = await anEndpoint(db, { organizationId: organization.id, url: "https://example.com/hooks" });
  for (const [locale, tag] of [
    ["en-US", "en"],
    ["ar", "ar"],
  ] as const) {
    const say = wordsOf(tag);
    const { id } = await anInvitation(db, { organization });
    await db
      .update(webhookEndpoint)
      .set({ disabledAt: null, disabledBecause: null })
      .where(eq(webhookEndpoint.id, webhook.id));
    await aSession(db, people.owner);
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false, locale }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    const main = page.getByRole("main");
    for (const [at, form, said] of [
      [`/organizations/${organization.slug}/invitations/${id}`, "resend", "invitations_resent"],
      [`/organizations/${organization.slug}/invitations/${id}`, "revoke", "invitations_revoked"],
      [`/organizations/${organization.slug}/webhooks/${webhook.id}`, "disable", "webhooks_state_disabled"],
      ["/settings/security", "end", "security_session_ended"],
    ] as const) {
      await page.goto(at);
      await main.locator(`form[action$="/${form}"] button`).first().click();
      const notice = main.getByRole("status").getByText(say(said), { exact: true });
      await notice.waitFor();
      const second = await context.newPage();
      await second.goto(page.url());
      expect(await second.getByRole("status").getByText(say(said), { exact: true }).count(), "in a second tab").toBe(0);
      await page.reload();
      expect(await notice.count(), "after a reload").toBe(0);
      await page.goto(membersOf(organization));
      await page.goBack();
      expect(await notice.count(), "on the way back").toBe(0);
      expect((await context.cookies()).filter(({ name }) => name === SAID)).toEqual([]);
      await second.close();
    }
  }
});

test("without scripts the message counts the members who were removed", async () => {
  const { db, people, organization } = await aWorkplace();
  const others = await Promise.all([1, 2].map(() => aPerson(db)));
  const rows = others.map(({ id: userId }) => ({ id: randomUUID(), organizationId: organization.id, userId }));
  await db.insert(member).values(rows.map((row) => ({ ...row, role: "member" as const })));
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await page.goto(`${membersOf(organization)}/remove?${rows.map(({ id }) => `member=${id}`).join("&")}`);
  await page.getByRole("button", { name: wordsOf("en")("members_remove_several_confirm") }).click();
  await page.getByRole("status").getByText("2 members removed", { exact: true }).waitFor();
});

test("a forged message cookie shows nothing, and with scripts no such cookie is set", async () => {
  const { db, people, organization } = await aWorkplace();
  const { id } = await anInvitation(db, { organization });
  const isSaid = async (context: BrowserContext) => (await context.cookies()).some(({ name }) => name === SAID);
  await using plain = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  await signIn(plain.context, people.owner);
  for (const value of ["errors_fault_title", "constructor", "Pay%20here"]) {
    await plain.context.addCookies([{ name: SAID, value, url: inject("appUrl") }]);
    await plain.page.goto(membersOf(organization));
    expect(await plain.page.getByRole("main").getByRole("status").count(), value).toBe(0);
  }
  await using scripted = await browser.visit(fromSomewhere());
  const { context, page } = scripted;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/invitations/${id}`);
  const say = wordsOf("en");
  await toldOnce(page, say("invitations_resent"), () =>
    page.getByRole("button", { name: say("invitations_resend") }).click(),
  );
  await open(page, `/organizations/${organization.slug}/invitations/${id}`);
  await toldOnce(page, say("invitations_revoked"), () =>
    page.getByRole("button", { name: say("invitations_revoke") }).click(),
  );
  expect(await isSaid(context)).toBe(false);
});

for (const javaScriptEnabled of [true, false]) {
  test(`what has happened is said on the sign-in page once, not in its address${javaScriptEnabled ? "" : ", without scripts too"}`, async () => {
    const say = wordsOf("en");
    const { db, person, organization } = await anOwner();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    const isSaidOnce = async (words: string) => {
      await page.getByRole("status").filter({ hasText: words }).waitFor();
      expect(new URL(page.url()).search).not.toContain("notice");
      await page.reload();
      await page.getByRole("button").first().waitFor();
      expect(await page.getByText(words).count(), "after a reload").toBe(0);
    };
    const go = async (url: string) => (javaScriptEnabled ? open(page, url) : page.goto(url));
    await signIn(context, person);
    // A form without fields: without scripts, one in which something was typed is kept on a page of its own.
    await go(dashboardOf(organization));
    await db.delete(session).where(eq(session.userId, person.id));
    await page.getByRole("button", { name: say("dashboard_checklist_hide") }).click();
    await isSaidOnce(say("account_nothing_changed"));

    await go("/forgot-password");
    await page.getByLabel("Email address").fill(person.email);
    await page.getByRole("main").getByRole("button").click();
    const mail = await openMail(page, person.email, "Choose a new password");
    const reset = await mail.getByRole("link", { name: say("mail_reset_action") }).getAttribute("href");
    await go(reset ?? "");
    await page.locator("input[type=password]").fill("another very long password");
    await page
      .getByRole("main")
      .getByRole("button", { name: say("account_reset_action") })
      .click();
    await isSaidOnce(say("account_reset_done"));
  });
}
