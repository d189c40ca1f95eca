import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { authenticator } from "../../app/db/schema/factors.ts";
import { mailboxMessage } from "../../app/db/schema/mail.ts";
import { invitation, member } from "../../app/db/schema/organizations.ts";
import { session, user } from "../../app/db/schema/people.ts";
import { INVITED_AT_ONCE } from "../../app/organizations/limits.ts";
import { anOrganization, aPerson, type Person } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { galleryOf, upload } from "../gallery/steps.ts";
import { e2eDatabase, signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import {
  anAddress,
  anOwner,
  dashboardOf,
  fillSignIn,
  fromSomewhere,
  membersOf,
  open,
  PASSWORD,
  path,
} from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

test("if a session ends while a form is filled in, the page and the typed text are back after signing in", async () => {
  const { db, person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  const members = `/organizations/${organization.slug}/members`;
  await open(page, members);
  await page.getByLabel("Email address").fill("kept@person.test");
  await page.getByText("Add a message").click();
  await page.getByLabel("Message", { exact: true }).fill("See you on Monday.");
  await db.delete(session).where(eq(session.userId, person.id));
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.getByText(say("account_nothing_changed")).waitFor();
  const kept = await page.evaluate(() => sessionStorage.getItem("typed"));
  expect(kept).toContain("kept@person.test");
  await fillSignIn(page, person);
  await expect.poll(() => page.getByLabel("Email address").inputValue()).toBe("kept@person.test");
  const message = page.getByLabel("Message", { exact: true });
  expect([await message.isVisible(), await message.inputValue()]).toEqual([true, "See you on Monday."]);
  expect(path(page)).toBe(members);
  expect(await page.evaluate(() => sessionStorage.getItem("typed"))).toBeNull();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByRole("main").getByText("kept@person.test").first().waitFor();
});

test("a list of as many addresses as can be invited at once is back after the session ended, however long it is", async () => {
  const { db, person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, membersOf(organization));
  const addresses = Array.from({ length: INVITED_AT_ONCE }, anAddress).join("\n");
  await page.getByLabel(say("invitations_emails_label")).fill(addresses);
  await db.delete(session).where(eq(session.userId, person.id));
  await page.getByRole("button", { name: say("invitations_send") }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await fillSignIn(page, person);
  await expect.poll(() => page.getByLabel(say("invitations_emails_label")).inputValue()).toBe(addresses);
});

test("typed text is also kept if the session has ended when a link beside the form is clicked", async () => {
  const { db, person } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, "/settings/account");
  await page.getByLabel("Name", { exact: true }).fill("Half a name");
  await db.delete(session).where(eq(session.userId, person.id));
  await page.getByRole("link", { name: "Appearance" }).first().click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.getByText(say("account_nothing_changed")).count(), "nothing was sent").toBe(0);
  expect(await page.evaluate(() => sessionStorage.getItem("typed"))).toContain("Half a name");
  await fillSignIn(page, person);
  await page.waitForURL("**/settings/appearance");
  await page.getByRole("link", { name: "Account", exact: true }).first().click();
  await expect.poll(() => page.getByLabel("Name", { exact: true }).inputValue()).toBe("Half a name");
});

test("what one person typed is not given to the next who signs in", async () => {
  const first = await anOwner();
  const next = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, first.person);
  await open(page, "/settings/account");
  await page.getByLabel("Name", { exact: true }).fill("A secret wish");
  await first.db.delete(session).where(eq(session.userId, first.person.id));
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await fillSignIn(page, next.person);
  await page.waitForURL("**/settings/account");
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("typed"))).toBeNull();
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe(next.person.name);
});

test("an old page's form and toggle change nothing for the person who has signed in since", async () => {
  const first = await anOwner({ name: "Ada First" });
  const second = await anOwner({ name: "Bob Second" });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, first.person);
  await open(page, "/settings/account");
  await page.getByLabel("Name", { exact: true }).fill("Ada Renamed");
  await signIn(context, second.person);
  const names = async () => {
    const rows = await first.db
      .select({ name: user.name, theme: user.theme })
      .from(user)
      .where(eq(user.id, second.person.id));
    return rows[0];
  };
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  const told = page.getByRole("alert").filter({ hasText: "Someone else is signed in now" });
  await told.waitFor();
  expect(await told.innerText()).toContain("Bob Second");
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Ada Renamed");
  await told.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Account of Ada First" }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await told.waitFor();
  expect(await names()).toEqual({ name: "Bob Second", theme: null });

  const tab = await context.newPage();
  await open(tab, dashboardOf(second.organization));
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Security" }).first().click();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.getByRole("button", { name: "Account of Bob Second" }).waitFor();
});

