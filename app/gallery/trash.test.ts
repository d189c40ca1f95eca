import { env } from "cloudflare:workers";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { image, trashedImage } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { loader as images } from "#app/routes/api/v1.ts";
import { loader as file } from "#app/routes/files/image.ts";
import { loader as trashedFile } from "#app/routes/files/trashed.ts";
import { action as removeSome } from "#app/routes/organizations/gallery.delete.ts";
import { action as empty } from "#app/routes/organizations/gallery.empty.ts";
import { action as upload } from "#app/routes/organizations/gallery.files.ts";
import { loader as askForPurge, action as purge } from "#app/routes/organizations/gallery.purge.ts";
import { action as remove } from "#app/routes/organizations/gallery.remove.ts";
import { action as restore } from "#app/routes/organizations/gallery.restore.ts";
import { loader as trash } from "#app/routes/organizations/gallery.trash.tsx";
import { testDatabase } from "#app/test/database.ts";
import { aForm, aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { runSchedule } from "../../workers/schedule.ts";
import type { ImagesPage } from "./images.server.ts";
import type { TrashPage } from "./trash.server.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

async function anUpload(team: Team, { cookie }: Colleague, name = "Lake.png"): Promise<string> {
  const { url, params } = team.at("gallery");
  const { body } = await ask(upload, { url: `${url}/files`, params, cookie, form: aForm(aPicture({ name })) });
  return (body as { image: { id: string } }).image.id;
}

function formOf(ids: readonly string[]): FormData {
  const form = new FormData();
  for (const id of ids) form.append("image", id);
  form.append("confirmed", "yes");
  return form;
}

const places = { delete: removeSome, "trash/restore": restore, "trash/delete": purge, "trash/empty": empty } as const;

async function send(team: Team, who: Colleague, place: keyof typeof places, ids: readonly string[]) {
  const { status, services } = await press(team, who, place, ids);
  return { status, trips: services.trace.trips };
}

function press(team: Team, who: Colleague, place: keyof typeof places, ids: readonly string[]) {
  return ask(places[place], {
    ...team.at(`gallery/${place}`),
    cookie: who.cookie,
    form: formOf(ids),
    headers: { Accept: "application/json" },
  });
}

async function trashEach(team: Team, { cookie }: Colleague, ids: readonly string[]) {
  const statuses = [];
  for (const image of ids) {
    const { url, params } = team.at(`gallery/${image}/remove`);
    const headers = { Accept: "application/json" };
    const asked = { url, params: { ...params, image }, cookie, form: formOf([]), headers };
    statuses.push((await ask(remove, asked)).status);
  }
  return statuses;
}

async function seen(team: Team, who: Colleague) {
  const { url, params } = team.at("gallery");
  const shown = (await ask(images, { url: `/api/v1/pages${url}`, params, cookie: who.cookie })).body as ImagesPage;
  const thrown = (await ask(trash, { ...team.at("gallery/trash"), cookie: who.cookie })).body as TrashPage;
  return { shown: shown.images.map(({ id }) => id).sort(), trashed: thrown.images.map(({ id }) => id).sort() };
}

async function figures({ organization: { id } }: Team) {
  const [row] = await db.select().from(organization).where(eq(organization.id, id));
  const { objects } = await env.FILES.list({ prefix: `organizations/${id}/images/` });
  return { images: row?.imageCount, used: row?.storageUsed, files: objects.length };
}

const actionsOn = async (id: string) =>
  (await db.select({ action: auditEntry.action }).from(auditEntry).where(eq(auditEntry.targetId, id))).map(
    ({ action }) => action,
  );

test("deleted images go to the trash, count toward the quota, and come back as they were, each with its entry", async () => {
  const team = await aTeam(db);
  const ids = [await anUpload(team, team.plain, "One.png"), await anUpload(team, team.plain, "Two.png")].sort();
  const before = await figures(team);
  const rows = await db.select().from(image).where(eq(image.organizationId, team.organization.id));
  expect(await trashEach(team, team.plain, ids)).toEqual([303, 303]);
  expect(await seen(team, team.plain)).toEqual({ shown: [], trashed: ids });
  expect(await figures(team)).toEqual({ ...before, images: 0 });
  const at = { params: { organization: team.organization.slug, image: ids[0] ?? "" }, cookie: team.plain.cookie };
  const slug = team.organization.slug;
  expect((await ask(file, { ...at, url: `/files/${slug}/images/${ids[0]}` })).status).toBe(404);
  expect((await ask(trashedFile, { ...at, url: `/files/${slug}/trash/${ids[0]}` })).status).toBe(200);

  expect(await send(team, team.plain, "trash/restore", ids)).toEqual({ status: 303, trips: 2 });
  expect(await seen(team, team.plain)).toEqual({ shown: ids, trashed: [] });
  expect(await figures(team)).toEqual(before);
  const after = await db.select().from(image).where(eq(image.organizationId, team.organization.id));
  const withoutTime = (each: typeof rows) =>
    each.map(({ updatedAt: _, ...row }) => row).sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(withoutTime(after)).toEqual(withoutTime(rows));
  for (const id of ids) expect(await actionsOn(id)).toEqual(["image.created", "image.deleted", "image.restored"]);
});

test("an image that is deleted for good loses its file and cannot be restored", async () => {
  const team = await aTeam(db);
  const [gone, kept] = [await anUpload(team, team.plain), await anUpload(team, team.plain)];
  await trashEach(team, team.plain, [gone, kept]);
  const question = await ask(askForPurge, {
    ...team.at(`gallery/trash/delete?image=${gone}`),
    cookie: team.plain.cookie,
  });
  expect(question.body).toEqual({ images: [{ id: gone, name: "Lake" }] });
  const unasked = new FormData();
  unasked.append("image", gone);
  const place = team.at("gallery/trash/delete");
  expect((await ask(purge, { ...place, cookie: team.plain.cookie, form: unasked })).status).toBe(409);
  expect((await send(team, team.plain, "trash/delete", [gone])).status).toBe(303);
  expect(await figures(team)).toMatchObject({ images: 0, files: 1 });
  expect(await seen(team, team.plain)).toEqual({ shown: [], trashed: [kept] });
  expect((await send(team, team.plain, "trash/restore", [gone])).status).toBe(404);
  expect(await actionsOn(gone)).toEqual(["image.created", "image.deleted", "image.purged"]);
});

test("members can act on their own images, admins on all; a selection with another's image changes nothing", async () => {
  const team = await aTeam(db);
  const other = await aTeam(db);
  const own = await anUpload(team, team.plain);
  const others = await anUpload(team, team.owner);
  const foreign = await anUpload(other, other.owner);
  expect(await trashEach(team, team.plain, [others])).toEqual([403]);
  expect(await trashEach(team, team.admin, [own, others, foreign])).toEqual([303, 303, 404]);
  expect((await seen(other, other.owner)).shown).toEqual([foreign]);
  expect((await seen(team, team.plain)).trashed).toEqual([own]);
  expect((await seen(team, team.admin)).trashed).toEqual([own, others].sort());
  for (const place of ["trash/restore", "trash/delete"] as const) {
    expect((await send(team, team.plain, place, [own, others])).status, place).toBe(403);
    expect((await send(other, other.owner, place, [own, others])).status, place).toBe(404);
  }
  const slug = other.organization.slug;
  const stolen = { params: { organization: slug, image: own }, url: `/files/${slug}/trash/${own}` };
  expect((await ask(trashedFile, { ...stolen, cookie: other.owner.cookie })).status).toBe(404);
  expect(await db.$count(trashedImage, eq(trashedImage.organizationId, team.organization.id))).toBe(2);
});

test("of twenty requests that restore one image or delete it for good at the same time, one succeeds", async () => {
  const team = await aTeam(db);
  const id = await anUpload(team, team.plain);
  await trashEach(team, team.plain, [id]);
  const asked = Array.from({ length: 20 }, (_, index) =>
    send(team, team.plain, index % 2 === 0 ? "trash/restore" : "trash/delete", [id]),
  );
  const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
  expect(statuses).toEqual([303, ...Array(19).fill(404)]);
  const { shown, trashed } = await seen(team, team.plain);
  const isBack = shown.length === 1;
  expect(trashed).toEqual([]);
  expect(await figures(team)).toMatchObject(isBack ? { images: 1, files: 1 } : { images: 0, used: 0, files: 0 });
});

test("the schedule empties the trash after thirty days, rows and files, and no earlier", async () => {
  const team = await aTeam(db);
  const [old, young] = [await anUpload(team, team.plain), await anUpload(team, team.plain)];
  await trashEach(team, team.plain, [old, young]);
  const of = (id: string) => and(eq(trashedImage.id, id), eq(trashedImage.organizationId, team.organization.id));
  await db
    .update(trashedImage)
    .set({ deletedAt: new Date(Date.now() - 30 * DAY_MS - 1) })
    .where(of(old));
  await db
    .update(trashedImage)
    .set({ deletedAt: new Date(Date.now() - 30 * DAY_MS + 600_000) })
    .where(of(young));
  await runSchedule(env as never);
  expect((await seen(team, team.plain)).trashed).toEqual([young]);
  expect(await figures(team)).toMatchObject({ images: 0, files: 1 });
});

test("an empty, malformed or too long selection is refused with the reason", async () => {
  const team = await aTeam(db);
  for (const place of ["delete", "trash/restore", "trash/delete"] as const) {
    for (const [ids, reason] of [
      [[], "Select at least one image."],
      [["x"], null],
      [Array.from({ length: 101 }, () => crypto.randomUUID()), "Select fewer images. The limit is 100."],
    ] as const) {
      const { status, body } = await press(team, team.plain, place, ids);
      const fields = reason === null ? expect.anything() : { image: [reason] };
      expect([status, body], place).toEqual([400, { error: "invalid", fields }]);
    }
  }
});

test("emptying the trash deletes for good only what the person may delete, with one entry", async () => {
  const team = await aTeam(db);
  const other = await aTeam(db);
  const [own, others] = [await anUpload(team, team.plain), await anUpload(team, team.owner)];
  const foreign = await anUpload(other, other.owner);
  await trashEach(team, team.admin, [own, others]);
  await trashEach(other, other.owner, [foreign]);
  expect(await send(team, team.plain, "trash/empty", [])).toEqual({ status: 303, trips: 2 });
  expect((await seen(team, team.admin)).trashed).toEqual([others]);
  expect((await send(team, team.plain, "trash/restore", [own])).status, "it is too late to restore it").toBe(404);
  expect((await send(team, team.admin, "trash/empty", [])).status).toBe(303);
  expect((await send(team, team.admin, "trash/empty", [])).status, "emptying an empty trash succeeds").toBe(303);
  expect(await figures(team)).toMatchObject({ images: 0, used: 0, files: 0 });
  expect((await seen(other, other.owner)).trashed).toEqual([foreign]);
  const emptied = await db
    .select({ before: auditEntry.before })
    .from(auditEntry)
    .where(and(eq(auditEntry.organizationId, team.organization.id), eq(auditEntry.action, "trash.emptied")));
  expect(emptied).toEqual([{ before: { images: 1 } }, { before: { images: 1 } }]);
});

test("without scripts the page after a deletion can undo it, and leads back to the images", async () => {
  const team = await aTeam(db);
  const id = await anUpload(team, team.plain);
  const { url, params } = team.at(`gallery/${id}/remove`);
  const removed = await ask(remove, {
    url,
    params: { ...params, image: id },
    cookie: team.plain.cookie,
    form: formOf([]),
  });
  const gallery = team.at("gallery").url;
  expect(removed.headers.get("Location")).toBe(`${gallery}?deleted=${id}`);
  const form = formOf([id]);
  form.append("undo", "yes");
  const undone = await ask(restore, { ...team.at("gallery/trash/restore"), cookie: team.plain.cookie, form });
  expect([undone.status, undone.headers.get("Location")]).toEqual([303, gallery]);
  expect((await seen(team, team.plain)).shown).toEqual([id]);
});

test("selected images go to the trash together, each with its entry, and none if one is another member's", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const ids = [await anUpload(team, team.plain, "One.png"), await anUpload(team, team.plain, "Two.png")].sort();
  const others = await anUpload(team, team.owner);
  const foreign = await anUpload(other, other.owner);
  expect((await send(team, team.plain, "delete", [...ids, others])).status).toBe(403);
  expect((await send(team, team.plain, "delete", [foreign])).status).toBe(404);
  expect((await seen(team, team.plain)).trashed).toEqual([]);
  expect(await send(team, team.plain, "delete", [...ids, foreign])).toEqual({ status: 303, trips: 2 });
  expect(await seen(team, team.plain)).toEqual({ shown: [others], trashed: ids });
  expect((await seen(other, other.owner)).shown).toEqual([foreign]);
  for (const id of ids) expect(await actionsOn(id)).toEqual(["image.created", "image.deleted"]);
  expect((await send(team, team.plain, "delete", [])).status).toBe(400);
});
