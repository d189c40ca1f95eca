import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { action as rename, loader as renamePage } from "#app/routes/organizations/gallery.rename.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { markOf } from "#app/ui/shown-fields.ts";
import { furnish } from "./feature.test-data.ts";
import type { ImageDetails } from "./images.server.ts";

const db = testDatabase();

test("an image name that somebody else changed meanwhile is overwritten only after the form asks again", async () => {
  const team = await aTeam(db);
  const { image = "" } = await furnish(db, {
    organizationId: team.organization.id,
    userId: team.plain.person.id,
  });
  const at = team.at(`gallery/${image}/rename`, { image });
  const shown = async () => ((await ask(renamePage, { ...at, cookie: team.plain.cookie })).body as ImageDetails).image;
  const asShown = markOf({ name: (await shown()).name });
  const save = (name: string, { cookie } = team.plain, seen = asShown) =>
    ask(rename, { ...at, cookie, form: { name, asShown: seen } });
  expect((await save("By an admin", team.admin)).status).toBe(303);
  const { status, body, services } = await save("By its maker");
  expect([status, (await shown()).name, services.trace.trips]).toEqual([409, "By an admin", 1]);
  expect(body).toMatchObject({
    initialValue: { name: "By its maker", asShown: markOf({ name: "By an admin" }) },
  });
  expect((await save("By its maker", team.plain, markOf({ name: "By an admin" }))).status).toBe(303);
  expect((await shown()).name, "the second save has seen the admin's name").toBe("By its maker");
});

test("a form that keeps the name of an image writes no entry", async () => {
  const team = await aTeam(db);
  const { image = "" } = await furnish(db, { organizationId: team.organization.id, userId: team.plain.person.id });
  const at = team.at(`gallery/${image}/rename`, { image });
  const entries = () => db.$count(auditEntry, eq(auditEntry.organizationId, team.organization.id));
  const save = async (name: string) => (await ask(rename, { ...at, cookie: team.plain.cookie, form: { name } })).status;
  expect([await save("Lake at dawn"), await entries()]).toEqual([303, 1]);
  expect([await save("Lake at dawn"), await entries()]).toEqual([303, 1]);
});
