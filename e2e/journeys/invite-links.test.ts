import { expect, test } from "vitest";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { e2eDatabase, signIn } from "../people.ts";
import { anOwner, fromSomewhere, membersOf, open } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`an owner makes an invite link, somebody joins by it, and it is revoked${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { person: owner, organization } = await anOwner({ owns: ["Link Works"] });
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, owner);
    if (javaScriptEnabled) await open(page, membersOf(organization));
    else await page.goto(membersOf(organization));
    await page.getByRole("link", { name: "Invite links" }).click();
    await page.getByRole("heading", { name: "No open invite links" }).waitFor();
    await page.getByRole("link", { name: "Create link" }).click();
    await page.getByLabel("Expires after").selectOption("1 day");
    await page.getByLabel("Number of people").fill("500");
    await page.getByRole("button", { name: "Create link" }).click();
    await page.getByText("Enter a number from 1 to 100.").waitFor();
    expect(await page.getByLabel("Expires after").inputValue()).toBe("1");
    await page.getByLabel("Number of people").fill("2");
    await page.getByLabel("Email domain (optional)").fill("person.test");
    await page.getByRole("button", { name: "Create link" }).click();
    await page.getByRole("heading", { name: "Your invite link" }).waitFor();
    const link = (await page.locator("code").innerText()).trim();

    await using other = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    await other.page.goto(link);
    await other.page.getByRole("heading", { name: "Join Link Works" }).waitFor();
    await other.page.getByText("@person.test").waitFor();
    const signingIn = await other.page.getByRole("link", { name: "Sign in" }).getAttribute("href");
    const { pathname, search } = new URL(link);
    expect(new URL(signingIn ?? "", link).searchParams.get("redirectTo")).toBe(pathname + search);
    const joining = await aPerson(e2eDatabase(), { name: "Lina Linked" });
    await signIn(other.context, joining);
    await other.page.goto(link);
    await other.page.getByText(`You’re signed in as ${joining.email}.`).waitFor();
    await other.page.getByRole("button", { name: "Join organization" }).click();
    await other.page.waitForURL(`**/organizations/${organization.slug}/dashboard`);
    await other.page.goto(link);
    await other.page.getByText("You’re already a member of this organization.").waitFor();

    await page.getByRole("link", { name: "Back to invite links" }).click();
    await page.getByText("1 of 2 used").waitFor();
    await page.getByRole("link", { name: /^Revoke link: / }).click();
    await page.getByRole("button", { name: "Revoke link" }).click();
    await page.getByRole("heading", { name: "No open invite links" }).waitFor();
    const stranger = await aPerson(e2eDatabase());
    await other.context.clearCookies();
    await signIn(other.context, stranger);
    await other.page.goto(link);
    await other.page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  });
}
