import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { member } from "../../app/db/schema/organizations.ts";
import { aPerson } from "../../app/test/builders.ts";
import { findings } from "../axe.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, membersOf, open, path, toldOnce } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

async function aWorkshop(options: BrowserContextOptions = {}) {
  const { db, person, organization } = await anOwner({ name: "Zora Owner", owns: ["Many Works"] });
  for (const [name, role] of [
    ["Olga Owner", "owner"],
    ["Ada Admin", "admin"],
    ["Bea Member", "member"],
    ["Cid Member", "member"],
    ["Dan Member", "member"],
  ] as const) {
    const { id: userId } = await aPerson(db, { name });
    await db.insert(member).values({ id: crypto.randomUUID(), organizationId: organization.id, userId, role });
  }
  const visit = await browser.visit(fromSomewhere(options));
  await signIn(visit.context, person);
  return { visit, page: visit.page, members: membersOf(organization) };
}

const box = (page: Page, name: string) => page.getByLabel(say("members_select", { name }), { exact: true });
const button = (page: Page, key: string) => page.getByRole("main").getByRole("button", { name: say(key), exact: true });
const asking = (page: Page, key: string) => page.getByRole("button", { name: `${say(key)}…`, exact: true });
const select = (page: Page) => page.getByRole("link", { name: say("members_select_members"), exact: true });

/** Names and roles, sorted by name. All are read in one step, since rows disappear while a list changes. */
async function rolesIn(page: Page) {
  const told = await page
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [row.querySelector("p"), row.querySelectorAll("td")[1]].map((part) => part?.textContent)),
    );
  return told.map(([name, role]) => `${name?.replace(" (you)", "")}: ${role}`).sort();
}

for (const javaScriptEnabled of [true, false]) {
  test(`an owner gives several members a role and removes several, after a page has named them${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { visit, page, members } = await aWorkshop({ javaScriptEnabled });
    await using _ = visit;
    const shows = (...expected: string[]) => expect.poll(() => rolesIn(page), { interval: 20 }).toEqual(expected);
    if (javaScriptEnabled) await open(page, `${members}?sort=name`);
    else await page.goto(`${members}?sort=name`);
    expect(await page.getByRole("main").getByRole("checkbox").count()).toBe(0);
    await select(page).click();
    await box(page, "Bea Member").waitFor();
    expect(path(page)).toBe(`${members}?sort=name&select=yes`);
    expect(await page.getByRole("main").getByRole("checkbox").count(), "neither own nor an owner's").toBe(4);
    if (javaScriptEnabled) {
      expect(await button(page, "members_make_admin").isDisabled()).toBe(true);
      expect(await findings(page, "selecting members")).toEqual([]);
    }

    await box(page, "Bea Member").check();
    await box(page, "Cid Member").check();
    if (javaScriptEnabled) await page.getByText("Selected: 2").waitFor();
    const make = () => button(page, "members_make_admin").click();
    if (javaScriptEnabled) await toldOnce(page, "2 roles changed", make);
    else await make();
    await shows(
      "Ada Admin: Admin",
      "Bea Member: Admin",
      "Cid Member: Admin",
      "Dan Member: Member",
      "Olga Owner: Owner",
      "Zora Owner: Owner",
    );
    await expect.poll(() => path(page), { interval: 20 }).toBe(`${members}?sort=name`);

    await select(page).click();
    await box(page, "Ada Admin").check();
    await box(page, "Dan Member").check();
    await button(page, "members_make_admin").click();
    await page.getByText("1 role changed").waitFor();
    await page.getByText("Already had this role: Ada Admin").waitFor();
    await select(page).click();

    await box(page, "Cid Member").check();
    await box(page, "Dan Member").check();
    await asking(page, "members_remove").click();
    await page.getByRole("heading", { name: "Remove 2 members?" }).waitFor();
    expect(path(page), "not who sees the page").not.toContain("seenBy");
    expect(await page.getByRole("main").getByRole("listitem").locator("bdi:first-child").allInnerTexts()).toEqual([
      "Cid Member",
      "Dan Member",
    ]);
    const remove = () => button(page, "members_remove_several_confirm").click();
    if (javaScriptEnabled) await toldOnce(page, "2 members removed", remove);
    else await remove();
    await shows("Ada Admin: Admin", "Bea Member: Admin", "Olga Owner: Owner", "Zora Owner: Owner");
    await expect.poll(() => path(page), { interval: 20 }).toBe(`${members}?sort=name`);
  });
}

test("members are selected by the keyboard alone", async () => {
  const { visit, page, members } = await aWorkshop();
  await using _ = visit;
  await open(page, `${members}?role=member&select=yes`);
  const [first] = await page.getByRole("main").getByRole("checkbox").all();
  await first?.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.getByText("Selected: 2").waitFor();
  await button(page, "members_select_all").focus();
  await page.keyboard.press("Enter");
  await page.getByText("Selected: 3").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Selected: 0").waitFor();
  await box(page, "Dan Member").focus();
  await page.keyboard.press("Space");
  await button(page, "members_make_admin").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => rolesIn(page), { interval: 20 }).toEqual(["Bea Member: Member", "Cid Member: Member"]);
  // The list shows the change before the page moves on.
  await expect.poll(() => path(page), { interval: 20 }).toBe(`${members}?role=member`);
});

test("without JavaScript a form with nobody selected shows a clear message, and leads back to the same list", async () => {
  const { visit, page, members } = await aWorkshop({ javaScriptEnabled: false });
  await using _ = visit;
  for (const pressed of [button(page, "members_make_admin"), asking(page, "members_remove")]) {
    await page.goto(`${members}?role=member&select=yes`);
    await pressed.click();
    await page.getByText(say("members_select_some")).waitFor();
    await select(page).click();
    await box(page, "Bea Member").waitFor();
    expect(path(page)).toBe(`${members}?role=member&select=yes`);
  }
});

for (const javaScriptEnabled of [true, false]) {
  test(`Enter in a box changes nobody's role${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { visit, page, members } = await aWorkshop({ javaScriptEnabled });
    await using _ = visit;
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.method()));
    if (javaScriptEnabled) await open(page, `${members}?select=yes`);
    else await page.goto(`${members}?select=yes`);
    for (const name of ["Bea Member", "Cid Member"]) {
      await box(page, name).check();
      await page.keyboard.press("Enter");
    }
    // This page's request comes after the request that a key press would have sent.
    await page.goto(members);
    expect((await rolesIn(page)).filter((told) => told.endsWith(": Admin"))).toEqual(["Ada Admin: Admin"]);
    expect(sent).not.toContain("POST");
  });
}

for (const locale of ["de", "ru"]) {
  test(`the selection bar fits a telephone in a language with long words: ${locale}`, async () => {
    const { visit, page, members } = await aWorkshop({ locale, viewport: { width: 360, height: 740 } });
    await using _ = visit;
    await open(page, `${members}?select=yes`);
    await page.getByRole("button", { name: wordsOf(locale)("members_select_all"), exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
}
