import { expect, inject, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { ask } from "../requests.ts";
import { fromSomewhere, open, path } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`the URL of a search contains no empty fields${javaScriptEnabled ? "" : " without JavaScript"}`, async () => {
    const { people, organization } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page, context } = visit;
    await signIn(context, people.owner);
    const [log, members] = [`/organizations/${organization.slug}/audit`, `/organizations/${organization.slug}/members`];
    const visitPage = (address: string) => (javaScriptEnabled ? open(page, address) : page.goto(address));
    await visitPage(log);
    await page.getByLabel("Action").selectOption("member.role-changed");
    await page.getByRole("main").getByRole("button", { name: "Search" }).click();
    await page.waitForURL((url) => url.search !== "");
    await page.getByText("0 entries").waitFor();
    expect(path(page)).toBe(`${log}?action=member.role-changed`);
    await page.getByLabel("Action").selectOption("");
    await page.getByRole("main").getByRole("button", { name: "Search" }).click();
    await page.waitForURL((url) => url.search === "");
    expect(path(page)).toBe(log);
    await visitPage(members);
    await page.getByLabel("Name or email").fill("Mina");
    await page.getByRole("search").getByRole("button").click();
    await page.getByText("1 member found").waitFor();
    expect(path(page)).toBe(`${members}?search=Mina`);
    await page.getByLabel("Name or email").fill("");
    await page.getByRole("search").getByRole("button").click();
    await page.waitForURL((url) => url.search === "");
    expect(path(page)).toBe(members);
  });
}

test("an address with empty fields leads to the one without, and never to another site", async () => {
  const { people, organization, cookies } = await aWorkplace();
  const headers = { "Sec-Fetch-Dest": "document", Accept: "text/html" };
  const location = async (url: string, init: RequestInit = {}) =>
    (await ask(url, cookies.owner, { headers, ...init })).headers.get("Location");
  const log = `/organizations/${organization.slug}/audit`;
  expect(await location(`${log}?actor=&action=&from=&to=`)).toBe(log);
  expect(await location(`${log}?actor=${people.owner.id}&from=&before=`)).toBe(`${log}?actor=${people.owner.id}`);
  expect(await location(`/organizations/${organization.slug}/members?search=&page=1`)).toMatch(/members\?page=1$/);
  expect(await location(`${inject("appUrl")}//evil.test/?a=`)).toBe("/");
  expect(await location(`${log}?action=member.role-changed`)).toBe(null);
});
