import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { openBrowser } from "../browser.ts";
import { listen } from "../heard.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

for (const javaScriptEnabled of [true, false]) {
  test(`an owner searches and filters the audit log and exports what is found${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { db, person, organization } = await anOwner();
    const entry = (action: string, targetName: string) => ({
      ...{ id: randomUUID(), organizationId: organization.id, actorId: person.id, action, targetName },
    });
    await db
      .insert(auditEntry)
      .values([
        entry("invitation.resent", "harbour@person.test"),
        entry("invitation.revoked", "harbour@person.test"),
        entry("invitation.resent", "forest@person.test"),
      ]);
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    const log = `/organizations/${organization.slug}/audit`;
    if (javaScriptEnabled) await open(page, log);
    else await page.goto(log);
    const words = page.getByRole("main").getByRole("listitem").locator("p:nth-of-type(2)");
    const shows = (...expected: string[]) =>
      expect.poll(async () => (await words.allInnerTexts()).sort()).toEqual(expected);
    await shows(
      "Resent the invitation to forest@person.test",
      "Resent the invitation to harbour@person.test",
      "Revoked the invitation to harbour@person.test",
    );

    const heard = javaScriptEnabled ? await listen(page) : async () => ["2 entries"];
    await page.getByLabel(say("log_search"), { exact: true }).fill("harbour");
    await page
      .getByRole("main")
      .getByRole("button", { name: say("common_filter_search") })
      .click();
    await shows("Resent the invitation to harbour@person.test", "Revoked the invitation to harbour@person.test");
    expect(await heard(), "a screen reader says how many are found").toContain("2 entries");
    await page.getByLabel(say("audit_filter_action"), { exact: true }).selectOption("invitation.revoked");
    await page
      .getByRole("main")
      .getByRole("button", { name: say("common_filter_search") })
      .click();
    await shows("Revoked the invitation to harbour@person.test");
    expect(new URL(page.url()).searchParams.get("search")).toBe("harbour");

    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: say("audit_export") }).click();
    const file = await readFile(await (await downloading).path(), "utf8");
    expect(file.trim().split("\r\n")).toHaveLength(2);
    await page.getByRole("link", { name: say("log_today") }).click();
    await page.waitForURL((url) => url.searchParams.has("from") && url.searchParams.get("search") === "harbour");

    await page.getByLabel(say("log_search"), { exact: true }).fill('"* OR 🏔');
    await page
      .getByRole("main")
      .getByRole("button", { name: say("common_filter_search") })
      .click();
    await page.getByRole("heading", { name: say("audit_none_title") }).waitFor();
    await page.getByRole("link", { name: say("common_filter_clear") }).click();
    await shows(
      "Resent the invitation to forest@person.test",
      "Resent the invitation to harbour@person.test",
      "Revoked the invitation to harbour@person.test",
    );
  });
}

test("a log with nothing in it says so, and one in which nothing is found says that instead", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  const main = page.getByRole("main");
  const all = main.getByRole("link", { name: say("common_filter_clear") });
  await page.goto(`/organizations/${organization.slug}/audit`);
  await main.getByRole("heading", { name: say("audit_empty_title"), exact: true }).waitFor();
  expect(await all.count()).toBe(0);
  await page.goto(`/organizations/${organization.slug}/audit?search=harbour`);
  await main.getByRole("heading", { name: say("audit_none_title"), exact: true }).waitFor();
  expect(await all.count()).toBe(1);
});

test("a last day before the first is refused at its field, with and without JavaScript, and keeps what was chosen", async () => {
  const { person, organization } = await anOwner();
  for (const javaScriptEnabled of [true, false]) {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    const log = `/organizations/${organization.slug}/audit`;
    const first = page.getByLabel(say("audit_filter_from"), { exact: true });
    const last = page.getByLabel(say("audit_filter_to"), { exact: true });
    if (javaScriptEnabled) {
      await open(page, log);
      await first.fill("2026-02-02");
      await last.fill("2026-02-01");
      await page
        .getByRole("main")
        .getByRole("button", { name: say("common_filter_search") })
        .click();
    } else expect((await page.goto(`${log}?from=2026-02-02&to=2026-02-01`))?.status()).toBe(400);
    await page.getByRole("main").getByText(say("log_days_reversed")).waitFor();
    expect(await last.getAttribute("aria-invalid")).toBe("true");
    expect([await first.inputValue(), await last.inputValue()]).toEqual(["2026-02-02", "2026-02-01"]);
  }
});
