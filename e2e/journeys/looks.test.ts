import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { member, organization } from "../../app/db/schema/organizations.ts";
import { user } from "../../app/db/schema/people.ts";
import { locales } from "../../app/i18n/locale.ts";
import { ORGANIZATION_NAME_MAXIMUM } from "../../app/organizations/limits.ts";
import { anInvitation } from "../../app/test/builders.ts";
import { anEndpoint } from "../../app/test/receivers.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { dashboardOf, fromSomewhere, membersOf, open } from "./steps.ts";

const browser = openBrowser();

test("on a tablet the names of members stay wide enough beside the sidebar", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ viewport: { width: 768, height: 900 } }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, membersOf(organization));
  const name = await page.locator(".members .member p").first().boundingBox();
  expect(name?.width).toBeGreaterThan(150);
});

test("in the list of members a long name has enough width, and the person's own name keeps its mark in sight", async () => {
  const { db, organization, people } = await aWorkplace();
  const name = "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff the Elder";
  await db.update(user).set({ name }).where(eq(user.id, people.owner.id));
  for (const [locale, width] of [
    ["en-US", 360],
    ["ar", 360],
    ["en-US", 1280],
  ] as const) {
    await using visit = await browser.visit(fromSomewhere({ locale, viewport: { width, height: 900 } }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    await open(page, membersOf(organization));
    const row = page.getByRole("row").filter({ hasText: name });
    const cell = await row.getByRole("cell").first().boundingBox();
    expect.soft(cell?.width, `${locale} ${width}`).toBeGreaterThan(180);
    const [own, mark] = [
      await row.locator(".member p").first().boundingBox(),
      await row.locator("bdi").first().boundingBox(),
    ];
    const [inside, outside] = [own ?? cell, mark ?? cell];
    if (!inside || !outside) throw new Error("The name is not there.");
    expect.soft(outside.width, `${locale} ${width}`).toBeGreaterThan(15);
    expect.soft(outside.x, `${locale} ${width}`).toBeGreaterThanOrEqual(inside.x - 1);
    expect.soft(outside.x + outside.width, `${locale} ${width}`).toBeLessThanOrEqual(inside.x + inside.width + 1);
  }
});

test("in the list of members the day of joining is on one line in every language", async () => {
  const { db, organization, people } = await aWorkplace();
  await db
    .update(member)
    .set({ createdAt: new Date("2026-02-20T12:00:00Z") })
    .where(eq(member.organizationId, organization.id));
  for (const locale of locales) {
    await using visit = await browser.visit(fromSomewhere({ locale, viewport: { width: 1024, height: 900 } }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    await open(page, membersOf(organization));
    const day = page.locator(".members td:nth-child(3)").first();
    const lines = await day.evaluate((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return range.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(cell).lineHeight);
    });
    expect.soft(lines, `${locale}: ${await day.innerText()}`).toBeLessThan(1.5);
  }
});

test("in the list of webhooks the states line up beside long and short URLs, and URLs keep to the page's side", async () => {
  const { db, organization, people } = await aWorkplace();
  const urls = ["https://short.example.com/", `https://long.example.com/${"path/".repeat(40)}`];
  for (const url of urls) await anEndpoint(db, { organizationId: organization.id, url });
  await using visit = await browser.visit(fromSomewhere({ locale: "ar", viewport: { width: 1280, height: 900 } }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/webhooks`);
  const places = await Promise.all(
    urls.map((url) => page.getByRole("listitem").filter({ hasText: url }).locator(".badge").boundingBox()),
  );
  expect(places[0]?.x).toBe(places[1]?.x);
  expect(await page.getByText(urls[0] ?? "").evaluate((shown) => getComputedStyle(shown).textAlign)).toBe("end");
});

test("an invitation whose link is not shown has no line above its first form", async () => {
  const { db, organization, people } = await aWorkplace();
  const { id } = await anInvitation(db, { organization });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/invitations/${id}`);
  const edges = await page
    .getByRole("main")
    .locator("form")
    .evaluateAll((forms) => forms.map((form) => getComputedStyle(form).borderTopWidth));
  expect([edges[0], edges.at(-1)]).toEqual(["0px", "1px"]);
});

test("on every page around signing in, the buttons are large and fill the width", async () => {
  await using visit = await browser.visit({ viewport: { width: 360, height: 740 } });
  const { page } = visit;
  const links = ["/verify-email", "/verify-email/resend", "/reset-password", "/confirm-email", "/undo-email"];
  for (const url of ["/signup", "/login", "/login/code", "/forgot-password", ...links, "/accept-invite", "/join"]) {
    await page.goto(url);
    const sizes = await page.locator("main .button").evaluateAll((all) =>
      all.map((each) => {
        const { width, height } = each.getBoundingClientRect();
        return `${width} × ${height}`;
      }),
    );
    expect([...new Set(sizes)], url).toEqual(["320 × 44"]);
  }
});

test("a heading that gets the focus has a focus ring as wide as its text", async () => {
  const { people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, "/notifications");
  const spare = await page.getByRole("heading", { level: 1 }).evaluate((heading) => {
    const range = document.createRange();
    range.selectNodeContents(heading);
    heading.tabIndex = -1;
    heading.focus();
    return heading.getBoundingClientRect().width - range.getBoundingClientRect().width;
  });
  expect(spare).toBeLessThan(2);
});

test("a field with an error is not hidden under the bar at the top", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ viewport: { width: 1280, height: 500 } }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `/organizations/${organization.slug}/keys/new`);
  const name = page.getByLabel("Name");
  await page.getByRole("button", { name: "Create API key" }).click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  const bar = await page.getByRole("banner").boundingBox();
  await expect.poll(async () => (await name.boundingBox())?.y).toBeGreaterThan(bar?.height ?? 0);
});

test("Escape from the palette moves the focus to the content if nothing had the focus before", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, dashboardOf(organization));
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await palette.getByRole("combobox").waitFor();
  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
});

