import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { image, trashedImage } from "../../app/db/schema/gallery.ts";
import { notification } from "../../app/db/schema/notifications.ts";
import { member } from "../../app/db/schema/organizations.ts";
import { IMAGES_PER_PAGE } from "../../app/gallery/limits.ts";
import { NOTIFICATIONS_PER_PAGE } from "../../app/notifications/limits.ts";
import { MEMBERS_PER_PAGE } from "../../app/organizations/limits.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { galleryOf } from "../gallery/steps.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { fromSomewhere, membersOf, open, path } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

for (const javaScriptEnabled of [true, false]) {
  test(`after the only row of the last page is gone, a list shows the page before it${javaScriptEnabled ? "" : ", without JavaScript too"}`, async () => {
    const { db, people, organization } = await aWorkplace();
    const organizationId = organization.id;
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, people.owner);
    const main = page.getByRole("main");
    const go = (at: string) => (javaScriptEnabled ? open(page, at) : page.goto(at));
    const isFirstPage = async (list: string, rows: number) => {
      await expect.poll(() => path(page)).toBe(list);
      await expect
        .poll(() => main.locator("ul, tbody").filter({ visible: true }).last().locator("> *").count())
        .toBe(rows);
    };

    const trashed = Array.from({ length: IMAGES_PER_PAGE + 1 }, (_, index) => ({
      ...{ id: crypto.randomUUID(), organizationId, createdBy: people.owner.id, name: `Gone ${index}` },
      ...{ type: "image/png" as const, size: 100, deletedAt: new Date(Date.now() - index * 1000) },
    }));
    await db.insert(trashedImage).values(trashed);
    const trash = `${galleryOf(organization)}/trash`;
    await go(`${trash}?page=2`);
    await main.getByRole("checkbox").last().check();
    await main.getByRole("button", { name: say("gallery_restore"), exact: true }).click();
    await isFirstPage(trash, IMAGES_PER_PAGE);

    for (let each = 3; each <= MEMBERS_PER_PAGE; each += 1) {
      const { id: userId } = await aPerson(db, { name: `Person ${each}` });
      const joined = { id: crypto.randomUUID(), userId, createdAt: new Date(Date.now() + each) };
      await db.insert(member).values({ ...joined, organizationId, role: "member" });
    }
    const [last] = await db
      .select({ id: member.id })
      .from(member)
      .where(and(eq(member.organizationId, organizationId), eq(member.userId, people.member.id)));
    await go(`${membersOf(organization)}/${last?.id}/remove?page=2`);
    const closed = main.locator("summary");
    if ((await closed.count()) > 0) await closed.click();
    await main
      .getByRole("button", { name: say("members_remove_confirm") })
      .first()
      .click();
    await isFirstPage(membersOf(organization), MEMBERS_PER_PAGE);

    const told = Array.from({ length: NOTIFICATIONS_PER_PAGE + 1 }, (_, index) => ({
      ...{ id: randomBytes(16).toString("hex"), type: "member-joined", userId: people.owner.id, organizationId },
      ...{ organizationName: organization.name, createdAt: new Date(Date.now() - index * 1000) },
    }));
    await db.insert(notification).values(told);
    await go("/notifications?show=unread&page=2");
    await main.getByRole("listitem").getByRole("button").first().click();
    await isFirstPage("/notifications?show=unread", NOTIFICATIONS_PER_PAGE);
  });
}

test("after the only row of the last page is deleted, it stays until the page before it is there, never an empty page", async () => {
  const { db, people, organization } = await aWorkplace();
  const values = { organizationId: organization.id, createdBy: people.owner.id, type: "image/png", size: 1 } as const;
  const images = Array.from({ length: IMAGES_PER_PAGE + 1 }, (_, index) => ({
    ...{ id: crypto.randomUUID(), name: `Lake ${index}`, createdAt: new Date(Date.now() - index * 1000), ...values },
  }));
  await db.insert(image).values(images);
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, `${galleryOf(organization)}?page=2`);
  const main = page.getByRole("main");
  const tiles = main.getByRole("listitem").getByRole("heading");
  const { promise: isChecked, resolve: letLoad } = Promise.withResolvers<void>();
  await page.route(/\/api\/v1\/pages\/organizations\/[^/]+\/gallery$/, (route) =>
    isChecked.then(() => route.continue()),
  );
  const asked = page.waitForRequest(/\/api\/v1\/pages\/organizations\/[^/]+\/gallery$/);
  await main.getByRole("button", { name: say("gallery_actions", { name: `Lake ${IMAGES_PER_PAGE}` }) }).click();
  await main.getByRole("button", { name: `${say("gallery_remove")}…`, exact: true }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: say("gallery_remove"), exact: true })
    .click();
  await asked;
  // Nothing behind the question has a role until the question has closed.
  await expect.poll(() => tiles.allInnerTexts()).toEqual([`Lake ${IMAGES_PER_PAGE}`]);
  letLoad();
  await expect.poll(() => tiles.count()).toBe(IMAGES_PER_PAGE);
  expect(path(page)).toBe(galleryOf(organization));
});
