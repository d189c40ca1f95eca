import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { member, organization as organizations } from "../../app/db/schema/organizations.ts";
import { session } from "../../app/db/schema/people.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { turnOffSomeMail } from "./hands.ts";
import { anOwner, dashboardOf, fromSomewhere, membersOf, open, path, requestsOf, takenOver } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

async function anOwnerOnABadLine() {
  const { db, person, organization } = await anOwner();
  const colleague = await aPerson(db, { name: "Mina Member" });
  const row = {
    id: crypto.randomUUID(),
    organizationId: organization.id,
    userId: colleague.id,
    role: "member" as const,
  };
  await db.insert(member).values(row);
  const visit = await browser.visitSlowly(fromSomewhere());
  await signIn(visit.context, person);
  const { page } = visit;
  return {
    db,
    person,
    organization,
    ...visit,
    memberPage: `${membersOf(organization)}/${row.id}`,
    roleNow: async () => (await db.select().from(member).where(eq(member.id, row.id)))[0]?.role,
    async nameNow() {
      const [found] = await db.select().from(organizations).where(eq(organizations.id, organization.id));
      return found?.name;
    },
    async sendName(name: string) {
      const field = page.getByLabel("Name", { exact: true }).first();
      const isSent = page.waitForRequest((request) => request.method() === "POST");
      await field.fill(name);
      await field.press("Enter");
      await isSent;
      return field;
    },
    leave: () => page.getByRole("link", { name: "Dashboard", exact: true }).first().click(),
  };
}

type Owner = Awaited<ReturnType<typeof anOwnerOnABadLine>>;

type Saving = { at: (owner: Owner) => string; save: (owner: Owner) => Promise<void> };

const saved = {
  "a role": {
    at: ({ memberPage }) => memberPage,
    async save({ page }) {
      await page.getByLabel("Admin").check();
      await page.getByRole("button", { name: say("members_role_save") }).click();
    },
    says: "members_role_changed",
  },
  "the choice of mails": {
    at: () => "/settings/notifications",
    save: ({ page }) => turnOffSomeMail(page),
    says: "settings_saved",
  },
  "a person's name": {
    at: () => "/settings/account",
    async save({ page }) {
      await page.getByLabel(say("account_name_label")).fill("Ada Renamed");
      await page.getByLabel(say("account_name_label")).press("Enter");
    },
    says: "settings_saved",
  },
  "an organization's name": {
    at: ({ organization }) => `/organizations/${organization.slug}/settings`,
    async save({ page }) {
      await page.getByLabel("Name").first().fill("Northwind Renamed");
      await page.getByLabel("Name").first().press("Enter");
    },
    says: "settings_saved",
  },
} satisfies Record<string, Saving & { says: string }>;

for (const [what, { at, save, says }] of Object.entries(saved)) {
  test(`a link clicked while ${what} is being saved leads on once it is saved, and the page there says so`, async () => {
    await using owner = await anOwnerOnABadLine();
    const { page, hold, leave } = owner;
    const where = at(owner);
    await open(page, where);
    const letSave = hold(/^POST /);
    const isSent = page.waitForRequest((request) => request.method() === "POST");
    await save(owner);
    await isSent;
    await leave();
    letSave();
    await page.waitForURL((url) => url.pathname.endsWith("/dashboard"));
    await page.locator(".toast").getByText(say(says)).waitFor();
  });
}

const shownEverywhere: Record<string, Saving & { shown: string }> = {
  "a theme": {
    at: ({ organization }) => membersOf(organization),
    async save({ page }) {
      await page.getByRole("button", { name: "Account of Ada Example" }).click();
      await page.getByRole("button", { name: say("common_theme_dark") }).click();
      await page.keyboard.press("Escape");
    },
    shown: "html[data-theme=dark]",
  },
  "a person's name": { ...saved["a person's name"], shown: "[aria-label='Account of Ada Renamed']" },
  "an organization's name": { ...saved["an organization's name"], shown: "nav >> text=Northwind Renamed" },
};

for (const [what, { at, save, shown }] of Object.entries(shownEverywhere)) {
  test(`a link clicked while the page reloads after ${what} was saved leads to a page that shows it`, async () => {
    await using owner = await anOwnerOnABadLine();
    const { page, hold, leave } = owner;
    const where = at(owner);
    await open(page, where);
    const letReload = hold(new RegExp(`^GET ${where}\\.data`));
    const isReloading = page.waitForRequest(
      (request) => request.url().includes(`${where}.data`) && request.method() === "GET",
    );
    await save(owner);
    await isReloading;
    await leave();
    await page.waitForURL("**/dashboard");
    await page.locator(shown).first().waitFor();
    letReload();
  });
}

