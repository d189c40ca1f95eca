import { eq } from "drizzle-orm";
import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { PRODUCT_NAME } from "#app/product.ts";
import { organization } from "../../app/db/schema/organizations.ts";
import { user } from "../../app/db/schema/people.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { anOwner, dashboardOf, fillSignIn, fromSomewhere, membersOf, open, PASSWORD, path } from "./steps.ts";

const browser = openBrowser();

function trouble(page: Page, title: string) {
  return page.getByRole("alert").filter({ hasText: title });
}

/** Loads the code of these pages, as a person does who visits them. */
async function lookedAround(page: Page, names: readonly string[]) {
  for (const name of names) {
    await page.getByRole("link", { name, exact: true }).first().click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  }
}

test("saving a name without a connection keeps the form as it was typed, and works once it is back", async () => {
  const { db, person } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, "/settings/account");
  const field = page.getByLabel("Name", { exact: true });
  await context.setOffline(true);
  await field.fill("Ada Offline");
  await field.press("Enter");
  await trouble(page, "No connection").waitFor();
  expect([path(page), await field.inputValue()]).toEqual(["/settings/account", "Ada Offline"]);
  expect(await page.getByRole("heading", { name: "Something went wrong" }).count()).toBe(0);
  await context.setOffline(false);
  await trouble(page, "No connection").waitFor({ state: "detached" });
  await field.press("Enter");
  const saved = () => db.select({ name: user.name }).from(user).where(eq(user.id, person.id));
  await expect.poll(saved).toEqual([{ name: "Ada Offline" }]);
});

test("inviting without a connection sends nothing and keeps the address", async () => {
  const { people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/members`);
  const field = page.getByLabel("Email address");
  await context.setOffline(true);
  await field.fill("late@person.test");
  await page.getByRole("button", { name: "Send invitation" }).click();
  await trouble(page, "No connection").waitFor();
  expect(await field.inputValue()).toBe("late@person.test");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByRole("main").getByText("late@person.test").first().waitFor();
});

test("without a connection links, the theme, the language, signing out and the sidebar say so, and the page stays", async () => {
  const { person, organization } = await anOwner({ name: "Ada Example" });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, dashboardOf(organization));
  await lookedAround(page, ["Settings", "Dashboard"]);
  const stays = async (press: () => Promise<void>) => {
    await press();
    await trouble(page, "No connection").waitFor();
    expect(path(page)).toBe(dashboardOf(organization));
    await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
    await trouble(page, "No connection").waitFor({ state: "detached" });
  };
  const menu = page.getByRole("button", { name: "Account of Ada Example" });
  const sidebar = page.locator("#shell-drawer");
  await context.setOffline(true);
  await stays(() => sidebar.getByRole("link", { name: "Members" }).click());
  await stays(() => page.goBack().then(() => {}));
  await stays(async () => {
    await menu.click();
    await page.getByRole("button", { name: "Dark" }).click();
  });
  await page.keyboard.press("Escape");
  await stays(async () => {
    await menu.click();
    await page.getByRole("button", { name: "Language: English" }).click();
    await page.getByRole("button", { name: "Français", exact: true }).click();
  });
  for (const _menu of ["languages", "account"]) await page.keyboard.press("Escape");
  await stays(async () => {
    await menu.click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
  });
  await stays(() => page.getByRole("button", { name: "Collapse sidebar" }).click());
  await context.setOffline(false);
  await sidebar.getByRole("link", { name: "Members" }).click();
  await page.getByRole("heading", { level: 1, name: "Members" }).waitFor();
});

test("a page that loads slowly shows that it is loading", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ reducedMotion: "reduce" }));
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, dashboardOf(organization));
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\.data|\/api\//, async (route) => {
    await held;
    await route.continue();
  });
  await page.locator("#shell-drawer").getByRole("link", { name: "Members" }).click();
  await page.getByRole("status").getByText("Loading…").waitFor();
  const bar = page.locator(".loading-bar");
  await expect.poll(() => bar.evaluate((shown) => shown.getBoundingClientRect().height)).toBe(2);
  release();
  await page.getByRole("heading", { level: 1, name: "Members" }).waitFor();
  await page.getByText("Loading…").waitFor({ state: "detached" });
});

/** Responds with 404 to requests for code that the page has not loaded yet, as after a deploy. */
async function deployAnew(context: BrowserContext) {
  await context.route(/\/assets\/.*\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
}

test("a tab older than the deploy keeps what is typed, and offers to load the page again", async () => {
  const { people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/members`);
  await deployAnew(context);
  await page.getByLabel("Email address").fill("old@person.test");
  await page.getByRole("button", { name: "Send invitation" }).click();
  await trouble(page, `${PRODUCT_NAME} has been updated`).waitFor();
  expect(await page.getByLabel("Email address").inputValue()).toBe("old@person.test");
  await page.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("ControlOrMeta+k");
  await trouble(page, `${PRODUCT_NAME} has been updated`).waitFor();
  await context.unroute(/\/assets\/.*\.js$/);
  await page.getByRole("button", { name: "Reload" }).click();
  await expect.poll(() => page.getByLabel("Email address").inputValue()).toBe("old@person.test");
  expect(await page.evaluate(() => sessionStorage.getItem("typed"))).toBeNull();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByRole("main").getByText("old@person.test").first().waitFor();
});

