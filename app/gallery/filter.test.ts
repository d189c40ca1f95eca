import { expect, test } from "vitest";
import { image } from "#app/db/schema/gallery.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { loader as images } from "#app/routes/api/v1.ts";
import { loader as imagePage } from "#app/routes/organizations/gallery.image.tsx";
import { loader as galleryPage } from "#app/routes/organizations/gallery.tsx";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import type { ImagesPage, ImageVisit } from "./images.server.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;
type Row = { name: string; type?: "image/png" | "image/gif"; size?: number; by?: Colleague };

async function aGallery(rows: readonly Row[]) {
  const team = await aTeam(db);
  for (const [index, { name, type = "image/png", size = 10, by = team.owner }] of rows.entries()) {
    const createdAt = new Date(1_700_000_000_000 + index);
    const values = { id: crypto.randomUUID(), organizationId: team.organization.id, createdBy: by.person.id };
    await db.insert(image).values({ ...values, name, type, size, createdAt });
  }
  await makeSearchTexts(db);
  return team;
}

async function found(team: Team, search: string, who: Colleague = team.admin) {
  const at = team.at("gallery");
  const { body, services } = await ask(images, { ...at, url: `/api/v1/pages${at.url}?${search}`, cookie: who.cookie });
  expect(services.trace.trips).toBe(1);
  return body as ImagesPage;
}

const names = ({ images }: ImagesPage) => images.map(({ name }) => name);

test("images are sorted by age, by name in any case, and by size", async () => {
  const team = await aGallery([
    { name: "beach", size: 30 },
    { name: "Alps", size: 10 },
    { name: "Coast", size: 20 },
  ]);
  expect(names(await found(team, ""))).toEqual(["Coast", "Alps", "beach"]);
  expect(names(await found(team, "sort=name"))).toEqual(["Alps", "beach", "Coast"]);
  expect(names(await found(team, "sort=largest"))).toEqual(["beach", "Coast", "Alps"]);
});

test("images are filtered by name, person and type, alone or combined, and the total counts the matches", async () => {
  const team = await aGallery([{ name: "Lake" }, { name: "Lake in motion", type: "image/gif" }, { name: "Forest" }]);
  const id = crypto.randomUUID();
  const values = { organizationId: team.organization.id, createdBy: team.plain.person.id };
  await db.insert(image).values({ ...values, id, name: "Lake by night", type: "image/png", size: 1 });
  await makeSearchTexts(db);
  const by = `by=${team.plain.person.id}`;
  expect(names(await found(team, "search=LAKE")).sort()).toEqual(["Lake", "Lake by night", "Lake in motion"]);
  expect(names(await found(team, "type=image/gif"))).toEqual(["Lake in motion"]);
  expect(await found(team, by)).toMatchObject({ total: 1, pages: 1, images: [{ name: "Lake by night" }] });
  expect(names(await found(team, `search=lake&type=image/png&${by}`))).toEqual(["Lake by night"]);
  expect(await found(team, `search=forest&${by}`)).toMatchObject({ total: 0, images: [] });
  expect(await found(team, "search=&by=&type=")).toMatchObject({ total: 4 });
  const at = team.at("gallery");
  for (const wrong of ["sort=best", "type=text/html"]) {
    const asked = { ...at, url: `/api/v1/pages${at.url}?${wrong}`, cookie: team.admin.cookie };
    expect((await ask(images, asked)).status, wrong).toBe(400);
  }
});

test("a page beyond the end redirects to the last page and keeps the filter", async () => {
  const team = await aGallery(Array.from({ length: 26 }, (_, index) => ({ name: `Lake ${index}` })));
  const at = team.at("gallery");
  const asked = { ...at, url: `${at.url}?search=lake&sort=name&page=9`, cookie: team.admin.cookie };
  const { status, headers } = await ask(galleryPage, asked);
  expect([status, headers.get("Location")]).toEqual([302, `${at.url}?search=lake&sort=name&page=2`]);
});

test("admins can filter by every member, a member only by people who have images on the page", async () => {
  const team = await aGallery([{ name: "Lake" }]);
  const ids = ({ people }: ImagesPage) => people.map(({ id }) => id).sort();
  const all = [team.owner, team.admin, team.plain].map(({ person }) => person.id).sort();
  expect(ids(await found(team, ""))).toEqual(all);
  expect(ids(await found(team, "", team.plain))).toEqual([team.owner.person.id]);
  const stranger = await aTeam(db);
  const asked = await found(team, `by=${stranger.owner.person.id}`, team.plain);
  expect([asked.total, ids(asked)], "an id alone does not reveal a name").toEqual([0, []]);
});

test("a filter finds a rare image beyond the matches that are counted; the page says if there are more", async () => {
  const team = await aGallery([
    { name: "Lake in motion", type: "image/gif" },
    ...Array.from({ length: 102 }, (_, index) => ({ name: `Lake ${index}` })),
  ]);
  expect(names(await found(team, "search=lake&type=image/gif"))).toEqual(["Lake in motion"]);
  expect(await found(team, "search=lake")).toMatchObject({ total: 100, hasMore: true, pages: 5 });
  expect(await found(team, "type=image/png")).toMatchObject({ total: 102, hasMore: false });
});

async function walked(team: Team, search: string): Promise<string[]> {
  const { images } = await found(team, search);
  const seen: string[] = [];
  for (let id = images[0]?.id ?? null, before: string | null = null; id !== null; ) {
    const at = team.at(`gallery/${id}`, { image: id });
    const { body, services } = await ask(imagePage, { ...at, url: `${at.url}?${search}`, cookie: team.admin.cookie });
    const visit = body as ImageVisit;
    expect([services.trace.trips, visit.previous]).toEqual([1, before]);
    seen.push(visit.image.name);
    [before, id] = [id, visit.next];
  }
  return seen;
}

test("previous and next walk through the list an image was opened from, in its order, in one trip each", async () => {
  const team = await aGallery([
    { name: "Lake in motion", type: "image/gif", size: 20 },
    { name: "alps", size: 10 },
    { name: "Lake", size: 30 },
    { name: "Alps", size: 10 },
    { name: "lake by night", size: 20 },
  ]);
  for (const search of ["", "sort=name", "sort=largest", "search=lake", "search=lake&sort=name", "type=image/png"]) {
    expect(await walked(team, search), search).toEqual(names(await found(team, search)));
  }
  expect(await walked(team, `by=${team.plain.person.id}`)).toEqual([]);
  expect(await walked(team, `by=${team.owner.person.id}&type=image/png&sort=largest`)).toHaveLength(4);
});

test("an image that is not in its list, or has an invalid list, still shows the previous and next image", async () => {
  const team = await aGallery([{ name: "Lake" }, { name: "Forest" }, { name: "Lake by night" }]);
  const [night, forest, lake] = (await found(team, "")).images.map(({ id }) => id);
  const at = team.at(`gallery/${forest}`, { image: forest ?? "" });
  for (const search of ["search=lake", "search=lake&page=x&type=text/html", "search=lake&sort=best&color=red"]) {
    const { status, body } = await ask(imagePage, { ...at, url: `${at.url}?${search}`, cookie: team.plain.cookie });
    expect([status, body], search).toMatchObject([200, { previous: night, next: lake }]);
  }
});
