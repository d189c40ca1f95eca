import { eq } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { image } from "../../app/db/schema/gallery.ts";
import { member } from "../../app/db/schema/organizations.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { galleryOf } from "../gallery/steps.ts";
import { e2eDatabase, signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { anOwner, dashboardOf, fromSomewhere, membersOf, open, path, takenOver, typeQuickly } from "./steps.ts";

const browser = openBrowser();
const PROCESSOR_RATE = 4;

/** A browser on a slow processor, behind a network that holds back what a test wants late. */
async function aSlowMachine() {
  const visit = await browser.visitSlowly(fromSomewhere());
  const { context, page } = visit;
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: PROCESSOR_RATE });
  // The page itself reports that it is alive, since it cannot be queried while a link or a form is on its way.
  await page.addInitScript(sayWhenAlive, ALIVE);
  /** Opens a page whose scripts are held back. Returns a function that releases them and waits until the page is alive. */
  const openEarly = async (url: string) => {
    const letScriptsCome = visit.hold(/entry\.client.*\.js$/);
    await page.goto(url, { waitUntil: "commit" });
    await page.locator("main").waitFor();
    await page.waitForFunction(() => window.earlyInput !== undefined);
    return async () => {
      const before = visit.sent.length;
      letScriptsCome();
      await expect.poll(() => visit.sent.slice(before), { interval: 20 }).toContain(`GET ${ALIVE}`);
    };
  };
  const posts = () => visit.sent.filter((asked) => asked.startsWith("POST "));
  return { ...visit, openEarly, posts };
}

const ALIVE = "/healthz?alive";

function sayWhenAlive(address: string) {
  const timer = setInterval(() => {
    const main = document.querySelector("main");
    if (!main || !Object.keys(main).some((key) => key.startsWith("__reactProps"))) return;
    clearInterval(timer);
    void fetch(address);
  }, 10);
}

function paletteField(page: Page): Locator {
  return page.getByRole("combobox", { name: wordsOf("en")("palette_label") });
}

