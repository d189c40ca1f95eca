import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { image, trashedImage } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { HOUR_MS } from "#app/durations.server.ts";
import { logoFiles } from "#app/organizations/logos.server.ts";
import { createMemoryStorage } from "#app/storage/memory.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import { sweepStrays } from "#app/storage/sweep.server.ts";
import { anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { findLostImages, imageFiles } from "./image-files.server.ts";

const db = testDatabase();

async function aWorld() {
  const { id } = await anOrganization(db);
  const clock = { now: new Date() };
  const storage = createMemoryStorage(() => clock.now);
  const keyOf = (imageId: string) => `organizations/${id}/images/${imageId}`;
  return {
    storage,
    keyOf,
    clock,
    aFile: async (key: string) => {
      const file = new Blob(["picture"]);
      await storage.put(key, file.stream(), { length: file.size, type: "image/png" });
    },
    aRow: async (createdAt: Date) => {
      const imageId = crypto.randomUUID();
      await db
        .insert(image)
        .values({ id: imageId, organizationId: id, name: "row", type: "image/png", size: 1, createdAt });
      return imageId;
    },
    aTrashedRow: async () => {
      const [trashed, now] = [crypto.randomUUID(), new Date()];
      const values = { organizationId: id, name: "row", type: "image/png", size: 1, deletedAt: now } as const;
      await db.insert(trashedImage).values({ ...values, id: trashed });
      return trashed;
    },
    /** Other tests have rows in the same database, and a run names only a limited number: this looks only among its own. */
    sweep: async (given: FileStorage = storage) => {
      const { now } = clock;
      const { removed, stretch } = await sweepStrays({ storage: given, owners: [imageFiles(db), logoFiles(db)], now });
      const [first, last] = [`organizations/${id}/`, `organizations/${id}/~`];
      const from = stretch.from < first ? first : stretch.from;
      const to = stretch.to === null || stretch.to > last ? last : stretch.to;
      return { removed, missing: await findLostImages({ db, stretch: { ...stretch, from, to }, now }) };
    },
    keys: async () => (await storage.list("organizations/")).files.map(({ key }) => key),
  };
}

test("a file without a row is deleted after an hour, not while its upload may still be under way", async () => {
  const { storage, keyOf, clock, aFile, aRow, aTrashedRow, sweep, keys } = await aWorld();
  const kept = keyOf(await aRow(clock.now));
  const trashed = keyOf(await aTrashedRow());
  const stray = keyOf(crypto.randomUUID());
  const [logo, formerLogo] = [kept.replace("/images/", "/logo/"), stray.replace("/images/", "/logo/")];
  await db
    .update(organization)
    .set({ logo: logo.split("/")[3] })
    .where(eq(organization.id, logo.split("/")[1] ?? ""));
  for (const key of [kept, trashed, stray, logo, formerLogo]) await aFile(key);
  clock.now = new Date(clock.now.getTime() + HOUR_MS / 2);
  expect((await sweep()).removed).toBe(0);
  clock.now = new Date(clock.now.getTime() + HOUR_MS);
  expect((await sweep()).removed).toBe(2);
  expect(await keys()).toEqual([kept, trashed, logo].toSorted());
  expect(await storage.head(stray)).toBeNull();
});

test("the sweep reports an image whose file is missing, but not one that was just added", async () => {
  const { clock, aRow, aFile, keyOf, sweep } = await aWorld();
  const long = new Date(clock.now.getTime() - 2 * HOUR_MS);
  const gone = await aRow(long);
  const whole = await aRow(long);
  await aRow(clock.now);
  await aFile(keyOf(whole));
  const { missing } = await sweep();
  expect(missing.map((place) => place.split("/")[1])).toEqual([gone]);
});

test("the sweep continues where its last run ended, and starts again after the end", async () => {
  const { clock, aRow, aFile, keyOf, sweep, storage } = await aWorld();
  const long = new Date(clock.now.getTime() - 2 * HOUR_MS);
  const images = [await aRow(long), await aRow(long), await aRow(long)].toSorted();
  for (const each of images) await aFile(keyOf(each));
  const [, , last = ""] = images;
  await storage.delete([keyOf(last)]);
  await aFile(keyOf("zz-stray"));
  clock.now = new Date(clock.now.getTime() + 2 * HOUR_MS);
  const oneAtATime: FileStorage = { ...storage, list: (prefix, page) => storage.list(prefix, { ...page, limit: 1 }) };
  const runs = [await sweep(oneAtATime), await sweep(oneAtATime), await sweep(oneAtATime), await sweep(oneAtATime)];
  expect(runs.map(({ removed }) => removed)).toEqual([0, 0, 1, 0]);
  expect(runs.flatMap(({ missing }) => missing)).toHaveLength(1);
});
