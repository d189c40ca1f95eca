import { env } from "cloudflare:workers";
import { asc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { indexOf } from "#app/bytes/byte-reader.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { image } from "#app/db/schema/gallery.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { loader as images } from "#app/routes/api/v1.ts";
import { action as upload } from "#app/routes/organizations/gallery.files.ts";
import { loader as imagePage } from "#app/routes/organizations/gallery.image.tsx";
import { action as remove, loader as removePage } from "#app/routes/organizations/gallery.remove.ts";
import { action as rename, loader as renamePage } from "#app/routes/organizations/gallery.rename.ts";
import { loader as galleryPage } from "#app/routes/organizations/gallery.tsx";
import { action as uploadForm } from "#app/routes/organizations/gallery.upload.ts";
import { action as removeMember } from "#app/routes/organizations/members.remove.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { anOrganization, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aDamagedPicture, aFlood, aForm, aPhotograph, aPicture, SECRETS } from "#app/test/pictures.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import type { ImagesPage } from "./images.server.ts";
import { IMAGE_SIZE_MAXIMUM } from "./limits.ts";

const db = testDatabase();

async function anOffice({ storageQuota = 1_000_000 } = {}) {
  const people = { owner: await aPerson(db), admin: await aPerson(db), member: await aPerson(db) };
  const found = await anOrganization(db, {
    storageQuota,
    members: Object.entries(people).map(([role, person]) => ({ person, role: role as Role })),
  });
  const cookies = {
    owner: await cookiesOf(await aSession(db, people.owner)),
    admin: await cookiesOf(await aSession(db, people.admin)),
    member: await cookiesOf(await aSession(db, people.member)),
  };
  return { ...found, people, cookies, at: addressesOf(found.slug) };
}

function addressesOf(slug: string) {
  const of = (rest: string) => ({ url: `/organizations/${slug}/gallery${rest}`, params: { organization: slug } });
  const ofImage = (id: string, rest = "") => {
    const { url, params } = of(`/${id}${rest}`);
    return { url, params: { ...params, image: id } };
  };
  const data = (search = "") => ({ ...of(""), url: `/api/v1/pages/organizations/${slug}/gallery${search}` });
  const files = { ...of("/files"), headers: { Accept: "application/json" } };
  return { of, ofImage, data, files };
}

type Office = Awaited<ReturnType<typeof anOffice>>;

async function anUpload({ at, cookies }: Office, { as = "member", ...file }: { as?: Role; name?: string } = {}) {
  const { body } = await ask(upload, { ...at.files, cookie: cookies[as], form: aForm(aPicture(file)) });
  return (body as { image: { id: string; name: string } }).image;
}

async function storedKeys(id: string): Promise<string[]> {
  const { objects } = await env.FILES.list({ prefix: `organizations/${id}/` });
  return objects.map(({ key }) => key);
}

async function rowOf(id: string) {
  const [row] = await db.select().from(organization).where(eq(organization.id, id));
  return row;
}

test("an uploaded image heads the gallery, is counted, stored and written down, in two trips", async () => {
  const office = await anOffice();
  const { at, cookies, people, id } = office;
  await anUpload(office, { name: "first.png" });
  const form = aForm(aPicture({ name: "C:\\Photos\\Lake  at dawn.PNG" }));
  const { status, body, services } = await ask(upload, { ...at.files, cookie: cookies.member, form });
  expect(status).toBe(201);
  expect(services.trace.trips).toBe(2);
  const { image: added } = body as { image: { id: string } };

  const page = (await ask(images, { ...at.data(), cookie: cookies.member })).body as ImagesPage;
  expect(page).toMatchObject({ page: 1, pages: 1, total: 2, storage: { used: 2_000, quota: 1_000_000 } });
  expect(page.images[0]).toMatchObject({ id: added.id, name: "Lake at dawn", type: "image/png", size: 1_000 });
  expect(page.images[0]?.createdBy).toEqual({ id: people.member.id, name: people.member.name });
  expect(await storedKeys(id)).toContain(`organizations/${id}/images/${added.id}`);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.targetId, added.id));
  expect(entries).toMatchObject([{ action: "image.created", actorId: people.member.id, targetName: "Lake at dawn" }]);
});

