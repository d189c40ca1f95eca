import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { image, trashedImage } from "#app/db/schema/gallery.ts";
import { action as upload } from "#app/routes/organizations/gallery.files.ts";
import { action as trash } from "#app/routes/organizations/gallery.remove.ts";
import { action as remove } from "#app/routes/organizations/settings.delete.ts";
import { testDatabase } from "#app/test/database.ts";
import { aForm, aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

test("deleting an organization deletes the rows and files of its images, including those in the trash", async () => {
  const { organization, owner, plain, at } = await aTeam(db, { name: "To be gone" });
  const { url, params } = at("gallery");
  for (let index = 0; index < 3; index += 1) {
    await ask(upload, { url: `${url}/files`, params, cookie: plain.cookie, form: aForm(aPicture()) });
  }
  const kept = async () => (await env.FILES.list({ prefix: `organizations/${organization.id}/` })).objects.length;
  const [thrown] = await db.select().from(image).where(eq(image.organizationId, organization.id)).limit(1);
  const place = at(`gallery/${thrown?.id}/remove`);
  const asked = { ...place, params: { ...place.params, image: thrown?.id ?? "" }, cookie: owner.cookie, form: {} };
  await ask(trash, { ...asked, method: "POST" });
  const rows = async () => [
    await db.$count(image, eq(image.organizationId, organization.id)),
    await db.$count(trashedImage, eq(trashedImage.organizationId, organization.id)),
  ];
  expect([await kept(), await rows()]).toEqual([3, [2, 1]]);
  await ask(remove, { ...at("settings/delete"), cookie: owner.cookie, form: { name: "To be gone" } });
  expect([await kept(), await rows()]).toEqual([0, [0, 0]]);
});
