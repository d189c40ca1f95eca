import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { member } from "#app/db/schema/organizations.ts";
import { serverFeatures } from "#app/features.server.ts";
import { featureViews } from "#app/features.view.ts";
import { loader as palette } from "#app/routes/api/v1.ts";
import { aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { FOUND_OF_A_KIND, ORGANIZATIONS_SHOWN } from "./limits.ts";
import type { Found } from "./palette.server.ts";

const db = testDatabase();

async function search(cookie: string, query = "") {
  const url = `/api/v1/pages/palette?${new URLSearchParams({ query })}`;
  const answered = await ask(palette, { url, cookie });
  const { organizations, members = [] } = answered.body as Found;
  return { organizations, members, trips: answered.services.trace.trips };
}

test("a person finds organizations and members by a part of their name, in one trip", async () => {
  const word = crypto.randomUUID().slice(0, 8);
  const team = await aTeam(db, { name: `Works ${word}` });
  await team.join("member", await aPerson(db, { name: `Mina ${word}` }));
  const found = await search(team.owner.cookie, word.toUpperCase());
  expect((await search(team.owner.cookie, word.repeat(8_000))).members, "longer than any name").toEqual([]);
  const place = { name: team.organization.name, slug: team.organization.slug };
  expect(found).toMatchObject({
    trips: 1,
    organizations: [{ ...place, role: "owner" }],
    members: [{ name: `Mina ${word}`, organization: place }],
  });
});

test("a search finds members only in organizations where the person's role may read them", async () => {
  const word = crypto.randomUUID().slice(0, 8);
  const [mine, other] = [await aTeam(db, { name: `Mine ${word}` }), await aTeam(db, { name: `Other ${word}` })];
  await other.join("member", mine.owner.person);
  for (const team of [mine, other]) {
    await team.join("member", await aPerson(db, { name: `${team.organization.name} colleague` }));
  }
  const found = await search(mine.owner.cookie, word);
  expect(found.members.map(({ organization }) => organization.name)).toEqual([`Mine ${word}`]);
  expect((await search(mine.plain.cookie, word)).members).toEqual([]);
});

test("a search finds nothing of an organization that a person is not in or has left", async () => {
  const word = crypto.randomUUID().slice(0, 8);
  const [team, stranger] = [await aTeam(db, { name: `Secret ${word}` }), await aTeam(db)];
  const nothing = { organizations: [], members: [] };
  expect(await search(stranger.owner.cookie, word)).toMatchObject(nothing);
  await db.delete(member).where(eq(member.id, team.owner.member));
  expect(await search(team.owner.cookie, word)).toMatchObject(nothing);
});

test("an empty search shows the person's organizations, and a wildcard is searched as plain text", async () => {
  const team = await aTeam(db);
  expect(await search(team.plain.cookie)).toMatchObject({
    organizations: [{ slug: team.organization.slug }],
    members: [],
  });
  expect((await search(team.owner.cookie, "%")).members).toEqual([]);
});

test("a search shows six of a kind, and an empty one the twenty organizations used last", async () => {
  const word = crypto.randomUUID().slice(0, 8);
  const team = await aTeam(db, { name: `Works ${word}` });
  for (let each = 0; each <= FOUND_OF_A_KIND; each += 1)
    await team.join("member", await aPerson(db, { name: `Mina ${word} ${each}` }));
  for (let each = 0; each < ORGANIZATIONS_SHOWN; each += 1)
    await (await aTeam(db, { name: `Works ${word} ${each}` })).join("member", team.owner.person);
  const found = await search(team.owner.cookie, word);
  expect([found.organizations.length, found.members.length]).toEqual([FOUND_OF_A_KIND, FOUND_OF_A_KIND]);
  expect((await search(team.owner.cookie)).organizations).toHaveLength(ORGANIZATIONS_SHOWN);
});

test("every kind that can be found or counted has its texts, and all texts belong to such a kind", () => {
  const kindsOf = (records: (object | undefined)[]) => records.flatMap((record) => Object.keys(record ?? {})).sort();
  expect(kindsOf(serverFeatures.map(({ findable }) => findable))).toEqual(
    kindsOf(featureViews.map(({ found }) => found)),
  );
  expect(kindsOf(serverFeatures.map(({ counted }) => counted))).toEqual(
    kindsOf(featureViews.map(({ counted }) => counted)),
  );
});
