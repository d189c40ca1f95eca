import { expect, test } from "vitest";
import { testDatabase } from "#app/test/database.ts";
import { aScope, waysOf } from "#app/test/plans.ts";
import { imagesPage } from "./images.server.ts";

const db = testDatabase();

test("a page of images costs its own rows: they are found by their ids", async () => {
  const images = await waysOf(db, imagesPage(aScope(db) as never, { page: 1, search: "", sort: "newest" }));
  expect(images[0]).toContain("sqlite_autoindex_image_1 (id=?)");
});