test("a file that is no image, too large or missing is refused at the field and leaves nothing behind", async () => {
  const { at, cookies, id } = await anOffice({ storageQuota: 100_000_000 });
  const html = new File(["<!doctype html><script>alert(1)</script>"], "cat.png", { type: "image/png" });
  const send = (form: FormData) => ask(upload, { ...at.files, cookie: cookies.member, form });
  const answers = [
    await send(aForm(html)),
    await send(aForm(aPicture({ size: IMAGE_SIZE_MAXIMUM + 1 }))),
    await send(new FormData()),
  ];
  expect(answers.map(({ status }) => status)).toEqual([415, 413, 400]);
  for (const { body } of answers) expect(body).toEqual({ error: "invalid", fields: { file: [expect.any(String)] } });
  expect((await send(aForm(aPicture({ size: IMAGE_SIZE_MAXIMUM })))).status).toBe(201);
  expect(await storedKeys(id)).toHaveLength(1);
});

test("uploading a picture removes its position and owner but keeps its length and its pixels", async () => {
  const { at, cookies, id } = await anOffice();
  const file = aPhotograph();
  const { body } = await ask(upload, { ...at.files, cookie: cookies.member, form: aForm(file) });
  const [key = ""] = await storedKeys(id);
  const kept = (await (await env.FILES.get(key))?.bytes()) ?? new Uint8Array();
  const sent = await file.bytes();
  expect(
    SECRETS.map((secret) => indexOf(sent, secret) >= 0),
    "the file that is sent contains the secrets",
  ).toEqual([true, true]);
  expect(SECRETS.map((secret) => indexOf(kept, secret))).toEqual([-1, -1]);
  expect(kept.length).toBe(sent.length);
  const scan = indexOf(sent, Uint8Array.of(0xff, 0xdb));
  expect(kept.subarray(scan)).toEqual(sent.subarray(scan));
  expect(await rowOf(id)).toMatchObject({ storageUsed: file.size });
  expect(body).toMatchObject({ image: { name: "Beach" } });
});

test("a picture that floods the memory or cannot be read is refused at the field, and leaves nothing behind", async () => {
  const { at, cookies, id } = await anOffice();
  const floods = [aFlood(), aFlood({ width: 12_001, height: 1 }), aFlood({ width: 10_000, height: 5_001 })];
  for (const [files, status, words] of [
    [floods, 413, "50 megapixels across all frames and 12,000 pixels"],
    [
      [aDamagedPicture(), new File([(await aPicture().bytes()).subarray(0, 30)], "cut.png")],
      415,
      "can’t read this image",
    ],
  ] as const) {
    for (const file of files) {
      const sent = await ask(upload, { ...at.files, cookie: cookies.member, form: aForm(file) });
      expect(sent).toMatchObject({ status, body: { fields: { file: [expect.stringContaining(words)] } } });
      const typed = await ask(uploadForm, { ...at.of("/upload"), cookie: cookies.member, form: aForm(file) });
      expect(typed).toMatchObject({ status, body: { error: { file: [expect.stringContaining(words)] } } });
    }
  }
  expect(await storedKeys(id)).toEqual([]);
  expect(await rowOf(id)).toMatchObject({ storageUsed: 0, imageCount: 0 });
});

test("an upload form that is sent three times at once keeps one image, and every response leads to the gallery", async () => {
  const { at, cookies, id } = await anOffice();
  const once = crypto.randomUUID();
  const send = (name: string) => {
    const form = new FormData();
    form.set("once", once);
    form.set("file", aPicture({ name }));
    return ask(uploadForm, { ...at.of("/upload"), cookie: cookies.member, form });
  };
  const answered = await Promise.all([send("once.png"), send("once.png"), send("once.png")]);
  const led = answered.map(({ status, headers }) => [status, headers.get("Location")]);
  expect(led).toEqual(Array(3).fill([303, at.of("").url]));
  expect(await storedKeys(id)).toHaveLength(1);
  expect(await rowOf(id)).toMatchObject({ imageCount: 1, storageUsed: 1_000 });
  await send("another.png");
  expect(await storedKeys(id)).toHaveLength(2);
});

test("resending an upload form does not change its image, even in the trash, and leaves no second file", async () => {
  const { at, cookies, id } = await anOffice();
  const once = crypto.randomUUID();
  const send = async (file: File) => {
    const form = new FormData();
    form.set("once", once);
    form.set("file", new File([file], "receipt.png", { type: "image/png" }));
    return (await ask(uploadForm, { ...at.of("/upload"), cookie: cookies.member, form })).status;
  };
  const first = aPicture({ name: "receipt.png" });
  expect(await send(first)).toBe(303);
  const [key = ""] = await storedKeys(id);
  const kept = await env.FILES.head(key);
  expect(await send(aPicture({ mark: 1 }))).toBe(303);
  const damaged = aDamagedPicture({ size: first.size });
  expect([damaged.size, await send(damaged)]).toEqual([first.size, 415]);
  expect(await storedKeys(id)).toEqual([key]);
  expect((await env.FILES.head(key))?.version).toBe(kept?.version);
  const image = key.split("/").at(-1) ?? "";
  await ask(remove, { ...at.ofImage(image, "/delete"), cookie: cookies.member, form: { confirmed: "yes" } });
  expect(await send(first)).toBe(303);
  expect(await storedKeys(id)).toEqual([key]);
  expect(await rowOf(id)).toMatchObject({ imageCount: 0 });
});