test("Back pressed while a role is being saved leads back once it is saved, and Forward still leads on", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization, memberPage, roleNow } = owner;
  await open(page, dashboardOf(organization));
  await page.getByRole("link", { name: "Members", exact: true }).first().click();
  await page.getByRole("button", { name: "Actions for Mina Member" }).click();
  await page.getByRole("link", { name: say("members_open"), exact: true }).click();
  await page.waitForURL(`**${memberPage}*`);
  const letSave = hold(/^POST /);
  const isSent = page.waitForRequest((request) => request.method() === "POST");
  await saved["a role"].save(owner);
  await isSent;
  await page.goBack();
  letSave();
  await page.locator(".toast").getByText(say("members_role_changed")).waitFor();
  await page.getByRole("heading", { name: "Members", exact: true }).waitFor();
  expect([path(page), await roleNow()]).toEqual([membersOf(organization), "admin"]);
  await page.goBack();
  await page.waitForURL("**/dashboard");
});

test("a link clicked before a form is refused does not leave the form, since the refusal and what was typed would be lost", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization, leave } = owner;
  const settings = `/organizations/${organization.slug}/settings`;
  await open(page, settings);
  const letRefuse = hold(/^POST /);
  const isSent = page.waitForRequest((request) => request.method() === "POST");
  const name = page.getByLabel("Name").first();
  await name.fill("N");
  await name.press("Enter");
  await isSent;
  await leave();
  letRefuse();
  await page.getByText("Use at least 2 characters.").waitFor();
  await requestsOf(page).done();
  expect([path(page), await name.inputValue()]).toEqual([settings, "N"]);
  await leave();
  await page.waitForURL("**/dashboard");
});

test("a link clicked after another language was chosen in another tab also waits for the form that is on its way", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization, leave, sendName } = owner;
  const settings = `/organizations/${organization.slug}/settings`;
  await open(page, settings);
  const other = await page.context().newPage();
  await open(other, "/settings/appearance");
  await other.getByRole("main").getByRole("button", { name: "Deutsch", exact: true }).click();
  await other.locator("html[lang=de]").waitFor();
  await takenOver(other);
  const letRefuse = hold(/^POST .*settings/);
  const name = await sendName("N");
  await leave();
  letRefuse();
  await page.locator("input[aria-invalid=true]").waitFor();
  await requestsOf(page).done();
  expect([path(page), await name.inputValue()]).toEqual([settings, "N"]);
  await leave();
  await page.waitForURL("**/dashboard");
  await page.locator("html[lang=de]").waitFor();
});

test("a link clicked while a key is being created does not leave the page that shows its secret once", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization, leave } = owner;
  const create = `/organizations/${organization.slug}/keys/new`;
  await open(page, create);
  await page.getByLabel("Name").fill("Nightly import");
  await page.getByLabel("View").first().check();
  const letCreate = hold(/^POST /);
  const isSent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: say("keys_create") }).click();
  await isSent;
  await leave();
  letCreate();
  await page.getByText(say("keys_secret_once")).waitFor();
  await requestsOf(page).done();
  expect(path(page)).toBe(create);
});

test("a link clicked while a form gets no response for long stays and says so, and leads on at the next click", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization, leave, sendName } = owner;
  const settings = `/organizations/${organization.slug}/settings`;
  await page.clock.install();
  await open(page, settings);
  const letSave = hold(/^POST /);
  const name = await sendName("Northwind Renamed");
  await leave();
  await page.clock.fastForward("00:16");
  await page.getByText(say("errors_offline_title")).waitFor();
  expect([path(page), await name.inputValue()]).toEqual([settings, "Northwind Renamed"]);
  await leave();
  await page.waitForURL("**/dashboard");
  letSave();
});

test("Back and Forward pressed before a form is refused do not reload its page, since the refusal and what was typed would be lost", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization, sendName, leave } = owner;
  const settings = `/organizations/${organization.slug}/settings`;
  await open(page, membersOf(organization));
  await leave();
  await page.waitForURL("**/dashboard");
  await page.getByRole("link", { name: "Settings", exact: true }).first().click();
  await page.waitForURL(`**${settings}`);
  const letRefuse = hold(/^POST /);
  const name = await sendName("N");
  await page.evaluate(() => history.back());
  await page.waitForURL("**/dashboard");
  await page.evaluate(() => history.forward());
  await page.waitForURL(`**${settings}`);
  letRefuse();
  await page.getByText("Use at least 2 characters.").waitFor();
  await requestsOf(page).done();
  expect([path(page), await name.inputValue()]).toEqual([settings, "N"]);
});

