import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { notification } from "../../app/db/schema/notifications.ts";
import { invitation, organization } from "../../app/db/schema/organizations.ts";
import { KEYS_PER_ORGANIZATION } from "../../app/keys/limits.ts";
import { INVITE_LINKS_MAXIMUM, PENDING_INVITATIONS_MAXIMUM } from "../../app/organizations/limits.ts";
import { aKey, anInvitation, anInviteLink, aPerson } from "../../app/test/builders.ts";
import { anEndpoint } from "../../app/test/receivers.ts";
import { ENDPOINTS_PER_ORGANIZATION } from "../../app/webhooks/limits.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anAddress, fromSomewhere, membersOf, open, path } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

type Place = { organizationId: string; createdBy: string };

const limited = {
  "API keys": {
    at: "keys",
    maximum: KEYS_PER_ORGANIZATION,
    words: "keys_full",
    one: (db, { organizationId, createdBy }) => aKey(db, { organizationId, createdBy }),
  },
  webhooks: {
    at: "webhooks",
    maximum: ENDPOINTS_PER_ORGANIZATION,
    words: "webhooks_full",
    one: (db, { organizationId }) => anEndpoint(db, { organizationId, url: "https://example.com/hooks" }),
  },
  "invite links": {
    at: "invite-links",
    maximum: INVITE_LINKS_MAXIMUM,
    words: "links_full",
    one: (db, place) => anInviteLink(db, place),
  },
} as const satisfies Record<
  string,
  {
    at: string;
    maximum: number;
    words: Parameters<typeof say>[0];
    one: (db: Awaited<ReturnType<typeof aWorkplace>>["db"], place: Place) => Promise<unknown>;
  }
>;

for (const [things, { at, maximum, words, one }] of Object.entries(limited)) {
  test(`before anyone fills in a form, an organization with all the ${things} it can have says so and what to do first`, async () => {
    const { db, people, organization } = await aWorkplace();
    const place = { organizationId: organization.id, createdBy: people.owner.id };
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    const list = `/organizations/${organization.slug}/${at}`;
    const isSaid = page.getByRole("main").getByText(say(words, { maximum }));
    const create = page.getByRole("main").locator(`a[href="${list}/new"]`);
    for (let each = 1; each < maximum; each += 1) await one(db, place);
    await page.goto(list);
    expect([await isSaid.count(), await create.count()]).toEqual([0, 1]);
    await page.goto(`${list}/new`);
    expect(await page.locator("main form").count()).toBe(1);
    await one(db, place);
    await page.goto(list);
    expect([await isSaid.count(), await create.count()]).toEqual([1, 0]);
    await page.goto(`${list}/new`);
    expect([await isSaid.count(), await page.locator("main form").count()]).toEqual([1, 0]);
  });
}

test("the form of invitations says before anyone fills it in why nobody can be invited, and says it once after a press", async () => {
  const { db, people, organization: own } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.admin);
  const full = page.getByText(say("invitations_organization_full"));
  const field = page.getByLabel(say("invitations_emails_label"));
  await open(page, membersOf(own));
  await field.waitFor();
  expect(await full.count()).toBe(0);
  await db.update(organization).set({ memberLimit: 3 }).where(eq(organization.id, own.id));
  await open(page, membersOf(own));
  await full.waitFor();
  await field.fill(anAddress());
  await page.getByRole("button", { name: say("invitations_send") }).click();
  await page
    .getByRole("alert")
    .filter({ hasText: say("invitations_organization_full") })
    .waitFor();
  expect(await full.count()).toBe(1);
  // The message was left empty, so its part stays closed.
  expect(await page.getByLabel(say("invitations_message_label"), { exact: true }).isVisible()).toBe(false);
  await db.update(organization).set({ memberLimit: 100 }).where(eq(organization.id, own.id));
  for (let each = 0; each < PENDING_INVITATIONS_MAXIMUM; each += 1) await anInvitation(db, { organization: own });
  await open(page, membersOf(own));
  await page.getByText("You’ve reached the limit of 100 pending invitations. Revoke one first.").waitFor();
});