test("in forced colours the current page is marked, and buttons, avatars and progress bars have a border", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ forcedColors: "active" }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, dashboardOf(organization));
  const current = page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Dashboard" });
  const other = page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Gallery" });
  const background = (element: Element) => getComputedStyle(element).backgroundColor;
  expect(await current.evaluate(background)).not.toBe(await other.evaluate(background));
  const edge = (element: Element) => getComputedStyle(element).borderTopWidth;
  for (const shown of [".button", ".avatar", ".progress"]) {
    expect.soft(await page.locator(shown).first().evaluate(edge), shown).toBe("1px");
  }
});

test("in forced colours the browser's text in a file field stays hidden behind our own", async () => {
  const { people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ forcedColors: "active" }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, "/settings/account");
  const colors = await page.locator("input[type=file]").evaluate((field) => {
    const { color, backgroundColor } = getComputedStyle(field);
    return { color, backgroundColor };
  });
  expect(colors.color).toBe(colors.backgroundColor);
});

test("every item of a menu that is opened by keyboard can be seen at 400 % zoom, wherever its button is", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere({ viewport: { width: 320, height: 256 } }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, membersOf(organization));
  const trigger = page.getByRole("button", { name: `Actions for ${people.member.name}` });
  for (const block of ["start", "center", "end"] as const) {
    await trigger.evaluate((button, block) => button.scrollIntoView({ block }), block);
    await trigger.focus();
    await page.keyboard.press("Enter");
    const items = page.locator(".menu-panel:popover-open .menu-item");
    await items.first().waitFor();
    for (let index = 0; index < (await items.count()); index += 1) {
      await page.keyboard.press("Tab");
      const item = items.nth(index);
      await expect.poll(() => item.evaluate((each) => each === document.activeElement)).toBe(true);
      const seen = await item.evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
      expect.soft([block, await item.innerText(), seen]).toEqual([block, expect.any(String), true]);
    }
    await page.keyboard.press("Escape");
    await expect.poll(() => items.count()).toBe(0);
  }
});

test("a printed page has no navigation, filter forms, buttons or menus", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, membersOf(organization));
  await page.emulateMedia({ media: "print" });
  await page.getByRole("table").waitFor();
  for (const hidden of [".button", ".menu", "nav", "[role=search]", "input", "select"]) {
    expect.soft(await page.locator(hidden).filter({ visible: true }).count(), hidden).toBe(0);
  }
});

test("beside the longest name of an organization, the name of the current page is whole in the bar at the top", async () => {
  const { db, organization: own, people } = await aWorkplace();
  const name = "W".repeat(ORGANIZATION_NAME_MAXIMUM);
  await db.update(organization).set({ name }).where(eq(organization.id, own.id));
  for (const [locale, width] of [
    ["en-US", 360],
    ["en-US", 768],
    ["ar", 1280],
    ["de", 1280],
  ] as const) {
    await using visit = await browser.visit(fromSomewhere({ locale, viewport: { width, height: 900 } }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    await open(page, `/organizations/${own.slug}/keys`);
    const crumb = page.locator("header [aria-current=page]").locator("xpath=..");
    const hidden = await crumb.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect.soft(hidden, `${locale} ${width}`).toBeLessThanOrEqual(0);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(tooWide, `${locale} ${width}`).toBeLessThanOrEqual(0);
  }
});

test("while a person confirms that it is them, the bar and the sidebar still mark the page that they came from", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  const own = `/organizations/${organization.slug}`;
  for (const [redirectTo, crumbs, place] of [
    [`${own}/keys/new`, [organization.name, "API keys"], ["API keys"]],
    ["/settings/security/password", ["Your settings"], []],
  ] as const) {
    await open(page, `/confirm?${new URLSearchParams({ redirectTo })}`);
    await page.getByRole("heading", { name: "Confirm it’s you" }).waitFor();
    const bar = page.getByRole("navigation", { name: "Breadcrumb" });
    expect(await bar.getByRole("listitem").allInnerTexts(), redirectTo).toEqual(crumbs);
    expect(await page.locator("aside [aria-current=page]").allInnerTexts(), redirectTo).toEqual(place);
  }
  await open(page, `${own}/members?redirectTo=/settings/account`);
  expect(await page.locator("aside [aria-current=page]").allInnerTexts(), "no other page leads on").toEqual([
    "Members",
  ]);
});
