import { expect, test } from "vitest";
import { testDatabase } from "#app/test/database.ts";
import { aScope, waysOf } from "#app/test/plans.ts";
import { imagesPage, imageVisit } from "./images.server.ts";

const db = testDatabase();

test("a page of images costs its own rows: they are found by their ids", async () => {
  const images = await waysOf(db, imagesPage(aScope(db) as never, { page: 1, search: "", sort: "newest" }));
  expect(images[0]).toContain("sqlite_autoindex_image_1 (id=?)");
});

test("the previous and next image are found by an index, in every order and with a person or type filter", async () => {
  const image = "image" as never;
  const ways = async (asked: { sort: "newest" | "name" | "largest"; by?: string; type?: "image/gif" }) => {
    const visit = imageVisit(aScope(db) as never, { image, search: "", by: undefined, type: undefined, ...asked });
    const beside = visit.statements
      .slice(1)
      .map(async (each) => (await waysOf(db, { ...visit, statements: [each] }))[0]);
    return Promise.all(beside);
  };
  const twice = (index: string) => [1, 2].map(() => expect.stringContaining(index));
  const key = "organization_id=? AND";
  expect(await ways({ sort: "newest" })).toEqual(twice(`image_organization_newest (${key} (created_at,id)`));
  expect(await ways({ sort: "name" })).toEqual(twice(`image_organization_name (${key} (name,id)`));
  expect(await ways({ sort: "largest" })).toEqual(twice(`image_organization_size (${key} (size,id)`));
  expect(await ways({ sort: "newest", by: "person" })).toEqual(
    twice(`image_organization_author (${key} created_by=? AND (created_at,id)`),
  );
  expect(await ways({ sort: "newest", type: "image/gif" })).toEqual(
    twice(`image_organization_type (${key} type=? AND (created_at,id)`),
  );
});