test("a person who signs out while a name is being saved has it saved first", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization, sendName, nameNow } = owner;
  await open(page, `/organizations/${organization.slug}/settings`);
  const letSave = hold(/^POST .*settings/);
  await sendName("Northwind Renamed");
  await page.getByRole("button", { name: "Account of Ada Example" }).click();
  const isAsked = page.waitForResponse("**/healthz");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await isAsked;
  letSave();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await nameNow()).toBe("Northwind Renamed");
});

const leavings: Record<string, (page: Page) => Promise<unknown>> = {
  "a link is clicked": (page) => page.getByRole("link", { name: "Dashboard", exact: true }).first().click(),
  "Back is pressed": (page) => page.evaluate(() => history.back()),
  async "Sign out is pressed"(page) {
    const isAsked = page.waitForResponse("**/healthz");
    await page.getByRole("button", { name: "Account of Ada Example" }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await isAsked;
  },
};

for (const [what, act] of Object.entries(leavings)) {
  test(`if ${what} before an invitation is refused, its form stays with the refusal and what was typed`, async () => {
    await using owner = await anOwnerOnABadLine();
    const { page, hold, organization } = owner;
    await open(page, dashboardOf(organization));
    await page.getByRole("link", { name: "Members", exact: true }).first().click();
    await page.waitForURL(`**${membersOf(organization)}`);
    const letRefuse = hold(/^POST /);
    const isSent = page.waitForRequest((request) => request.method() === "POST");
    const emails = page.getByLabel(say("invitations_emails_label"));
    await emails.fill("no address");
    await page.getByRole("button", { name: say("invitations_send") }).click();
    await isSent;
    await act(page);
    letRefuse();
    await page.getByText(say("account_email_invalid")).waitFor();
    await requestsOf(page).done();
    expect([path(page), await emails.inputValue()]).toEqual([membersOf(organization), "no address"]);
  });
}

/** Confirms the removal of the colleague in its dialog, which is closed before the response. */
async function removeAndClose({ page, hold, organization }: Owner, close: () => Promise<void>) {
  await open(page, membersOf(organization));
  await page.getByRole("button", { name: "Actions for Mina Member" }).click();
  await page.getByRole("button", { name: `${say("members_remove")}…`, exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  const letAnswer = hold(/^POST /);
  const isSent = page.waitForRequest((request) => request.method() === "POST");
  await dialog.getByRole("button", { name: say("members_remove_confirm") }).click();
  await isSent;
  await close();
  await dialog.waitFor({ state: "detached" });
  return letAnswer;
}

test("a removal that the role no longer allows is refused in words, even if its dialog was closed by then", async () => {
  await using owner = await anOwnerOnABadLine();
  const { db, page, person, roleNow } = owner;
  const letRefuse = await removeAndClose(owner, () => page.keyboard.press("Escape"));
  await db.update(member).set({ role: "admin" }).where(eq(member.userId, person.id));
  letRefuse();
  // An alert, since the page that had the focus is gone.
  const alert = page.getByRole("alert");
  await alert.getByRole("heading", { level: 1, name: say("errors_forbidden_title") }).waitFor();
  expect(await roleNow()).toBe("member");
});

test("a removal whose dialog was closed says that nothing was changed if the session has ended", async () => {
  await using owner = await anOwnerOnABadLine();
  const { db, page, person, roleNow } = owner;
  const cancel = () => page.getByRole("button", { name: say("common_cancel") }).click();
  const letRefuse = await removeAndClose(owner, cancel);
  await db.delete(session).where(eq(session.userId, person.id));
  letRefuse();
  await page.getByText(say("account_nothing_changed")).waitFor();
  expect(await roleNow()).toBe("member");
});

test("a theme chosen right before signing out is kept", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, organization } = owner;
  await open(page, dashboardOf(organization));
  const letChoose = hold(/^POST .*preferences/);
  await page.getByRole("button", { name: "Account of Ada Example" }).click();
  await page.getByRole("button", { name: say("common_theme_dark") }).click();
  const isAsked = page.waitForResponse("**/healthz");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await isAsked;
  letChoose();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
});

test("a link clicked while a theme is being saved leads on, though a card still shows an earlier refusal", async () => {
  await using owner = await anOwnerOnABadLine();
  const { page, hold, leave, organization } = owner;
  await open(page, membersOf(organization));
  await page.getByLabel(say("invitations_emails_label")).fill("no address");
  await page.getByRole("button", { name: say("invitations_send") }).click();
  await page.getByText(say("account_email_invalid")).waitFor();
  const letChoose = hold(/^POST .*preferences/);
  await page.getByRole("button", { name: "Account of Ada Example" }).click();
  const isSent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: say("common_theme_dark") }).click();
  await isSent;
  await page.keyboard.press("Escape");
  await leave();
  letChoose();
  await page.waitForURL(`**${dashboardOf(organization)}`);
  await page.locator("html[data-theme=dark]").waitFor();
});