const dialogs: Record<string, (page: Page, person: Person) => Promise<void>> = {
  palette: async (page) => {
    await page.keyboard.press("Control+K");
    await page.keyboard.type("Nobody");
    await page.getByRole("dialog").getByText(say("errors_another_title")).waitFor();
  },
  "question to remove a member": async (page, { name }) => {
    await page.getByRole("button", { name: say("members_actions", { name }) }).click();
    await page.getByRole("button", { name: say("members_remove") }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: say("members_remove_confirm") })
      .click();
  },
};

for (const [dialog, meetTrouble] of Object.entries(dialogs)) {
  test(`the message about someone else's sign-in is not hidden by the ${dialog}, and Tab leads to it`, async () => {
    const db = e2eDatabase();
    const people = {
      first: await aPerson(db),
      next: await aPerson(db),
      plain: await aPerson(db, { name: "Mina Member" }),
    };
    const organization = await anOrganization(db, {
      members: [
        { person: people.first, role: "owner" },
        { person: people.next, role: "owner" },
        { person: people.plain, role: "member" },
      ],
    });
    await using visit = await browser.visit(fromSomewhere());
    const { context, page } = visit;
    await signIn(context, people.first);
    await open(page, membersOf(organization));
    await signIn(context, people.next);
    await meetTrouble(page, people.plain);
    const told = page.getByRole("alert").filter({ hasText: people.next.name });
    await told.waitFor();
    await page.keyboard.press("Tab");
    await expect
      .poll(() =>
        told.getByRole("button", { name: say("errors_reload") }).evaluate((it) => it === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.press("Tab");
    for (const again of [false, true]) {
      await page.keyboard.press("Tab");
      const isInDialog = () => page.locator("[role$=dialog]:focus-within").count();
      await expect.poll(isInDialog, { message: `Tab stays in the dialog${again ? " again" : ""}` }).toBe(1);
    }
  });
}

test("without scripts what was typed before the session ended is sent again after signing in in another tab", async () => {
  const { db, person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, person);
  await page.goto(membersOf(organization));
  const email = anAddress();
  await page.getByLabel(say("invitations_emails_label")).fill(email);
  await page.getByText(say("invitations_message_add")).click();
  await page.getByLabel(say("invitations_message_label"), { exact: true }).fill("See you on Monday.\nBring a coat.");
  await db.delete(session).where(eq(session.userId, person.id));
  await page.getByRole("button", { name: say("invitations_send") }).click();
  await page.getByRole("heading", { name: say("errors_method_title") }).waitFor();
  const tryAgain = page.getByRole("main").getByRole("button", { name: say("errors_try_again") });
  await tryAgain.click();
  await page.getByText(say("refusals_signed_out")).waitFor();

  const opened = context.waitForEvent("page");
  await page
    .getByRole("main")
    .getByRole("link", { name: say("common_sign_in") })
    .click();
  const tab = await opened;
  await tab.getByText(say("account_nothing_changed")).waitFor();
  await fillSignIn(tab, person);
  await tab.waitForURL(`**${dashboardOf(organization)}`);
  expect(await db.$count(invitation, eq(invitation.email, email))).toBe(0);
  await tryAgain.click();
  await page.getByRole("main").getByText(email).first().waitFor();
  const sent = () => db.select().from(mailboxMessage).where(eq(mailboxMessage.recipient, email));
  await expect.poll(async () => JSON.stringify(await sent())).toContain("Bring a coat.");
});

test("without scripts what was typed before the session ended is not sent for another person, and has no password", async () => {
  const { db, person } = await anOwner();
  const other = await anOwner({ name: "Bob Second" });
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, person);
  await page.goto("/settings/security/password");
  const passwords = page.locator("main input[type=password]");
  for (const field of await passwords.all()) await field.fill("five loud geese today");
  await db.delete(session).where(eq(session.userId, person.id));
  await page.locator("main form").getByRole("button").last().click();
  await page.getByRole("heading", { name: say("errors_method_title") }).waitFor();
  expect(await page.content()).not.toContain("five loud geese today");
  await signIn(context, other.person);
  await page
    .getByRole("main")
    .getByRole("button", { name: say("errors_try_again") })
    .click();
  await page.getByRole("heading", { level: 1, name: say("errors_another_title") }).waitFor();
});

test("without scripts signing in leads back to the form's page, and another person's form gets an error page", async () => {
  const { db, person } = await anOwner();
  const other = await anOwner({ name: "Bob Second" });
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, person);
  const question = "/settings/security/sessions/end-all";
  await page.goto(question);
  await db.delete(session).where(eq(session.userId, person.id));
  await page.locator("main form").getByRole("button").last().click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.getByText(say("account_nothing_changed")).waitFor();
  await fillSignIn(page, person);
  await page.waitForURL(`**${question}`);

  await page.goto("/settings/account");
  await page.getByLabel("Name", { exact: true }).fill("Ada Renamed");
  await signIn(context, other.person);
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await page.getByRole("heading", { level: 1, name: "Someone else is signed in now" }).waitFor();
  await page.getByText("You’re now signed in as").filter({ hasText: "Bob Second" }).waitFor();
  const [kept] = await db.select({ name: user.name }).from(user).where(eq(user.id, other.person.id));
  expect(kept?.name).toBe("Bob Second");
});

