import { expect, test } from "vitest";
import { image } from "../../app/db/schema/gallery.ts";
import { makeSearchTexts } from "../../app/db/search.server.ts";
import { openBrowser } from "../browser.ts";
import { anOwner, fromSomewhere, open, path } from "../journeys/steps.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { galleryOf } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

const LIST = "?search=lake&sort=name&page=2";

for (const javaScriptEnabled of [true, false]) {
  test(`a person pages through the images of a search, renames and deletes, and returns to the same results${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { db, person, organization } = await anOwner();
    for (const name of [
      "Forest",
      ...Array.from({ length: 26 }, (_, index) => `Lake ${String.fromCharCode(65 + index)}`),
    ]) {
      const values = { organizationId: organization.id, createdBy: person.id, type: "image/png", size: 1 } as const;
      await db.insert(image).values({ id: crypto.randomUUID(), name, ...values });
    }
    await makeSearchTexts(db);
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page, context } = visit;
    await signIn(context, person);
    const gallery = galleryOf(organization);
    if (javaScriptEnabled) await open(page, gallery + LIST);
    else await page.goto(gallery + LIST);
    const link = (key: string) => page.getByRole("link", { name: say(key), exact: true });
    const shows = (name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
    const remove = async () => {
      await page.getByText(`${say("gallery_remove")}…`, { exact: true }).click();
      await page.getByRole("button", { name: say("gallery_remove_confirm"), exact: true }).click();
    };
    const listed = () => page.getByRole("main").getByRole("listitem").getByRole("heading").allTextContents();

    await page.getByRole("link", { name: "Lake Y", exact: true }).click();
    await shows("Lake Y");
    await link("gallery_previous").click();
    await shows("Lake X");
    await link("gallery_next").click();
    await shows("Lake Y");
    await link("gallery_next").click();
    await shows("Lake Z");
    await page.getByLabel(say("gallery_name_label")).fill("Lake ZZ");
    await page.getByRole("button", { name: say("gallery_rename_save"), exact: true }).click();
    await shows("Lake ZZ");
    await page
      .getByRole("main")
      .getByRole("link", { name: say("gallery_title"), exact: true })
      .click();
    await page.waitForURL(`**${gallery}${LIST}`);
    await expect.poll(listed).toEqual(["Lake Y", "Lake ZZ"]);

    await page.getByRole("link", { name: "Lake ZZ", exact: true }).click();
    await shows("Lake ZZ");
    await remove();
    await expect.poll(listed).toEqual(["Lake Y"]);
    expect(path(page)).toContain(`${gallery}${LIST}`);
    await page.getByRole("link", { name: "Lake Y", exact: true }).click();
    await shows("Lake Y");
    await remove();
    await expect.poll(async () => (await listed()).length).toBe(24);
    expect(path(page)).toContain(`${gallery}?search=lake&sort=name`);
    expect(new URL(page.url()).searchParams.has("page")).toBe(false);
    // The message about the previous image may still be there.
    const newest = javaScriptEnabled ? page.locator('[data-sonner-toast][data-front="true"]') : page.getByRole("main");
    await newest.getByRole("button", { name: say("gallery_undo"), exact: true }).click();
    await page.getByRole("link", { name: say("common_next_page"), exact: true }).click();
    await expect.poll(listed).toEqual(["Lake Y"]);
  });
}
