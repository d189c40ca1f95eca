import { sql } from "drizzle-orm";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { indexOf } from "#app/bytes/byte-reader.server.ts";
import { optionalPicture, picture } from "#app/fields/picture.ts";
import { createBufferedFile } from "#app/request/body/incoming-file.server.ts";
import { createMemoryStorage } from "#app/storage/memory.server.ts";
import { testDatabase } from "#app/test/database.ts";
import { aDamagedPicture, aFlood, aPhotograph, aPicture, rowsOf, SECRETS } from "#app/test/pictures.ts";
import { visit } from "#app/test/requests.ts";
import { holdsPicture, keepPictures, keptPicture, pictureFiles } from "./kept-pictures.server.ts";
import { keptRefusals } from "./refusals.ts";

const place = { folder: "notes", id: "one" };

async function buffered(file: File, size = file.size) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return createBufferedFile({ field: "cover", name: file.name, declaredType: file.type, size }, bytes);
}

async function anUpload(file: File) {
  return picture.parse(await buffered(file));
}

/** A grant to keep pictures with the real decoder. `keys` waits for the work after the response, then lists the files. */
async function keeping() {
  const storage = createMemoryStorage(() => new Date());
  const { services } = await visit({ url: "/" });
  const later: Promise<unknown>[] = [];
  const grant = {
    storage,
    decode: services.decode,
    newId: () => crypto.randomUUID(),
    after: (work: () => Promise<unknown>) => void later.push(work()),
  };
  const keys = async () => {
    await Promise.all(later);
    return (await storage.list("")).files.map(({ key }) => key);
  };
  return { grant, storage, keys };
}

test("a picture is stored upright, re-encoded, without personal data, and deleted when it is replaced", async () => {
  const { grant, storage, keys } = await keeping();
  const first = await keepPictures(grant, place, { cover: await anUpload(aPhotograph()) });
  if (!first.ok) throw new Error(first.reason);
  first.settle(true);
  expect(await keys()).toEqual([`notes/one/${first.ids.cover}`]);
  const file = await keptPicture(storage, place, first.ids.cover);
  const bytes = new Uint8Array(await new Response(file?.body).arrayBuffer());
  expect(file?.type).toBe("image/webp");
  expect(SECRETS.map((secret) => indexOf(bytes, secret))).toEqual([-1, -1]);
  expect((await rowsOf(bytes)).length).toBe(32);

  const second = await keepPictures(grant, place, { cover: await anUpload(aPicture()) });
  if (!second.ok) throw new Error(second.reason);
  expect((await keys()).length).toBe(2);
  second.settle(true, first.ids);
  expect(await keys()).toEqual([`notes/one/${second.ids.cover}`]);
});

test("a change that is not written leaves no file; undefined keeps a picture, and null removes it", async () => {
  const { grant, keys } = await keeping();
  const refused = await keepPictures(grant, place, { cover: await anUpload(aPicture()) });
  if (!refused.ok) throw new Error(refused.reason);
  refused.settle(false, { cover: "the-former" });
  expect(await keys()).toEqual([]);

  const former = { cover: "former", photo: "other" };
  for (const each of Object.values(former)) {
    await grant.storage.put(`notes/one/${each}`, aPicture().stream(), { length: aPicture().size, type: "image/png" });
  }
  const changed = await keepPictures(grant, place, { cover: null, photo: undefined });
  if (!changed.ok) throw new Error(changed.reason);
  expect(changed.ids).toEqual({ cover: null, photo: undefined });
  changed.settle(true, former);
  expect(await keys()).toEqual(["notes/one/other"]);
});

test("one unfit picture of several is refused at its own field, and none of them is stored", async () => {
  const { grant, keys } = await keeping();
  for (const [file, reason] of [
    [aDamagedPicture(), "photo-unreadable"],
    [aFlood(), "photo-too-many-pixels"],
  ] as const) {
    const sent = { cover: await anUpload(aPicture()), photo: await anUpload(file) };
    const kept = await keepPictures(grant, place, sent);
    expect(kept).toEqual({ ok: false, reason });
    expect(keptRefusals("cover", "photo")).toHaveProperty(reason, expect.objectContaining({ field: "photo" }));
    expect(await keys()).toEqual([]);
  }
});

test("a picture is checked by its first bytes and its size, and can be left out where it is optional", async () => {
  const statusOf = async (file: File, size?: number) => {
    const { error } = picture.safeParse(await buffered(file, size));
    return error?.issues.map((issue) => (issue.code === "custom" ? issue.params?.status : issue.code));
  };
  expect(await statusOf(new File(["text"], "a.png", { type: "image/png" }))).toEqual([415]);
  expect(await statusOf(aPicture(), 5_000_001)).toEqual([413]);
  expect(await statusOf(aPicture(), 5_000_000)).toBeUndefined();
  expect([picture.safeParse(undefined).success, optionalPicture.parse(undefined)]).toEqual([false, null]);
  expect(picture.safeParse("text").success).toBe(false);
});

const db = testDatabase();
const row = sqliteTable("picture_row", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  cover: text("cover"),
  photo: text("photo"),
});

test("the sweep knows the pictures that a row of the same organization refers to, in any of its columns", async () => {
  await db.run(
    sql`create table if not exists picture_row (id text primary key, organization_id text not null, cover text, photo text)`,
  );
  await db.insert(row).values([
    { id: "one", organizationId: "here", cover: "a", photo: "b" },
    { id: "two", organizationId: "here", cover: null },
  ]);
  const owner = pictureFiles("notes", row, [row.cover, row.photo])(db);
  const known = ["organizations/here/notes/one/a", "organizations/here/notes/one/b"];
  const strays = [
    ...["organizations/here/notes/one/c", "organizations/there/notes/one/a", "organizations/here/notes/two/a"],
    "organizations/here/notes/three/a",
  ];
  const others = [
    "organizations/here/logo/a",
    "people/notes/one/a",
    "organizations/here/notes/a",
    "organizations/here/covers/one/a",
  ];
  expect([...known, ...strays, ...others].filter(owner.owns)).toEqual([...known, ...strays]);
  const found = await owner.known([...known, ...strays]);
  expect([...known, ...strays].filter((key) => found.has(key))).toEqual(known);
  const holding = await db
    .select({ id: row.id })
    .from(row)
    .where(holdsPicture([row.cover, row.photo], "b"));
  expect(holding).toEqual([{ id: "one" }]);
  await db.run(sql`drop table picture_row`);
});
