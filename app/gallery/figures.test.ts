import { expect, test } from "vitest";
import { image } from "#app/db/schema/gallery.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { loader as dashboard } from "#app/routes/api/v1.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

test("the dashboard counts the images of its organization and their bytes, and none of another", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const figures = async () => {
    const at = team.at("dashboard");
    const { body, services } = await ask(dashboard, {
      ...at,
      url: `/api/v1/pages${at.url}`,
      cookie: team.plain.cookie,
    });
    expect(services.trace.trips).toBe(1);
    return (body as { figures: object }).figures;
  };
  expect(await figures()).toMatchObject({ images: 0, storageUsed: 0, storageQuota: 15_000_000_000 });
  for (const [{ organization }, size, daysAgo] of [
    [team, 1000, 1],
    [team, 2500, 29],
    [team, 10, 31],
    [team, 10, 61],
    [other, 99, 1],
  ] as const) {
    const createdAt = new Date(Date.now() - daysAgo * DAY_MS);
    const row = { id: crypto.randomUUID(), organizationId: organization.id, name: "One", size, createdAt };
    await db.insert(image).values({ ...row, type: "image/png" });
  }
  expect(await figures()).toMatchObject({ images: 4, storageUsed: 3520, added: 2, addedBefore: 1 });
});
