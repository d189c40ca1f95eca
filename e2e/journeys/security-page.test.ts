import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { authenticator, backupCode } from "../../app/db/schema/factors.ts";
import { session } from "../../app/db/schema/people.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { e2eDatabase, signIn } from "../people.ts";
import { fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`a person sees which protections are on, and downloads and prints new backup codes${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const db = e2eDatabase();
    const person = await aPerson(db, { name: "Ada Example" });
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    const go = async (url: string) => (javaScriptEnabled ? open(page, url) : page.goto(url));
    await go("/settings/security");
    await page.getByRole("heading", { name: "0 of 3 protections on" }).waitFor();
    await page.getByRole("link", { name: "Set up: Authenticator app" }).click();
    await page.waitForURL("**/settings/security/authenticator**");

    await db.insert(authenticator).values({ id: randomUUID(), userId: person.id });
    await db.insert(backupCode).values({ userId: person.id, codeHash: randomUUID() });
    // A session opens nothing until its second factor is given.
    await db.update(session).set({ factors: 2 }).where(eq(session.userId, person.id));
    await go("/settings/security");
    await page.getByRole("heading", { name: "2 of 3 protections on" }).waitFor();
    await page.getByRole("link", { name: "Set up: Passkeys" }).waitFor();
    await page.getByRole("link", { name: "Generate new codes" }).click();
    await page.getByRole("button", { name: "Generate new codes" }).click();
    await page.locator("ul.printed").waitFor();
    const codes = await page.locator("ul.printed li").allInnerTexts();
    expect(codes).toHaveLength(10);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/-backup-codes\.txt$/);
    expect((await readFile(await download.path(), "utf8")).match(/^(\w{4}-)+\w{4}$/gm)).toEqual(codes);
    const kept = await db.select().from(backupCode).where(eq(backupCode.userId, person.id));
    for (const code of codes) expect(JSON.stringify(kept)).not.toContain(code);

    await page.emulateMedia({ media: "print" });
    expect(await page.locator("ul.printed").isVisible()).toBe(true);
    for (const other of ["nav", "header", "h1", "a", "button"])
      expect(await page.locator(other).filter({ visible: true }).count(), other).toBe(0);
  });
}