test("Ctrl+K and the letters typed after it are kept until the scripts have loaded", async () => {
  const { person, organization } = await anOwner({ owns: ["Early Works"] });
  await using machine = await aSlowMachine();
  const { context, page, openEarly } = machine;
  await signIn(context, person);
  const comeToLife = await openEarly(dashboardOf(organization));
  await page.keyboard.press("Control+K");
  await page.keyboard.type("memx");
  await page.keyboard.press("Backspace");
  await comeToLife();
  await page.keyboard.type("be");
  await expect.poll(() => paletteField(page).inputValue()).toBe("membe");
  await page.keyboard.type("rs");
  await page.getByRole("option", { name: "Members" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${membersOf(organization)}`);
});

test("Enter pressed in the palette before the results arrive opens the result when it does", async () => {
  const { db, person, organization } = await anOwner({ owns: ["Early Works", "Aardvark Works"] });
  const colleague = await aPerson(db, { name: "Quentin Quill" });
  await db
    .insert(member)
    .values({ id: crypto.randomUUID(), organizationId: organization.id, userId: colleague.id, role: "member" });
  await using machine = await aSlowMachine();
  const { context, page, openEarly, hold } = machine;
  await signIn(context, person);

  const comeToLife = await openEarly(dashboardOf(organization));
  await page.keyboard.press("Control+K");
  await page.keyboard.type("members");
  await page.keyboard.press("Enter");
  await comeToLife();
  await page.waitForURL(`**/organizations/${organization.slug}/members`);

  const letFind = hold(/\/api\/palette\?query=/);
  await page.keyboard.press("Control+K");
  await page.keyboard.type("quill");
  await page.keyboard.press("Enter");
  await expect.poll(() => paletteField(page).inputValue(), { message: "it waits" }).toBe("quill");
  letFind();
  await page.getByRole("heading", { name: "Quentin Quill" }).waitFor();
});

test("letters typed while the palette's code is loading appear in its field, in order", async () => {
  const { person, organization } = await anOwner();
  await using machine = await aSlowMachine();
  const { context, page, hold } = machine;
  await signIn(context, person);
  const letLoad = hold(/palette-dialog/);
  await page.goto(dashboardOf(organization));
  await takenOver(page);
  await page.keyboard.press("Control+K");
  await page.keyboard.type("set");
  letLoad();
  await page.keyboard.type("tings");
  await expect.poll(() => paletteField(page).inputValue()).toBe("settings");
  expect(await paletteField(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press("Escape");
  await paletteField(page).waitFor({ state: "detached" });
  // Closed and opened again immediately, it still has every letter.
  await page.keyboard.press("Control+K");
  await page.keyboard.type("one");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+K");
  await page.keyboard.type("two");
  await expect.poll(() => paletteField(page).inputValue()).toBe("two");
});

test("a shortcut pressed early opens its page, and one typed into a field stays text", async () => {
  const { person, organization } = await anOwner();
  await using machine = await aSlowMachine();
  const { context, page, openEarly } = machine;
  await signIn(context, person);
  let comeToLife = await openEarly(dashboardOf(organization));
  await typeQuickly(page, "g", "m");
  await comeToLife();
  await page.waitForURL(`**${membersOf(organization)}`);

  comeToLife = await openEarly(membersOf(organization));
  const search = page.getByRole("searchbox");
  await search.focus();
  await typeQuickly(page, "g", "d");
  await search.blur();
  await page.keyboard.press("Control+g");
  await typeQuickly(page, "d", "?");
  await comeToLife();
  await page.getByRole("dialog", { name: wordsOf("en")("appearance_shortcuts_title") }).waitFor();
  expect(path(page)).toBe(membersOf(organization));
  expect(await page.locator("input[type=search]").inputValue()).toBe("gd");
});

test("an arrow key pressed early turns to the next image", async () => {
  const { db, person, organization } = await anOwner();
  const values = { organizationId: organization.id, createdBy: person.id, type: "image/png" as const, size: 1000 };
  const [older, newer] = [crypto.randomUUID(), crypto.randomUUID()];
  await db.insert(image).values({ ...values, id: older, name: "Older", createdAt: new Date("2026-01-01") });
  await db.insert(image).values({ ...values, id: newer, name: "Newer", createdAt: new Date("2026-01-02") });
  await using machine = await aSlowMachine();
  const { context, page, openEarly } = machine;
  await signIn(context, person);
  const comeToLife = await openEarly(`${galleryOf(organization)}/${newer}`);
  await page.keyboard.press("ArrowRight");
  await comeToLife();
  await page.waitForURL(`**${galleryOf(organization)}/${older}`);
});

test("a link clicked early leads on while the page comes to life, and a menu opened early stays open", async () => {
  const { person, organization } = await anOwner();
  await using machine = await aSlowMachine();
  const { context, page, openEarly, hold } = machine;
  await signIn(context, person);
  let comeToLife = await openEarly(dashboardOf(organization));
  const letAnswer = hold(/^GET .*\/members$/);
  await page.getByRole("link", { name: "Members" }).click({ noWaitAfter: true });
  await comeToLife();
  letAnswer();
  await page.getByRole("heading", { name: "1 member" }).waitFor();
  expect(path(page)).toBe(`/organizations/${organization.slug}/members`);

  comeToLife = await openEarly(dashboardOf(organization));
  await page.getByRole("button", { name: "Switch organization" }).click();
  const entry = page.getByRole("link", { name: "All organizations" });
  await entry.waitFor();
  await comeToLife();
  await entry.click();
  await page.waitForURL("**/organizations");
});

test("Back pressed before the scripts have loaded leads to the earlier page, which is shown alone", async () => {
  const { person, organization } = await anOwner();
  await using machine = await aSlowMachine();
  const { context, page, hold } = machine;
  await signIn(context, person);
  await open(page, dashboardOf(organization));
  await page.getByRole("link", { name: "Members", exact: true }).first().click();
  await page.waitForURL(`**${membersOf(organization)}`);
  await page.goto("/developers");
  const letScriptsCome = hold(/entry\.client.*\.js$/);
  await page.goBack({ waitUntil: "commit" });
  await page.getByRole("heading", { name: "Members", exact: true }).waitFor();
  await page.waitForFunction(() => window.earlyInput !== undefined);
  await page.goBack({ waitUntil: "commit" });
  const dashboard = page.getByRole("heading", { name: "Dashboard", level: 1 });
  await dashboard.waitFor();
  letScriptsCome();
  await takenOver(page);
  expect(await page.getByRole("heading", { level: 1 }).allInnerTexts()).toEqual(["Dashboard"]);
  expect(path(page)).toBe(dashboardOf(organization));
});

test("the focus stays when the scripts replace a link with a menu", async () => {
  const { db, person, organization } = await anOwner();
  const colleague = await aPerson(db, { name: "Mina Member" });
  const id = crypto.randomUUID();
  await db.insert(member).values({ id, organizationId: organization.id, userId: colleague.id, role: "member" });
  await using machine = await aSlowMachine();
  const { context, page, openEarly } = machine;
  await signIn(context, person);
  for (const name of ["Notifications", "Actions for Mina Member"]) {
    const comeToLife = await openEarly(membersOf(organization));
    await page.getByRole("link", { name, exact: true }).focus();
    await comeToLife();
    const menu = page.getByRole("button", { name, exact: true });
    await expect.poll(() => menu.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await page.locator(".menu-panel:popover-open").waitFor();
  }

  const comeToLife = await openEarly(membersOf(organization));
  await page.getByRole("button", { name: `Account of ${person.name}` }).click();
  await page.getByRole("link", { name: "Language: English" }).focus();
  await comeToLife();
  const languages = page.getByRole("button", { name: "Language: English" });
  await expect.poll(() => languages.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Deutsch", exact: true }).waitFor();
});

test("what is typed, chosen and ticked early is still there when the page has come to life", async () => {
  const { db, person, organization } = await anOwner({ owns: ["First Name"] });
  const colleague = await aPerson(db, { name: "Mina Member" });
  const id = crypto.randomUUID();
  await db.insert(member).values({ id, organizationId: organization.id, userId: colleague.id, role: "member" });
  await using machine = await aSlowMachine();
  const { context, page, openEarly } = machine;
  const early = async (url: string, act: () => Promise<void>) => {
    const comeToLife = await openEarly(url);
    await act();
    await comeToLife();
  };

  await early("/login", async () => {
    await page.getByLabel("Email address").fill("somebody@person.test");
    await page.getByLabel("Password", { exact: true }).pressSequentially("seven quiet");
  });
  await page.keyboard.type(" herons");
  expect(await page.getByLabel("Email address").inputValue()).toBe("somebody@person.test");
  expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("seven quiet herons");

  await signIn(context, person);
  await early(`/organizations/${organization.slug}/members`, async () => {
    await page.getByLabel("Email address").pressSequentially("new@person.test");
    await page.getByLabel("Role").selectOption({ label: "Admin" });
    await page.getByRole("searchbox").fill("mina");
  });
  expect(await page.getByLabel("Email address").inputValue()).toBe("new@person.test");
  expect(await page.getByLabel("Role").inputValue()).toBe("admin");
  expect(await page.getByRole("searchbox").inputValue()).toBe("mina");

  await early(`/organizations/${organization.slug}/members/${id}`, () => page.getByLabel("Admin").check());
  expect(await page.getByLabel("Admin").isChecked()).toBe(true);
  await page.getByRole("button", { name: "Save role" }).click();
  const roleOf = async () => (await db.select().from(member).where(eq(member.id, id)))[0]?.role;
  await expect.poll(roleOf).toBe("admin");

  await early(`/organizations/${organization.slug}/settings`, async () => {
    await page.getByLabel("Name").fill("Second Name");
    await page.getByLabel("Logo").setInputFiles(await aSmallPicture("logo", "webp"));
  });
  expect(await page.getByLabel("Name").inputValue()).toBe("Second Name");
  await page.getByRole("button", { name: "Save logo" }).click();
  await page.getByRole("button", { name: "Remove logo" }).waitFor();
});

test("an image chosen early is uploaded once when the page has come to life", async () => {
  const { person, organization } = await anOwner();
  await using machine = await aSlowMachine();
  const { context, page, openEarly, posts } = machine;
  await signIn(context, person);
  const comeToLife = await openEarly(galleryOf(organization));
  await page.getByLabel("Upload images").setInputFiles(await aSmallPicture("Early bird"));
  await comeToLife();
  await page.getByRole("heading", { name: "Early bird" }).waitFor();
  expect(posts()).toEqual([`POST /organizations/${organization.slug}/gallery/files`]);
});

test("a theme and a language chosen early are kept", async () => {
  await using machine = await aSlowMachine();
  const { page, openEarly, posts } = machine;
  const comeToLife = await openEarly("/login");
  const dark = page.getByRole("button", { name: "Dark" });
  await dark.click();
  await comeToLife();
  await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
  const comeToLifeAgain = await openEarly("/login");
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("button", { name: "Deutsch", exact: true }).click();
  await comeToLifeAgain();
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("de");
  expect(posts()).toEqual(["POST /preferences", "POST /preferences"]);
});

type SlowMachine = Awaited<ReturnType<typeof aSlowMachine>>;

/** Fills in the form. Returns a function that presses its button, even while the response to a first press is on its way. */
async function fillIn(page: Page) {
  await page.getByLabel("Name").fill("Only Once");
  const box = await page.getByRole("button", { name: "Create organization" }).boundingBox();
  if (box === null) throw new Error("The button has no place.");
  return () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

const waysToSendTwice: Record<string, (machine: SlowMachine) => Promise<void>> = {
  async "before the page has come to life"({ page, openEarly, hold }) {
    const comeToLife = await openEarly("/onboarding");
    const send = await fillIn(page);
    const letAnswer = hold(/^POST \/onboarding/);
    await send();
    await send();
    await comeToLife();
    letAnswer();
  },
  async "before and after it has come to life"({ page, openEarly, hold }) {
    const comeToLife = await openEarly("/onboarding");
    const send = await fillIn(page);
    const letAnswer = hold(/^POST \/onboarding/);
    await send();
    await comeToLife();
    await send();
    letAnswer();
  },
  async "while its scripts are at work"({ page, hold }) {
    await open(page, "/onboarding");
    const send = await fillIn(page);
    const letAnswer = hold(/^POST \/onboarding/);
    await Promise.all([send(), send()]);
    letAnswer();
  },
  // Both clicks come before the page can render the button as pending.
  async "in one moment"({ page, hold }) {
    await open(page, "/onboarding");
    await fillIn(page);
    const letAnswer = hold(/^POST \/onboarding/);
    await page.getByRole("button", { name: "Create organization" }).evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    letAnswer();
  },
  // Like a press that comes after the first request was sent, but before the page has rendered again.
  async "before its button says that it is pending"({ page, hold }) {
    await open(page, "/onboarding");
    const send = await fillIn(page);
    const letAnswer = hold(/^POST \/onboarding/);
    await Promise.all([page.waitForRequest((request) => request.method() === "POST"), send()]);
    await page
      .getByRole("button", { name: "Create organization" })
      .evaluate((button: HTMLButtonElement) => button.form?.requestSubmit(button));
    letAnswer();
  },
};

for (const [when, sendTwice] of Object.entries(waysToSendTwice)) {
  test(`a form sent twice ${when} makes one organization`, async () => {
    const db = e2eDatabase();
    const person = await aPerson(db);
    await using machine = await aSlowMachine();
    const { context, page, posts } = machine;
    await signIn(context, person);
    await sendTwice(machine);
    await page.waitForURL("**/organizations/only-once*/welcome");
    expect(await db.$count(member, eq(member.userId, person.id))).toBe(1);
    expect(posts()).toHaveLength(1);
  });
}

const ways = {
  "before the first is answered": /POST \/preferences/,
  "before their code is here": /preferences-.*\.js/,
};

for (const [when, what] of Object.entries(ways)) {
  test(`choices made ${when} are all kept`, async () => {
    const { person } = await anOwner();
    await using machine = await aSlowMachine();
    const { context, page, hold } = machine;
    await signIn(context, person);
    await page.goto("/settings/appearance");
    await takenOver(page);
    const letCome = hold(what);
    for (const name of ["Dark", "Vega", "Atkinson"]) {
      const choice = page.getByRole("main").getByRole("button", { name });
      await choice.click();
      await expect.poll(() => choice.getAttribute("aria-pressed")).toBe("true");
    }
    letCome();
    const look = () => page.evaluate(() => ({ ...document.documentElement.dataset }));
    const all = { theme: "dark", color: "vega", font: "atkinson" };
    await expect.poll(look).toMatchObject(all);
    await page.reload();
    expect(await look()).toMatchObject(all);
  });
}