test("without scripts an upload leads back to the gallery, and a refused one to the form with the reason", async () => {
  const { at, cookies } = await anOffice({ storageQuota: 1_000 });
  const send = () => ask(uploadForm, { ...at.of("/upload"), cookie: cookies.member, form: aForm(aPicture()) });
  const first = await send();
  expect([first.status, first.headers.get("Location")]).toEqual([303, at.of("").url]);
  const second = await send();
  expect(second).toMatchObject({
    status: 409,
    body: { status: "error", error: { file: [expect.stringContaining("full")] } },
  });
});

test("of twenty parallel uploads at the edge of the quota only those that fit are kept", async () => {
  const { at, cookies, id } = await anOffice({ storageQuota: 5_999 });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask(upload, { ...at.files, cookie: cookies.member, form: aForm(aPicture()) })),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array(5).fill(201), ...Array(15).fill(409)]);
  expect(await rowOf(id)).toMatchObject({ storageUsed: 5_000, imageCount: 5 });
  expect(await storedKeys(id)).toHaveLength(5);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, id));
  expect(entries).toHaveLength(5);
});

test("a member can rename and delete only their own images, an admin everybody's", async () => {
  const office = await anOffice();
  const { at, cookies } = office;
  const own = await anUpload(office, { as: "member", name: "own.png" });
  const others = await anUpload(office, { as: "owner", name: "others.png" });
  const renamed = (id: string, cookie: string) =>
    ask(rename, { ...at.ofImage(id, "/rename"), cookie, form: { name: "  New\n name " } });
  const removed = (id: string, cookie: string) =>
    ask(remove, { ...at.ofImage(id, "/remove"), cookie, form: {}, method: "POST" });

  for (const change of [renamed, removed]) {
    expect((await change(others.id, cookies.member)).status).toBe(403);
    expect((await change(crypto.randomUUID(), cookies.member)).status).toBe(404);
  }
  for (const page of [renamePage, removePage]) {
    expect((await ask(page, { ...at.ofImage(others.id), cookie: cookies.member })).status).toBe(403);
    expect((await ask(page, { ...at.ofImage(own.id), cookie: cookies.member })).status).toBe(200);
  }
  for (const [id, cookie] of [
    [own.id, cookies.member],
    [others.id, cookies.admin],
  ] as const) {
    expect((await renamed(id, cookie)).headers.get("Location")).toBe(at.ofImage(id).url);
    const shown = (await ask(imagePage, { ...at.ofImage(id), cookie })).body;
    expect(shown).toMatchObject({ image: { name: "New name", canRename: true, canRemove: true } });
    expect((await removed(id, cookie)).headers.get("Location")).toBe(`${at.of("").url}?deleted=${id}`);
    expect((await ask(imagePage, { ...at.ofImage(id), cookie })).status).toBe(404);
  }
  const entries = await db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.targetId, own.id))
    .orderBy(asc(auditEntry.createdAt));
  expect(entries.map(({ action, targetName, before, after }) => ({ action, targetName, before, after }))).toEqual([
    { action: "image.created", targetName: "own", before: null, after: null },
    { action: "image.renamed", targetName: "own", before: { name: "own" }, after: { name: "New name" } },
    { action: "image.deleted", targetName: "New name", before: { name: "New name" }, after: null },
  ]);
  // They are in the trash, which counts towards the used storage.
  expect(await rowOf(office.id)).toMatchObject({ imageCount: 0, storageUsed: 2_000 });
  expect(await storedKeys(office.id)).toHaveLength(2);
});

test("the images of a member who is removed stay in the gallery", async () => {
  const office = await anOffice();
  const { at, cookies, people } = office;
  const { id } = await anUpload(office);
  const [left] = await db.select().from(member).where(eq(member.userId, people.member.id));
  const params = { organization: office.slug, member: left?.id ?? "" };
  const url = `/organizations/${office.slug}/members/${params.member}/remove`;
  expect((await ask(removeMember, { url, params, cookie: cookies.owner, form: {} })).status).toBe(303);
  expect((await ask(images, { ...at.data(), cookie: cookies.member })).status).toBe(404);
  const { body } = await ask(images, { ...at.data(), cookie: cookies.owner });
  expect((body as ImagesPage).images.map((each) => each.id)).toEqual([id]);
  expect(await storedKeys(office.id)).toHaveLength(1);
});

