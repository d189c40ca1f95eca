import { expect, test } from "vitest";
import { loader as exportAccount } from "#app/routes/settings/export.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { furnish } from "./feature.test-data.ts";

const db = testDatabase();

test("the export of an account lists the person's images with their file URLs, and their deleted images", async () => {
  const { organization, plain } = await aTeam(db);
  const { image } = await furnish(db, { organizationId: organization.id, userId: plain.person.id });
  const { body } = await ask(exportAccount, { url: "/settings/account/export", cookie: plain.cookie });
  const { images, deletedImages } = body as { images: object[]; deletedImages: object[] };
  const fileUrl = expect.stringMatching(new RegExp(`^http.+/files/${organization.slug}/images/${image}$`));
  expect(images).toMatchObject([{ id: image, organization: organization.name, fileUrl }]);
  expect(deletedImages).toMatchObject([{ name: "Old lake", organization: organization.name }]);
});
