import { expect, test } from "vitest";
import { image } from "../../app/db/schema/gallery.ts";
import { IMAGES_PER_PAGE } from "../../app/gallery/limits.ts";
import { openBrowser } from "../browser.ts";
import { documentOf, excess, withDomains } from "../document-size.ts";
import { aWorkplace, signIn } from "../people.ts";

const browser = openBrowser();

test("the document of a full gallery stays small", async () => {
  const { db, organization, people } = await aWorkplace();
  const values = {
    organizationId: organization.id,
    createdBy: people.owner.id,
    type: "image/png" as const,
    size: 1000,
  };
  for (let each = 0; each < IMAGES_PER_PAGE; each += 1) {
    await db.insert(image).values({ ...values, id: crypto.randomUUID(), name: `Picture ${each}` });
  }
  await using visit = await browser.visit();
  await signIn(visit.context, people.owner);
  const found = await documentOf(visit, `/organizations/${organization.slug}/gallery`);
  expect(excess(found, { bytes: withDomains(25_500, 600), elements: withDomains(240, 8) })).toEqual({});
});
