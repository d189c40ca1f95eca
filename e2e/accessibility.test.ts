import { sql } from "drizzle-orm";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { accessTable } from "./access-table.ts";
import { findings } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { open } from "./journeys/steps.ts";
import { visitors } from "./people.ts";
import { ask } from "./requests.ts";
import { sameNames } from "./same-names.ts";
import { aFurnishedWorkplace, fillIn, type Workplace } from "./workplace.ts";

const browser = openBrowser();

/** The URL of every page of the access table that the visitor can see. */
async function pagesOf(workplace: Workplace, visitor: "owner" | "nobody"): Promise<string[]> {
  pages[visitor] ??= findPages(workplace, visitor);
  return (await pages[visitor]).map((url) => fillIn(url, workplace));
}

const pages: Partial<Record<"owner" | "nobody", Promise<string[]>>> = {};

/** The URLs as the access table writes them. */
async function findPages(workplace: Workplace, visitor: "owner" | "nobody"): Promise<string[]> {
  const urls = accessTable.filter(({ GET }) => GET?.[visitors.indexOf(visitor)] === 200).map(({ url }) => url);
  const isPage = async (url: string) => {
    const { headers } = await ask(fillIn(url, workplace), workplace.cookies[visitor]);
    return headers.get("Content-Type")?.startsWith("text/html") ? [url] : [];
  };
  const distinct = [...new Set(urls)].filter((url) => ONLY.test(fillIn(url, workplace)));
  const found: string[] = [];
  // If all were requested at the same time, the last would wait longer for the database than a person has to.
  for (let at = 0; at < distinct.length; at += AT_ONCE) {
    found.push(...(await Promise.all(distinct.slice(at, at + AT_ONCE).map(isPage))).flat());
  }
  return found;
}

const AT_ONCE = 4;

/** Set to check only some pages. */
const { ONLY_PAGES } = process.env;
const ONLY = new RegExp(ONLY_PAGES ?? "");

async function visitAs(workplace: Workplace, visitor: "owner" | "nobody", options: BrowserContextOptions) {
  const visit = await browser.visit(options);
  const [name = "", value = ""] = workplace.cookies[visitor]?.split("=") ?? [];
  if (value !== "") await visit.context.addCookies([{ name, value, url: inject("appUrl") }]);
  return visit;
}

const looks = [
  { name: "light and left to right", colorScheme: "light", locale: "en-US", dir: "ltr" },
  { name: "dark and right to left", colorScheme: "dark", locale: "ar", dir: "rtl" },
] as const;

for (const { name, dir, ...options } of looks) {
  test(`axe finds nothing on any page, names keep to the page's side, and none scrolls sideways on a telephone or at 200 % zoom, ${name}`, async () => {
    const workplace = await aFurnishedWorkplace();
    const found: string[] = [];
    let count = 0;
    for (const visitor of ["nobody", "owner"] as const) {
      await using visit = await visitAs(workplace, visitor, { ...options, viewport: DESKTOP });
      const { page } = visit;
      for (const url of await pagesOf(workplace, visitor)) {
        // A mail is shown in a frame that runs no scripts, and axe is a script.
        const isMail = url.startsWith("/dev/mails/");
        await (isMail ? page.goto(url) : open(page, url));
        for (const size of [TELEPHONE, ZOOMED]) {
          await page.setViewportSize(size);
          found.push(...(await sideways(page, url)));
        }
        await page.setViewportSize(DESKTOP);
        if (isMail) continue;
        count += 1;
        expect(await page.locator("html").getAttribute("dir")).toBe(dir);
        found.push(...(await findings(page, url)), ...(await sameNames(page, url)), ...(await offSide(page, url)));
      }
    }
    expect(found).toEqual([]);
    expect(count).toBeGreaterThan(ONLY_PAGES === undefined ? 45 : 5);
  });
}

/** Reports the page if it is wider than its window. */
async function sideways(page: Page, url: string): Promise<string[]> {
  const width = page.viewportSize()?.width ?? 0;
  const actual = await page.evaluate(() => document.documentElement.scrollWidth);
  return actual > width ? [`${url}: ${actual} of ${width} pixels`] : [];
}

