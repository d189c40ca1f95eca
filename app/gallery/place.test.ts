import { expect, test } from "vitest";
import { image, trashedImage } from "#app/db/schema/gallery.ts";
import { IMAGE_TYPES } from "#app/pictures/image-type.ts";
import { action as removeSome } from "#app/routes/organizations/gallery.delete.ts";
import { action as purge } from "#app/routes/organizations/gallery.purge.ts";
import { action as remove } from "#app/routes/organizations/gallery.remove.ts";
import { action as rename } from "#app/routes/organizations/gallery.rename.ts";
import { action as restore } from "#app/routes/organizations/gallery.restore.ts";
import { loader as galleryPage } from "#app/routes/organizations/gallery.tsx";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { placeIn } from "#app/ui/list-place.ts";
import { galleryPlace, imageSorts, trashPlace } from "./gallery-place.ts";
import { GalleryPage, TrashPage } from "./schemas.ts";

const db = testDatabase();

async function anImage({ organization, owner }: Awaited<ReturnType<typeof aTeam>>, table = image) {
  const id = crypto.randomUUID();
  const deleted = table === image ? {} : { deletedAt: new Date() };
  const values = { organizationId: organization.id, createdBy: owner.person.id, type: "image/png", size: 1 } as const;
  await db.insert(table).values({ id, name: "Lake", ...values, ...deleted });
  return id;
}

const LIST = "?search=lake&by=someone&type=image%2Fpng&sort=name&page=3";

test("renaming, deleting and undoing a deletion lead back to the same place in the list of images", async () => {
  const team = await aTeam(db);
  const gallery = team.at("gallery").url;
  const { cookie } = team.owner;
  const led = async (to: Parameters<typeof ask>[0], at: ReturnType<typeof team.at>, form: Record<string, string>) => {
    const { status, headers } = await ask(to, { ...at, url: at.url + LIST, cookie, form });
    return [status, headers.get("Location")];
  };
  const id = await anImage(team);
  const params = { image: id };
  expect(await led(rename, team.at(`gallery/${id}/rename`, params), { name: "Pond" })).toEqual([
    303,
    `${gallery}/${id}${LIST}`,
  ]);
  const removed = [303, `${gallery}${LIST}&deleted=${id}`];
  expect(await led(remove, team.at(`gallery/${id}/remove`, params), {})).toEqual(removed);
  const undone = { image: id, undo: "yes" };
  expect(await led(restore, team.at("gallery/trash/restore"), undone)).toEqual([303, gallery + LIST]);
  expect(await led(removeSome, team.at("gallery/delete"), { image: id })).toEqual(removed);
});

test("restoring and deleting for good lead back to the page of the trash", async () => {
  const team = await aTeam(db);
  const trash = team.at("gallery/trash").url;
  for (const [to, path] of [
    [restore, "restore"],
    [purge, "delete"],
  ] as const) {
    const at = team.at(`gallery/trash/${path}`);
    const form = { image: await anImage(team, trashedImage as never) };
    const { status, headers } = await ask(to, {
      ...at,
      url: `${at.url}?page=2&search=x`,
      cookie: team.owner.cookie,
      form,
    });
    expect([status, headers.get("Location")], path).toEqual([303, `${trash}?page=2`]);
  }
});

test("deleting the last image of the last page leads to the page before it and keeps the undo", async () => {
  const team = await aTeam(db);
  const { url, params } = team.at("gallery");
  const asked = { url: `${url}?search=lake&page=2&deleted=x`, params, cookie: team.owner.cookie };
  const { status, headers } = await ask(galleryPage, asked);
  expect([status, headers.get("Location")]).toEqual([302, `${url}?search=lake&deleted=x`]);
});

test("a URL keeps only the parameters that the list of images accepts, and never leads elsewhere", () => {
  const kept = placeIn(galleryPlace, LIST);
  expect(kept).toBe(LIST);
  const taken = { organization: "acme", ...Object.fromEntries(new URLSearchParams(kept)) };
  expect(GalleryPage.parse(taken)).toMatchObject({ search: "lake", sort: "name", page: 3 });
  expect(
    TrashPage.parse({ organization: "acme", ...Object.fromEntries(new URLSearchParams(placeIn(trashPlace, LIST))) })
      .page,
  ).toBe(3);
  for (const type of IMAGE_TYPES) {
    expect(placeIn(galleryPlace, `?${new URLSearchParams({ type })}`), type).toContain("type=");
  }
  const unusual = imageSorts.filter((sort) => placeIn(galleryPlace, `?sort=${sort}`) !== "");
  expect(unusual).toEqual(imageSorts.filter((sort) => sort !== GalleryPage.parse({ organization: "acme" }).sort));
  const odd = "?page=1&page=2&sort=newest&search=%20&by=&type=text/html&redirectTo=//elsewhere&deleted=x&select=yes";
  expect(placeIn(galleryPlace, odd)).toBe("");
  const tricky = placeIn(galleryPlace, `?${new URLSearchParams({ search: "//elsewhere#\r\n&page=2?" })}`);
  expect(tricky).toBe("?search=%2F%2Felsewhere%23%0D%0A%26page%3D2%3F");
});
