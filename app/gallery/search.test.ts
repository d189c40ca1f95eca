import { desc, eq, sql } from "drizzle-orm";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { runBatch } from "#app/db/batch.server.ts";
import { image, images } from "#app/db/schema/gallery.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { searchText } from "#app/db/schema/search.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { type Found, search } from "#app/palette/palette.server.ts";
import { createScope } from "#app/request/scope-and-grant.server.ts";
import { loader as palette } from "#app/routes/api/v1.ts";
import { action as upload } from "#app/routes/organizations/gallery.upload.ts";
import type { Findable } from "#app/tenancy/feature.server.ts";
import { belongingTo } from "#app/tenancy/tables.ts";
import type { Organization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";
import { spellings } from "#app/test/spellings.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";

const db = testDatabase();

async function imagesFound({ cookie }: Colleague, query: string) {
  const { body, services } = await ask(palette, {
    url: `/api/v1/pages/palette?${new URLSearchParams({ query })}`,
    cookie,
  });
  expect(services.trace.trips).toBe(1);
  return (body as Found).images ?? [];
}

async function anImage({ id: organizationId }: Organization, name: string) {
  const id = crypto.randomUUID();
  await db.insert(image).values({ id, organizationId, name, type: "image/png", size: 1 });
  return id;
}

test("an image is found by every spelling of its name", async () => {
  for (const [name, typed] of Object.entries(spellings)) {
    const { owner, at } = await aTeam(db);
    const form = new FormData();
    form.set("file", aPicture({ name: `${name}.png` }));
    await ask(upload, { ...at("gallery/upload"), cookie: owner.cookie, form });
    for (const query of typed) {
      expect(
        (await imagesFound(owner, query)).map((found) => found.name),
        query,
      ).toEqual([name.normalize("NFC")]);
    }
    expect(await imagesFound(owner, "Qqq")).toEqual([]);
  }
});

test("a search finds images in all organizations a person belongs to and in no others", async () => {
  const word = crypto.randomUUID().slice(0, 8);
  const [mine, other, strange] = [await aTeam(db), await aTeam(db), await aTeam(db)];
  await other.join("member", mine.owner.person);
  for (const team of [mine, other, strange]) await anImage(team.organization, `Lake ${word}`);
  const { owner } = mine;
  const found = await imagesFound(owner, word.toUpperCase());
  const place = ({ organization: { name, slug } }: typeof mine) => ({ name, slug });
  expect(found.map((each) => each.organization)).toEqual(expect.arrayContaining([place(mine), place(other)]));
  expect([found.length, found[0]?.name]).toEqual([2, `Lake ${word}`]);
  expect(await imagesFound(owner, word.repeat(8_000)), "the search is longer than any name").toEqual([]);
  expect(await imagesFound(owner, ""), "nothing was typed").toEqual([]);
  await db.delete(member).where(eq(member.id, owner.member));
  expect(await imagesFound(owner, word)).toHaveLength(1);
});

test("the name of an old image is tidied later, and a search finds the image before that", async () => {
  const { owner, organization: team } = await aTeam(db);
  const id = await anImage(team, "Jose\u0301\u202e Старый");
  expect(await imagesFound(owner, "СТАРЫЙ")).toHaveLength(1);
  expect(await makeSearchTexts(db, id)).toBe(1);
  expect(await makeSearchTexts(db, id)).toBe(0);
  expect(await imagesFound(owner, "jose стар")).toMatchObject([{ id, name: "José Старый" }]);
});

test("an image's search text changes with its name and is deleted with the image or its organization", async () => {
  const { owner, organization: team } = await aTeam(db);
  const id = await anImage(team, "One");
  await makeSearchTexts(db, id);
  await db.update(image).set({ name: "Two" }).where(eq(image.id, id));
  expect(await imagesFound(owner, "one")).toEqual([]);
  expect(await imagesFound(owner, "two")).toHaveLength(1);
  expect(await db.$count(searchText, eq(searchText.id, id))).toBe(1);
  const other = await anImage(team, "Other");
  await makeSearchTexts(db, other);
  expect(await db.$count(searchText, eq(searchText.id, other))).toBe(1);
  await db.delete(image).where(eq(image.id, other));
  expect(await db.$count(searchText, eq(searchText.id, other))).toBe(0);
  expect(await imagesFound(owner, "other")).toEqual([]);
  await db.delete(organization).where(eq(organization.id, team.id));
  expect(await db.$count(searchText, eq(searchText.id, id))).toBe(0);
});

/** What the palette would find for a person if a domain declared this. */
async function foundAs({ person: { id } }: Colleague, query: string, things: Findable) {
  const organizations = sql`(select ${member.organizationId} from ${member} where ${member.userId} = ${id})`;
  const reach = { organization: null, organizations, person: id, reachesAll: true };
  const scope = createScope<"self">({ openOrganizations: organizations } as never, { db, reach });
  const { statements, shape } = search(scope, { query }, { things });
  return (shape(await runBatch(db, statements)).things ?? []).map(({ name }) => name).sort();
}

test("a search finds only what a person made where their role reads no more than that", async () => {
  const { owner, plain, organization: team } = await aTeam(db);
  const own = await anImage(team, "Lake of mine");
  await anImage(team, "Lake of another");
  await db.update(image).set({ createdBy: plain.person.id }).where(eq(image.id, own));
  // Of what members can do, this reaches only own rows.
  const ofOwnRows: Findable = { permission: "gallery:update", searched: images, orderBy: [desc(image.id)] };
  expect(await foundAs(owner, "lake", ofOwnRows)).toEqual(["Lake of another", "Lake of mine"]);
  expect(await foundAs(plain, "lake", ofOwnRows)).toEqual(["Lake of mine"]);
  expect(await foundAs(plain, "lake", { ...ofOwnRows, permission: "gallery:read" })).toHaveLength(2);
});

test("a search finds no row that was deleted but is kept", async () => {
  const { owner, organization: team } = await aTeam(db);
  const deleted = await anImage(team, "Lake that was deleted");
  await anImage(team, "Lake that is there");
  await db.update(image).set({ once: "deleted" }).where(eq(image.id, deleted));
  // The same rows, but for a table that marks what was deleted.
  const columns = { id: text("id"), name: text("name"), organizationId: text("organization_id"), once: text("once") };
  const table = belongingTo(sqliteTable("image", columns), { organization: "organizationId", deleted: "once" });
  const searched = { kind: "image", table, id: table.id, texts: [table.name] as const, minimum: 1 };
  const found = await foundAs(owner, "lake", { permission: "gallery:read", searched, orderBy: [desc(table.id)] });
  expect(found).toEqual(["Lake that is there"]);
});
