import { eq } from "drizzle-orm";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "react-router";
import { expect, test, vi } from "vitest";
import { image } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { createDecoder } from "#app/pictures/readable.server.ts";
import { type Services, servicesContext } from "#app/request/services.server.ts";
import { loader as thumbnail } from "#app/routes/files/image.ts";
import { action as upload } from "#app/routes/organizations/gallery.files.ts";
import { action as uploadForm } from "#app/routes/organizations/gallery.upload.ts";
import { action as changeLogo } from "#app/routes/organizations/settings.logo.tsx";
import { createAnsweringStorage } from "#app/storage/answering.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import { testDatabase } from "#app/test/database.ts";
import { FAULTS, type Fault, logged, withFiles, withFilesToOpen } from "#app/test/outages.ts";
import { aDamagedPicture, aForm, aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { THUMBNAIL_WIDTHS } from "./limits.ts";

const db = testDatabase();

type Args = LoaderFunctionArgs & ActionFunctionArgs;

function unwell(handler: (args: Args) => Promise<unknown>, part: (services: Services) => Partial<Services>) {
  return async (args: Args) => {
    const services = args.context.get(servicesContext);
    const broken = part(services);
    args.context.set(servicesContext, { ...services, ...broken, forGrants: { ...services.forGrants, ...broken } });
    return handler(args);
  };
}

/** A storage that accepts files, and breaks off in the middle of each file that is read. */
function breakingOff({ storage }: Services): { storage: FileStorage } {
  const broken: FileStorage = {
    ...storage,
    async get(key, range) {
      const file = await storage.get(key, range);
      if (file === null) return null;
      const bytes = await new Response(file.body).bytes();
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(bytes.slice(0, 40)),
        pull: (controller) => controller.error(new Error("Network connection lost.")),
      });
      return { ...file, body };
    },
  };
  return { storage: createAnsweringStorage(broken, { answerWithinMs: 2_000, report: () => {} }) };
}

/** An Images service that accepts pictures and never responds; it counts the pending calls. */
function aSilentService() {
  let waiting = 0;
  const output = () => {
    waiting += 1;
    return new Promise<never>(() => {});
  };
  const never = { transform: () => never, draw: () => never, output };
  const images = { input: () => never } as unknown as ImagesBinding;
  const silent = () => ({ decode: createDecoder(images, { answerWithinMs: 100 }) });
  return { silent, waiting: () => waiting };
}

async function aGallery() {
  const { owner, at, organization: kept } = await aTeam(db);
  const toGallery = { ...at("gallery"), cookie: owner.cookie };
  const data = { ...toGallery, url: `${toGallery.url}/files`, headers: { Accept: "application/json" } };
  const used = async () => (await db.select().from(organization).where(eq(organization.id, kept.id)))[0]?.storageUsed;
  const small = (image: string) => ({
    url: `/files/${kept.slug}/images/${image}?width=${THUMBNAIL_WIDTHS[0]}`,
    params: { organization: kept.slug, image },
    cookie: owner.cookie,
  });
  return { owner, at, toGallery, data, used, small };
}

const idIn = ({ body }: { body: unknown }) => (body as { image: { id: string } }).image.id;

test("an upload gets 503, not 415, when the storage breaks while the first thumbnail is made", async () => {
  const { data, toGallery, used } = await aGallery();
  const faults = vi.spyOn(console, "error");
  for (const [action, asked] of [
    [upload, data],
    [uploadForm, toGallery],
  ] as const) {
    const { status } = await ask(unwell(action, breakingOff), { ...asked, form: aForm(aPicture()) });
    expect([asked.url, status]).toEqual([asked.url, 503]);
    expect(faults.mock.calls.map(([line]) => JSON.parse(line))).toMatchObject([{ outage: "storage" }]);
    faults.mockClear();
  }
  expect(await used()).toBe(0);
  expect((await ask(upload, { ...data, form: aForm(aDamagedPicture()) })).status, "the picture is damaged").toBe(415);
});

test("a thumbnail request gets 503 when the storage breaks while the thumbnail is made", async () => {
  const { data, small } = await aGallery();
  const id = idIn(await ask(unwell(upload, aSilentService().silent), { ...data, form: aForm(aPicture()) }));
  const faults = vi.spyOn(console, "error");
  expect((await ask(unwell(thumbnail, breakingOff), small(id))).status).toBe(503);
  expect(faults.mock.calls.map(([line]) => JSON.parse(line))).toMatchObject([{ outage: "storage" }]);
  faults.mockClear();
});

test("each request waits once for an image service that never responds: images are kept, logos refused", async () => {
  const { owner, at, data, used, small } = await aGallery();
  const { silent, waiting } = aSilentService();
  const sent = await ask(unwell(upload, silent), { ...data, form: aForm(aPicture()) });
  expect([sent.status, await used()]).toEqual([201, 1_000]);
  const shown = await ask(unwell(thumbnail, silent), small(idIn(sent)));
  expect([shown.status, shown.headers.get("Content-Type")]).toEqual([200, "image/svg+xml; charset=utf-8"]);
  const logo = new FormData();
  logo.set("logo", aPicture());
  const refused = await ask(unwell(changeLogo, silent), { ...at("settings/logo"), cookie: owner.cookie, form: logo });
  expect(refused.status).toBe(503);
  expect(waiting()).toBe(3);
});

test.each(FAULTS)("uploading an image gets 503 and opening one fails, both as a storage outage: %s", async (fault) => {
  const { owner, at } = await aTeam(db);
  const toGallery = at("gallery");
  const send = (on: Fault | null) =>
    ask(upload, { ...toGallery, ...withFiles(on), cookie: owner.cookie, form: aForm(aPicture()) });
  const sent = await send(null);
  expect(sent.status).toBe(201);
  const { id } = (sent.body as { image: { id: string } }).image;
  const lost = await send(fault);
  expect(lost.status).toBe(503);
  expect(logged()).toMatchObject([{ outage: "storage" }]);

  const { url, params } = at("images", { image: id });
  const opened = await ask(thumbnail, { url, params, ...withFilesToOpen(fault), cookie: owner.cookie });
  if (fault === "stall") {
    await expect((opened.body as Response).bytes()).rejects.toThrow();
    expect(logged()).toMatchObject([{ outage: "storage" }]);
  } else {
    expect(opened.status).toBe(503);
    expect(logged()).toMatchObject([{ outage: "storage" }]);
  }
});

test("an upload that is broken off gets 400, logs no error and leaves neither a row nor a file", async () => {
  const { owner, at, organization: kept } = await aTeam(db);
  for (const files of [{}, withFiles(null)]) {
    const answer = await ask(
      async (args) => {
        const whole = await args.request.bytes();
        let sent = 0;
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent > whole.length / 2) return controller.error(new Error("Network connection lost."));
            controller.enqueue(whole.slice(sent, sent + 20_000));
            sent += 20_000;
          },
        });
        const { headers, url } = args.request;
        return upload({ ...args, request: new Request(url, { method: "POST", headers, body }) });
      },
      { ...at("gallery"), ...files, cookie: owner.cookie, form: aForm(aPicture({ size: 300_000 })) },
    );
    expect(answer.status).toBe(400);
    expect(logged()).toEqual([]);
    const { files: left } = await answer.services.storage.list(`organizations/${kept.id}/`);
    expect(left, "the storage of this round").toEqual([]);
  }
  expect(await db.$count(image, eq(image.organizationId, kept.id))).toBe(0);
  const [row] = await db.select().from(organization).where(eq(organization.id, kept.id));
  expect(row?.storageUsed).toBe(0);
});