/** Reports the names that are not aligned to the page's side because they are written in another direction. */
async function offSide(page: Page, url: string): Promise<string[]> {
  const off = await page.locator("bdi, [dir=auto]:not(input, textarea, pre)").evaluateAll((all) => {
    const isOff = (each: Element) => {
      const { display, direction, textAlign } = getComputedStyle(each);
      return display !== "inline" && direction !== document.dir && textAlign === "start";
    };
    return all.filter(isOff).map((each) => each.outerHTML);
  });
  return off.map((html) => `${url}: ${html}`);
}

test("no page scrolls sideways on a telephone in languages with long words", async () => {
  const workplace = await aFurnishedWorkplace();
  for (const locale of ["de", "ru"]) {
    for (const visitor of ["nobody", "owner"] as const) {
      expect(await wideFor(workplace, visitor, { locale }), locale).toEqual([]);
    }
  }
});

test("no page scrolls sideways on a telephone where every name is one long word", async () => {
  const workplace = await aFurnishedWorkplace();
  await lengthenNames(workplace);
  expect(await wideFor(workplace, "owner")).toEqual([]);
});

test("a long name of an organization or a member and a long address are shown whole on a telephone", async () => {
  const workplace = await aFurnishedWorkplace();
  await lengthenNames(workplace);
  const { db, organization } = workplace;
  const address = sql`'donaudampfschiff' || id || '@person.test'`;
  await db.run(sql`update invitation set email = ${address} where organization_id = ${organization.id}`);
  await using visit = await visitAs(workplace, "owner", { locale: "ru", viewport: { width: 320, height: 740 } });
  for (const url of ["/organizations", `/organizations/${organization.slug}/members`]) {
    await visit.page.goto(url);
    const cut = await visit.page.locator("main :is(li, td) *").evaluateAll((all) => {
      const isCut = (each: Element) =>
        each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX === "hidden";
      return all.filter(isCut).map((each) => each.textContent);
    });
    expect(cut, url).toEqual([]);
    expect(await visit.page.locator("main li").count()).toBeGreaterThan(0);
    expect((await visit.page.locator("main td").count()) > 0).toBe(url.endsWith("/members"));
  }
});

/** The pages that are wider than a telephone. */
async function wideFor(workplace: Workplace, visitor: "owner" | "nobody", options: BrowserContextOptions = {}) {
  await using visit = await visitAs(workplace, visitor, { ...options, viewport: TELEPHONE });
  const wide: string[] = [];
  for (const url of await pagesOf(workplace, visitor)) {
    await visit.page.goto(url);
    wide.push(...(await sideways(visit.page, url)));
  }
  return wide;
}

/** Gives a long name to the organization, to everything in it that has a name, and to the people and their things. */
async function lengthenNames({ db, organization, people: { owner, admin } }: Workplace) {
  const [word, here] = ["Donaudampfschiff".repeat(4).slice(0, 60), organization.id];
  const columns = await db.all<{ table: string; column: string }>(sql`
    select named.name as "table", named.column as "column" from (
      select tables.name, columns.name as "column" from sqlite_master as tables, pragma_table_info(tables.name) as columns
      where tables.type = 'table' and columns.name in ('name', 'target_name', 'organization_name', 'description')
    ) as named, pragma_table_info(named.name) as owned where owned.name = 'organization_id'`);
  for (const { table, column } of columns) {
    const [rows, name] = [sql.identifier(table), sql.identifier(column)];
    await db.run(sql`update ${rows} set ${name} = ${word} where organization_id = ${here}`);
  }
  await db.run(sql`update organization set name = ${word} where id = ${here}`);
  await db.run(sql`update passkey set name = ${word} where user_id = ${owner.id}`);
  for (const { id } of [owner, admin])
    await db.run(
      sql`update user set name = ${word}, email = ${`${word}.${id}@person.test`.toLowerCase()} where id = ${id}`,
    );
}

const DESKTOP = { width: 1280, height: 720 };
const TELEPHONE = { width: 360, height: 740 };
/** The size of a window of 1,280 pixels at 200 % zoom. */
const ZOOMED = { width: 640, height: 740 };
