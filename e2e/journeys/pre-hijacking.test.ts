import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { user } from "../../app/db/schema/people.ts";
import { anInvitation } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, e2eDatabase } from "../people.ts";
import { anAddress, fillSignIn, fillSignUp, fromSomewhere, open, openMail, PASSWORD } from "./steps.ts";

const browser = openBrowser();

const OWNERS = "nine brown owls at dusk";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`a stranger who signs up with another person's address cannot sign in, and the person keeps the invitation${how}`, async () => {
    const db = e2eDatabase();
    const email = anAddress();
    const { organization } = await aWorkplace();
    const { token } = await anInvitation(db, { organization, email });
    await using stranger = await browser.visit(fromSomewhere());
    await open(stranger.page, `/signup?${new URLSearchParams({ redirectTo: `/accept-invite?id=${token}` })}`);
    await fillSignUp(stranger.page, { name: "Mallory", email });
    const mail = await openMail(stranger.page, email, "Confirm your email address");
    const link = (await mail.getByRole("link", { name: "Confirm email address" }).getAttribute("href")) ?? "";

    // A mail scanner opens the link and runs its scripts.
    await using scanner = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    await scanner.page.goto(link);
    await scanner.page.getByLabel("Name").waitFor();
    await scanner.page.waitForLoadState("networkidle");
    expect(await db.$count(user, eq(user.email, email))).toBe(0);

    await using owner = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = owner;
    if (javaScriptEnabled) await open(page, link);
    else await page.goto(link);
    await page.getByText(`Choose a name and a password for ${email}.`).waitFor();
    await page.getByLabel("Name").fill("Olga Owner");
    await page.getByLabel("Password", { exact: true }).fill("olga owner was here");
    await page.getByRole("button", { name: "Confirm and continue" }).click();
    // The hint is shown while the person types, but only a response empties the field.
    await expect.poll(() => page.getByLabel("Password", { exact: true }).inputValue()).toBe("");
    await page.getByText("Don’t use your name").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Olga Owner");
    await page.getByLabel("Password", { exact: true }).fill(OWNERS);
    await page.getByRole("button", { name: "Confirm and continue" }).click();
    await page.getByRole("button", { name: "Accept" }).waitFor();
    const [person] = await db.select({ name: user.name }).from(user).where(eq(user.email, email));
    expect(person).toEqual({ name: "Olga Owner" });

    await open(stranger.page, "/login");
    await fillSignIn(stranger.page, { email, password: PASSWORD });
    await stranger.page.getByRole("alert").filter({ hasText: "Incorrect email or password" }).waitFor();
  });
}