test("the pages to invite people and to upload an image say without scripts why nobody and nothing can be added", async () => {
  const { db, people, organization: own } = await aWorkplace();
  const at = `/organizations/${own.slug}`;
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  await signIn(context, people.owner);
  const main = page.getByRole("main");
  const [noMore, noSpace] = [
    main.getByText(say("invitations_organization_full")),
    main.getByText(say("gallery_quota_full_notice", { quota: "0 bytes" })),
  ];
  const inviting = [`${at}/invitations`, `${at}/invitations/owner`, `${at}/welcome`];
  const said = async () => {
    const found: number[] = [];
    for (const url of inviting) {
      await page.goto(url);
      found.push(await noMore.count());
    }
    await page.goto(`${at}/gallery/upload`);
    return [...found, await noSpace.count(), await page.locator("main form").count()];
  };
  expect(await said()).toEqual([0, 0, 0, 0, 1]);
  await db.update(organization).set({ memberLimit: 3, storageQuota: 0 }).where(eq(organization.id, own.id));
  expect(await said()).toEqual([1, 1, 1, 1, 0]);
  await page.goto(`${at}/gallery`);
  expect(await noSpace.count()).toBe(1);
  expect(await main.getByText(say("gallery_empty_description", { maximum: "10 MB" })).count()).toBe(0);
});

for (const javaScriptEnabled of [true, false]) {
  test(`a refused invitation of an owner stays an invitation of an owner${javaScriptEnabled ? "" : ", without JavaScript too"}`, async () => {
    const { db, people, organization: own } = await aWorkplace();
    const at = `/organizations/${own.slug}/invitations/owner`;
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    await (javaScriptEnabled ? open(page, at) : page.goto(at));
    const field = page.getByLabel(say("invitations_email_label"));
    const press = () => page.getByRole("button", { name: say("invitations_send") }).click();
    await field.fill(people.admin.email);
    await press();
    await page.getByText(say("invitations_already_member")).waitFor();
    await page.getByRole("heading", { level: 1, name: say("invitations_owner_invite_title") }).waitFor();
    expect([path(page), await field.inputValue()]).toEqual([at, people.admin.email]);
    const email = anAddress();
    await field.fill(email);
    await db.update(organization).set({ memberLimit: 3 }).where(eq(organization.id, own.id));
    await press();
    await page
      .getByRole("alert")
      .filter({ hasText: say("invitations_organization_full") })
      .waitFor();
    await db.update(organization).set({ memberLimit: 4 }).where(eq(organization.id, own.id));
    await press();
    await page.getByRole("main").getByText(email).first().waitFor();
    const [made] = await db.select().from(invitation).where(eq(invitation.email, email));
    expect(made?.role).toBe("owner");
  });
}

for (const [where, at] of Object.entries({
  "in the list of organizations": "/organizations",
  "on the onboarding page": "/onboarding",
  "among the notifications": "/notifications",
  "in the bell's menu": "/settings/appearance",
})) {
  test(`an invitation ${where} says before the press that its organization is full, and can still be declined`, async () => {
    const { db, organization: own, people } = await aWorkplace();
    const person = at === "/onboarding" ? await aPerson(db) : people.outsider;
    await db.update(organization).set({ memberLimit: 3 }).where(eq(organization.id, own.id));
    const { id: invitationId } = await anInvitation(db, { organization: own, email: person.email });
    const values = { userId: person.id, organizationId: own.id, organizationName: own.name, invitationId };
    await db.insert(notification).values({ id: crypto.randomUUID(), type: "invitation-received", ...values });
    await using visit = await browser.visit(fromSomewhere());
    const { context, page } = visit;
    await signIn(context, person);
    await open(page, at);
    if (at.startsWith("/settings")) await page.getByRole("button", { name: /^Notifications, / }).click();
    await page.getByText(say("invitations_organization_full")).filter({ visible: true }).waitFor();
    const accept = page.getByRole("button", { name: say("organizations_invitation_accept"), exact: true });
    expect(await accept.count()).toBe(0);
    const decline = page.getByRole("button", { name: say("organizations_invitation_decline"), exact: true });
    await decline.click();
    await expect.poll(() => decline.count()).toBe(0);
  });
}