for (const javaScriptEnabled of [true, false]) {
  test(`words that ask a person to sign in or to set up a second factor have a link to where that is done${javaScriptEnabled ? "" : ", without JavaScript too"}`, async () => {
    const { db, person, organization } = await anOwner();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    const go = async (url: string) => (javaScriptEnabled ? open(page, url) : page.goto(url));
    await signIn(context, person);
    await go(`/organizations/${organization.slug}/settings`);
    await page.getByRole("button", { name: say("settings_second_factor_begin") }).click();
    const refusal = page.getByRole("alert").filter({ hasText: say("settings_second_factor_first") });
    await refusal.getByRole("link", { name: say("errors_second_factor_action") }).click();
    await page.waitForURL("**/settings/security");

    await db.insert(authenticator).values({ id: crypto.randomUUID(), userId: person.id });
    await context.clearCookies();
    const going = new URLSearchParams({ redirectTo: membersOf(organization) });
    await go(`/login?${going}`);
    await fillSignIn(page, person);
    await page.getByRole("heading", { name: say("account_second_step_title") }).waitFor();
    await page.getByRole("link", { name: say("account_second_step_other") }).click();
    await page.waitForURL(`**/login?${going}`);
  });
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript too";

  test(`a download that first asks who the person is leads back to its page, where the next press gets the file${how}`, async () => {
    const { db, person, organization } = await anOwner();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    const show = (url: string) => (javaScriptEnabled ? open(page, url) : page.goto(url));
    const main = page.getByRole("main");
    await signIn(context, person);
    const gets = async (link: Locator, file: RegExp) => {
      const [saved] = await Promise.all([page.waitForEvent("download"), link.click()]);
      expect(saved.suggestedFilename()).toMatch(file);
    };

    await show(membersOf(organization));
    const members = main.getByRole("link", { name: say("members_export") });
    await db.delete(session).where(eq(session.userId, person.id));
    await members.click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await fillSignIn(page, person);
    await page.waitForURL(`**${membersOf(organization)}`);
    await gets(members, /members.*\.csv$/);

    await db
      .update(session)
      .set({ provenAt: new Date(0) })
      .where(eq(session.userId, person.id));
    await show("/settings/account");
    const own = main.getByRole("link", { name: say("profile_export_action") });
    await own.click();
    await main.getByRole("heading", { name: say("security_confirm_title") }).waitFor();
    await main.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await main.getByRole("button", { name: say("security_confirm_action") }).click();
    await page.waitForURL("**/settings/account");
    await gets(own, /account.*\.json$/);
  });
}

for (const of of ["a gallery", "the members"]) {
  test(`boxes ticked in ${of} when the session ended are the same after signing in, whatever was added since`, async () => {
    const { db, person, organization } = await anOwner();
    await using visit = await browser.visit(fromSomewhere());
    const { context, page } = visit;
    await signIn(context, person);
    const add = async (name: string) => {
      if (of === "a gallery") return upload(context, organization, [await aSmallPicture(name)]);
      const { id: userId } = await aPerson(db, { name });
      await db.insert(member).values({ id: randomUUID(), organizationId: organization.id, userId, role: "member" });
    };
    for (const name of ["Lake", "Forest"]) await add(name);
    await open(page, `${of === "a gallery" ? galleryOf(organization) : membersOf(organization)}?sort=name&select=yes`);
    await page.getByLabel("Select Lake").check();
    await add("Aaron");
    await db.delete(session).where(eq(session.userId, person.id));
    const button = page.getByRole("main").getByRole("button", { name: of === "a gallery" ? "Delete" : "Make admin" });
    await button.click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await fillSignIn(page, person);
    await page.getByLabel("Select Aaron").waitFor();
    const ticked = page.getByRole("main").getByRole("checkbox", { checked: true });
    const labels = () => ticked.evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label")));
    await expect.poll(labels).toEqual(["Select Lake"]);
    await page.getByText("Selected: 1").waitFor();
    expect(await button.isEnabled()).toBe(true);
  });
}
