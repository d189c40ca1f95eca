import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { image } from "#app/db/schema/gallery.ts";
import { member } from "#app/db/schema/organizations.ts";
import { loader as palette } from "#app/routes/api/palette.ts";
import { aPerson, type Organization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import type { Found } from "./palette.server.ts";

const db = testDatabase();

async function search(cookie: string, query = "") {
  const url = `/api/palette?${new URLSearchParams({ query })}`;
  const answered = await ask(palette, { url, cookie });
  return { ...(answered.body as Found), trips: answered.services.trace.trips };
}

async function anImage({ id: organizationId }: Organization, name: string) {
  await db.insert(image).values({ id: crypto.randomUUID(), organizationId, name, type: "image/png", size: 1 });
}

test("a person finds organizations, members and images by a part of their name, in one trip", async () => {
  const word = crypto.randomUUID().slice(0, 8);
  const team = await aTeam(db, { name: `Works ${word}` });
  await team.join("member", await aPerson(db, { name: `Mina ${word}` }));
  await anImage(team.organization, `Lake ${word}`);
  const found = await search(team.owner.cookie, word.toUpperCase());
  expect((await search(team.owner.cookie, word.repeat(8_000))).images, "longer than any name").toEqual([]);
  const place = { name: team.organization.name, slug: team.organization.slug };
  expect(found).toMatchObject({
    trips: 1,
    organizations: [{ ...place, role: "owner" }],
    members: [{ name: `Mina ${word}`, organization: place }],
    images: [{ name: `Lake ${word}`, organization: place }],
  });
});

test("members are found only where one's role may read them, images wherever one is a member", async () => {
  const word = crypto.randomUUID().slice(0, 8);
  const [mine, other] = [await aTeam(db, { name: `Mine ${word}` }), await aTeam(db, { name: `Other ${word}` })];
  await other.join("member", mine.owner.person);
  for (const team of [mine, other]) {
    await team.join("member", await aPerson(db, { name: `${team.organization.name} colleague` }));
    await anImage(team.organization, `${team.organization.name} image`);
  }
  const found = await search(mine.owner.cookie, word);
  expect(found.members.map(({ organization }) => organization.name)).toEqual([`Mine ${word}`]);
  expect(found.images).toHaveLength(2);
  expect((await search(mine.plain.cookie, word)).members).toEqual([]);
});

test("nothing of an organization one is not in is found, nor of one that one has left", async () => {
  const word = crypto.randomUUID().slice(0, 8);
  const [team, stranger] = [await aTeam(db, { name: `Secret ${word}` }), await aTeam(db)];
  await anImage(team.organization, `Secret ${word}`);
  const nothing = { organizations: [], members: [], images: [] };
  expect(await search(stranger.owner.cookie, word)).toMatchObject(nothing);
  await db.delete(member).where(eq(member.id, team.owner.member));
  expect(await search(team.owner.cookie, word)).toMatchObject(nothing);
});

test("nothing typed shows one's organizations, and signs of patterns are but signs", async () => {
  const team = await aTeam(db);
  expect(await search(team.plain.cookie)).toMatchObject({
    organizations: [{ slug: team.organization.slug }],
    members: [],
    images: [],
  });
  expect((await search(team.owner.cookie, "%")).members).toEqual([]);
});
