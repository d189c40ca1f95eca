import { expect, test } from "vitest";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { member } from "../../app/db/schema/organizations.ts";
import { makeSearchTexts } from "../../app/db/search.server.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, membersOf, open, path } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

for (const javaScriptEnabled of [true, false]) {
  test(`a person who opens one item of a filtered list comes back to the same list${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { db, person, organization } = await anOwner();
    const { id: userId } = await aPerson(db, { name: "Ada Member" });
    await db
      .insert(member)
      .values({ id: crypto.randomUUID(), organizationId: organization.id, userId, role: "member" });
    await makeSearchTexts(db, userId);
    await db.insert(auditEntry).values({
      ...{ id: crypto.randomUUID(), organizationId: organization.id, actorId: person.id },
      action: "member.left",
    });
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    const goTo = (address: string) => (javaScriptEnabled ? open(page, address) : page.goto(address));
    const back = (key: string) =>
      page
        .getByRole("main")
        .getByRole("link", { name: say(key), exact: true })
        .click();
    const isAt = (address: string) => expect.poll(() => path(page)).toBe(address);

    const members = `${membersOf(organization)}?search=ada&sort=name`;
    await goTo(members);
    const openMember = async () => {
      const actions = say("members_actions", { name: "Ada Member" });
      if (!javaScriptEnabled) return page.getByRole("link", { name: actions }).click();
      await page.getByRole("button", { name: actions }).click();
      await page.getByRole("link", { name: say("members_open"), exact: true }).click();
    };
    await openMember();
    await page.getByRole("heading", { level: 1, name: "Ada Member" }).waitFor();
    await page.getByLabel("Admin").check();
    await page.getByRole("button", { name: say("members_role_save"), exact: true }).click();
    await isAt(members);
    await openMember();
    await page.getByRole("link", { name: `${say("members_sign_out")}…`, exact: true }).click();
    await page.getByRole("link", { name: say("common_cancel"), exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Ada Member" }).waitFor();
    await back("organizations_place_members");
    await isAt(members);

    const log = `/organizations/${organization.slug}/audit?actor=${person.id}&action=member.left`;
    await goTo(log);
    await page.getByRole("main").getByRole("listitem").getByRole("link").last().click();
    await page.getByRole("heading", { level: 2, name: say("log_entry_title") }).waitFor();
    await back("audit_title");
    await isAt(log);
  });
}
