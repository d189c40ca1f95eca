import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { authenticator } from "../../app/db/schema/factors.ts";
import { member } from "../../app/db/schema/organizations.ts";
import { makeSearchTexts } from "../../app/db/search.server.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { anOwner, fromSomewhere, membersOf, open, path } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`an owner sorts and filters members, sees who has two factors, and exports the list${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { db, person, organization } = await anOwner({ name: "Zora Owner", owns: ["List Works"] });
    await makeSearchTexts(db, person.id);
    for (const [name, role] of [
      ["Émile Admin", "admin"],
      ["ada Member", "member"],
      ["Eva Member", "member"],
    ] as const) {
      const { id: userId } = await aPerson(db, { name });
      await db.insert(member).values({ id: crypto.randomUUID(), organizationId: organization.id, userId, role });
      await makeSearchTexts(db, userId);
      if (role === "admin") await db.insert(authenticator).values({ id: crypto.randomUUID(), userId });
    }
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await page.setViewportSize({ width: 1440, height: 900 });
    await signIn(context, person);
    const members = membersOf(organization);
    if (javaScriptEnabled) await open(page, members);
    else await page.goto(members);
    const rows = page.getByRole("table").getByRole("row");
    const names = async () => (await rows.locator("td:first-child p:first-of-type").allInnerTexts()).map(nameOnly);
    const shows = (...expected: string[]) => expect.poll(names, { interval: 20 }).toEqual(expected);
    await shows("Zora Owner", "Émile Admin", "ada Member", "Eva Member");

    await page.getByRole("columnheader", { name: "Member" }).getByRole("link").click();
    await shows("ada Member", "Émile Admin", "Eva Member", "Zora Owner");
    expect(path(page)).toBe(`${members}?sort=name`);
    await page.getByRole("columnheader", { name: "Member" }).getByRole("link").click();
    await shows("Zora Owner", "Eva Member", "Émile Admin", "ada Member");
    expect(await page.getByRole("columnheader", { name: "Member" }).getAttribute("aria-sort")).toBe("descending");

    await page.getByLabel("Filter").selectOption({ label: "Member" });
    await page.getByRole("search").getByRole("button", { name: "Search" }).click();
    await page.getByRole("heading", { name: "2 members found" }).waitFor();
    await shows("Eva Member", "ada Member");

    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export CSV" }).click();
    const file = await readFile(await (await downloading).path(), "utf8");
    expect(
      file
        .trim()
        .split("\r\n")
        .slice(1)
        .map((line) => line.split(",")[0]),
    ).toEqual(["ada Member", "Eva Member"]);

    await page.goto(`${members}?role=admin&search=nobody`);
    await page.getByText("Change the search or the role.").waitFor();
    await page.getByRole("link", { name: "Clear filters" }).click();
    await rows.filter({ hasText: "Émile Admin" }).getByRole("cell", { name: "On", exact: true }).waitFor();
    expect(await page.getByRole("cell", { name: "Off", exact: true }).count()).toBe(3);
  });
}

function nameOnly(text: string): string {
  return text.replace(/\s\(you\)/, "");
}
