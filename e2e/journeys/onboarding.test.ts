import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { invitation, organization } from "../../app/db/schema/organizations.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, e2eDatabase, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";
  test(`a person makes an organization, invites colleagues, and a list says what is left until they hide it${how}`, async () => {
    const db = e2eDatabase();
    const person = await aPerson(db, { name: "Nadia New" });
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page, context } = visit;
    await signIn(context, person);
    const go = (address: string) => (javaScriptEnabled ? open(page, address) : page.goto(address));
    await go("/onboarding");
    const slug = `first-${person.id.slice(0, 8)}`;
    await page.getByLabel(say("organizations_name_label"), { exact: true }).fill("First Steps");
    await page.getByLabel(say("organizations_slug_label")).fill(slug);
    await page.getByRole("button", { name: say("organizations_create") }).click();
    await page.waitForURL(`**/organizations/${slug}/welcome`);
    await page.getByRole("heading", { name: say("invitations_welcome_title") }).waitFor();
    expect(await page.getByRole("link", { name: say("invitations_welcome_skip") }).getAttribute("href")).toBe(
      `/organizations/${slug}/dashboard`,
    );

    // One of the three is not an address: two people are invited, and the form keeps the one to correct.
    const addresses = page.getByLabel(say("invitations_emails_label"));
    await addresses.fill(`one@${slug}.test, two@${slug}.test, nobody`);
    await page.getByRole("button", { name: say("invitations_send") }).click();
    await page.getByRole("link", { name: say("invitations_welcome_go_on") }).waitFor();
    expect(await addresses.inputValue()).toBe("nobody");
    await addresses.fill(`three@${slug}.test`);
    await page.getByRole("button", { name: say("invitations_send") }).click();
    await page.waitForURL(`**/organizations/${slug}/dashboard`);
    const [made] = await db.select().from(organization).where(eq(organization.slug, slug));
    expect(await db.$count(invitation, eq(invitation.organizationId, made?.id ?? ""))).toBe(3);

    const list = page.getByRole("region", { name: /^Get started/ });
    await list.waitFor();
    const left = () => list.getByRole("link").allInnerTexts();
    await expect.poll(left).toContain(say("organizations_step_logo"));
    expect(await left()).not.toContain(say("organizations_step_invite"));
    await list.getByRole("link", { name: say("security_step_factor") }).click();
    await page.waitForURL(/\/settings\/security\/authenticator|\/confirm/);

    await go(`/organizations/${slug}/dashboard`);
    await list.getByRole("button", { name: say("dashboard_checklist_hide") }).click();
    await list.waitFor({ state: "detached" });
    await go(`/organizations/${slug}/dashboard`);
    await page.getByRole("heading", { name: say("dashboard_recent_title") }).waitFor();
    expect(await list.count()).toBe(0);
  });
}

test("a list of first steps holds what the viewer may do, and no more", async () => {
  const { organization: place, people } = await aWorkplace();
  for (const [person, names] of [
    [people.member, ["security_step_factor"]],
    [people.admin, ["security_step_factor"]],
    [people.owner, ["organizations_step_logo", "security_step_factor"]],
  ] as const) {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
    await signIn(visit.context, person);
    await visit.page.goto(`/organizations/${place.slug}/dashboard`);
    const list = visit.page.getByRole("region", { name: /^Get started/ });
    const mayBe = ["organizations_step_invite", "organizations_step_logo", "security_step_factor"] as const;
    const found = await list.getByRole("link").allInnerTexts();
    expect(mayBe.filter((name) => found.includes(say(name)))).toEqual(names);
  }
});