test("a link in a tab older than the deploy leads to its page all the same", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, dashboardOf(organization));
  let isOld = true;
  await context.route(/\/assets\/.*\.js$/, (route) => (isOld ? route.fulfill({ status: 404 }) : route.continue()));
  page.once("framenavigated", () => {
    isOld = false;
  });
  const documents: string[] = [];
  page.on("request", (request) => request.isNavigationRequest() && documents.push(new URL(request.url()).pathname));
  await page.locator("#shell-drawer").getByRole("link", { name: "Members" }).click();
  await page.getByRole("heading", { name: "1 member" }).waitFor();
  expect(documents).toEqual([membersOf(organization)]);
});

test("a form that was sent without a connection still asks before it overwrites a change made elsewhere", async () => {
  const { db, people, organization: own } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${own.slug}/settings`);
  const field = page.getByLabel("Name").first();
  await field.fill("Own choice");
  await context.setOffline(true);
  await field.press("Enter");
  await trouble(page, "No connection").waitFor();
  await context.setOffline(false);
  await db.update(organization).set({ name: "Chosen elsewhere" }).where(eq(organization.id, own.id));
  // A choice of the person's loads the page's data again.
  await page.getByRole("button", { name: `Account of ${people.owner.name}` }).click();
  await page.getByRole("button", { name: "Dark", exact: true }).click();
  await page.getByText("Chosen elsewhere").first().waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await field.press("Enter");
  await page.getByText("This was changed after you opened it.").filter({ visible: true }).first().waitFor();
  const name = async () => (await db.select().from(organization).where(eq(organization.id, own.id)))[0]?.name;
  expect([await name(), await field.inputValue()]).toEqual(["Chosen elsewhere", "Own choice"]);
  await field.press("Enter");
  await expect.poll(name).toBe("Own choice");
});

test("a password that is sent without a connection stays in its field, after a refusal too", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await open(page, "/login");
  await fillSignIn(page, { ...person, password: "seven loud herons" });
  const field = page.getByLabel("Password", { exact: true });
  await expect.poll(() => field.inputValue(), { message: "a refusal empties it" }).toBe("");
  await field.fill(PASSWORD);
  await context.setOffline(true);
  await field.press("Enter");
  await trouble(page, "No connection").waitFor();
  expect(await field.inputValue()).toBe(PASSWORD);
  await context.setOffline(false);
  await trouble(page, "No connection").waitFor({ state: "detached" });
  await field.press("Enter");
  await page.waitForURL(`**${dashboardOf(organization)}`);
});