test("a name that is empty or too long comes back with what was typed", async () => {
  const office = await anOffice();
  const { id } = await anUpload(office);
  for (const name of ["   ", "ö".repeat(121)]) {
    const { status, body } = await ask(rename, {
      ...office.at.ofImage(id, "/rename"),
      cookie: office.cookies.member,
      form: { name },
    });
    expect(status).toBe(400);
    expect(body).toEqual({ status: "error", initialValue: { name }, error: { name: [expect.any(String)] } });
  }
  const longest = { name: "😀".repeat(120), stay: "yes" };
  const { body } = await ask(rename, {
    ...office.at.ofImage(id, "/rename"),
    cookie: office.cookies.member,
    form: longest,
  });
  expect(body).toEqual({ status: "success" });
});

test("no read or write of one organization touches the images of another", async () => {
  const [mine, other] = [await anOffice(), await anOffice()];
  const { id } = await anUpload(other, { name: "theirs.png" });
  const cookie = mine.cookies.owner;
  for (const at of [mine.at, other.at]) {
    expect((await ask(imagePage, { ...at.ofImage(id), cookie })).status).toBe(404);
    expect((await ask(rename, { ...at.ofImage(id), cookie, form: { name: "taken over" } })).status).toBe(404);
    expect((await ask(remove, { ...at.ofImage(id), cookie, method: "POST" })).status).toBe(404);
  }
  expect((await ask(images, { ...mine.at.data(), cookie })).body).toMatchObject({ images: [], total: 0 });
  expect((await ask(images, { ...other.at.data(), cookie })).status).toBe(404);
  expect((await ask(upload, { ...other.at.files, cookie, form: aForm(aPicture()) })).status).toBe(404);
  const [kept] = await db.select().from(image).where(eq(image.id, id));
  expect(kept).toMatchObject({ name: "theirs", organizationId: other.id });
  expect(await rowOf(other.id)).toMatchObject({ imageCount: 1 });
});

test("a page has 24 images, newest first and then by id; a page beyond the end redirects to the last one", async () => {
  const { at, cookies, id } = await anOffice();
  const instant = new Date("2026-11-01T12:00:00Z");
  const rows = Array.from({ length: 50 }, (_, index) => ({
    id: crypto.randomUUID(),
    organizationId: id,
    name: `image ${index}`,
    type: "image/png" as const,
    size: 1,
    createdAt: index < 15 ? instant : new Date(instant.getTime() + index),
  }));
  await db.insert(image).values(rows);
  const expected = rows
    .toSorted((one, two) => two.createdAt.getTime() - one.createdAt.getTime() || (one.id < two.id ? 1 : -1))
    .map((row) => row.id);
  const shown: string[] = [];
  for (const page of [1, 2, 3]) {
    const { body } = await ask(images, { ...at.data(`?page=${page}`), cookie: cookies.member });
    shown.push(...(body as ImagesPage).images.map((each) => each.id));
  }
  expect(shown).toEqual(expected);
  const far = await ask(galleryPage, { ...at.of("?page=9"), cookie: cookies.member });
  expect([far.status, far.headers.get("Location")]).toEqual([302, `${at.of("").url}?page=3`]);
  expect((await ask(images, { ...at.data("?page=0"), cookie: cookies.member })).status).toBe(400);

  const middle = await ask(imagePage, { ...at.ofImage(expected[10] ?? ""), cookie: cookies.member });
  expect(middle.body).toMatchObject({ previous: expected[9], next: expected[11] });
  const ends = await Promise.all(
    [0, 49].map((place) => ask(imagePage, { ...at.ofImage(expected[place] ?? ""), cookie: cookies.member })),
  );
  expect(ends.map(({ body }) => body)).toMatchObject([{ previous: null }, { next: null }]);
});

test("the last page of 100,000 images takes one trip", async () => {
  const { at, cookies, id } = await anOffice({ storageQuota: 1_000_000_000 });
  // In portions, because each insert holds the write lock that the tests running beside this one need.
  for (let portion = 0; portion < 20; portion += 1) {
    await db.run(sql`
      with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 5000)
      insert into image (id, organization_id, name, type, size, created_at)
      select ${`${portion}-`} || n, ${id}, 'image ' || n, 'image/png', 1, ${Date.now()} + n from numbers`);
  }
  const { body, services } = await ask(images, { ...at.data("?page=4167"), cookie: cookies.member });
  expect(services.trace.trips).toBe(1);
  expect(body).toMatchObject({ total: 100_000, pages: 4167, images: { length: 16 } });
});
