import { eq } from "drizzle-orm";
import { expect, inject, test, vi } from "vitest";
import { organization } from "#app/db/schema/organizations.ts";
import { loader as gallery, action as upload } from "#app/routes/api/gallery.ts";
import { loader as image } from "#app/routes/files/image.ts";
import { loader as logo } from "#app/routes/files/logo.ts";
import { loader as ready } from "#app/routes/operations/ready.ts";
import { action as rename } from "#app/routes/organizations/settings.tsx";
import { testDatabase } from "#app/test/database.ts";
import { aForm, aPicture } from "#app/test/pictures.ts";
import { type Answered, ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();
const faulty = inject("faulty");
const { bucket, accessKeyId, secretAccessKey } = inject("s3");

type Fault = keyof typeof faulty;
const FAULTS: Fault[] = ["hang", "stall", "unwell", "drop", "refuse"];

const REASONS: Record<Fault, string> = {
  hang: "gave no answer within 0.2 s",
  stall: "gave no answer within 0.2 s",
  unwell: "answered 503",
  drop: "cannot be reached",
  refuse: "cannot be reached",
};

function withDatabase(fault: Fault) {
  return { variables: { DATABASE_URL: faulty[fault].databaseUrl }, answerWithinMs: 200 };
}

function withFiles(fault: Fault | null) {
  const S3_ENDPOINT = fault === null ? inject("s3").url : faulty[fault].s3Url;
  const account = { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey };
  return { variables: { S3_ENDPOINT, S3_BUCKET: bucket, ...account }, ...(fault && { answerWithinMs: 200 }) };
}

/** The lines of faults so far, which a test means to cause. */
function logged(): Record<string, string>[] {
  const spy = vi.spyOn(console, "error");
  const lines = spy.mock.calls.map(([line]) => JSON.parse(String(line)));
  spy.mockClear();
  return lines;
}

function expectUnavailable({ status, services }: Answered, part: string, reason: string) {
  expect(status).toBe(503);
  expect(services.trace.headers.get("Retry-After")).toBe("10");
  const lines = logged();
  expect(lines, "one line for one request").toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: "error", outage: part, requestId: services.trace.requestId });
  expect(lines[0]?.fault).toContain(`The ${part} ${reason}`);
}

test.each(FAULTS)("a page and its data get 503 and when to come back: the database and %s", async (fault) => {
  const { owner, at } = await aTeam(db);
  const asked = { ...at("gallery"), ...withDatabase(fault), cookie: owner.cookie };
  const page = await ask(gallery, asked);
  expectUnavailable(page, "database", REASONS[fault]);
  expect(page.body).toEqual({ error: "unavailable", requestId: page.services.trace.requestId });
  const data = await ask(gallery, { ...asked, url: `/api${asked.url}` });
  expectUnavailable(data, "database", REASONS[fault]);
  expect(data.headers.get("Content-Type")).toContain("json");
});

test("a session that must be looked up gets the same, for a page and for a change", async () => {
  const { owner, at } = await aTeam(db);
  const [cold = ""] = owner.cookie.split("; ");
  const asked = { ...at("settings"), ...withDatabase("hang"), cookie: cold };
  expectUnavailable(await ask(gallery, asked), "database", REASONS.hang);
  const changed = await ask(rename, { ...asked, form: { name: "A name that was typed" } });
  expectUnavailable(changed, "database", REASONS.hang);
  expect(changed.body).toMatchObject({ initialValue: { name: "A name that was typed" } });
});

test("what was typed is kept, except secrets, and nothing is waited for twice", async () => {
  const { owner, at, organization: kept } = await aTeam(db);
  const form = { name: "A name that was typed", password: "never shown again" };
  const asked = { ...at("settings"), ...withDatabase("hang"), cookie: owner.cookie, form };
  const both = async (args: Parameters<typeof rename>[0]) => {
    const formAgain = await rename(args);
    const started = performance.now();
    const page = await Promise.resolve(gallery(args)).catch((thrown: unknown) => thrown);
    return { formAgain, page, waited: performance.now() - started };
  };
  const { body, services } = await ask(both, asked);
  expect(body).toMatchObject({
    formAgain: {
      data: { initialValue: { name: form.name }, error: { "": [expect.stringContaining("not responding")] } },
      init: { status: 503 },
    },
    page: { data: { error: "unavailable", unsent: { name: form.name } }, init: { status: 503 } },
  });
  expect(JSON.stringify(body)).not.toContain(form.password);
  expect((body as { waited: number }).waited).toBeLessThan(100);
  expect(services.trace.headers.get("Retry-After")).toBe("10");
  expect(logged()).toHaveLength(1);
  const data = await ask(rename, { ...asked, headers: { Accept: "application/json" } });
  expectUnavailable(data, "database", REASONS.hang);
  expect(data.body).toMatchObject({ error: "unavailable", fields: { "": [expect.any(String)] } });
  const [row] = await db.select().from(organization).where(eq(organization.id, kept.id));
  expect(row?.name).toBe(kept.name);
});

test.each(FAULTS)("files get 503 too, on their way in and out: the storage and %s", async (fault) => {
  const { owner, at } = await aTeam(db);
  const send = (on: Fault | null) =>
    ask(upload, { ...at("gallery"), ...withFiles(on), cookie: owner.cookie, form: aForm(aPicture()) });
  const sent = await send(null);
  expect(sent.status).toBe(201);
  const { id } = (sent.body as { image: { id: string } }).image;
  const lost = await send(fault);
  expect(lost.status).toBe(503);
  expect(logged()).toMatchObject([{ outage: "storage" }]);

  const { url, params } = at("images", { image: id });
  const opened = await ask(image, { url, params, ...withFiles(fault), cookie: owner.cookie });
  if (fault === "stall") {
    // The head has come by then, so the answer has begun: it breaks off.
    await expect((opened.body as Response).bytes()).rejects.toThrow();
    expect(logged()).toMatchObject([{ outage: "storage" }]);
  } else {
    expect(opened.status).toBe(503);
    expect(logged()).toMatchObject([{ outage: "storage" }]);
  }
});

test("a logo gets 503 when the database is away", async () => {
  const { owner, at } = await aTeam(db);
  const asked = at("logo", { logo: crypto.randomUUID() });
  expectUnavailable(
    await ask(logo, { ...asked, ...withDatabase("refuse"), cookie: owner.cookie }),
    "database",
    REASONS.refuse,
  );
});

test("a person who goes away meets no fault of ours", async () => {
  const { owner, at } = await aTeam(db);
  const gone = AbortSignal.abort();
  const asked = { ...at("gallery"), cookie: owner.cookie, signal: gone };
  expect((await ask(gallery, { ...asked, ...withDatabase("refuse") })).status).toBe(499);
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("name=A+name")),
    pull: (controller) => controller.error(new Error("Network connection lost.")),
  });
  const request = new Request("http://localhost:5173/x", {
    method: "POST",
    body: broken,
    headers: { "Content-Type": "application/x-www-form-urlencoded", Cookie: owner.cookie },
  });
  const cutOff = await ask(async (args) => rename({ ...args, request }), {
    ...at("settings"),
    cookie: owner.cookie,
    form: {},
  });
  expect(cutOff.status).toBe(400);
  expect(logged()).toEqual([]);
});

test("an upload that is broken off is no fault, and leaves no row and no file", async () => {
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
  }
  const [row] = await db.select().from(organization).where(eq(organization.id, kept.id));
  expect(row?.storageUsed).toBe(0);
});

test("readiness tells in two seconds what takes no writes, and leaves nothing behind", async () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  const asked = { url: "/readyz" };
  expect(await ask(ready, asked)).toMatchObject({ status: 200, body: { database: "fulfilled", storage: "fulfilled" } });
  const away = await ask(ready, { ...asked, variables: { DATABASE_URL: faulty.hang.databaseUrl } });
  expect(away).toMatchObject({ status: 503, body: { database: "rejected", storage: "fulfilled" } });
  const { variables } = withFiles(null);
  const wrong = { ...variables, S3_SECRET_ACCESS_KEY: "wrong" };
  const unwritable = await ask(ready, { ...asked, variables: wrong });
  expect(unwritable).toMatchObject({ status: 503, body: { database: "fulfilled", storage: "rejected" } });
  expect(warned.mock.calls.join()).toContain("The database gave no answer within 2 s");
  expect(warned.mock.calls.join()).toContain("403");
  warned.mockRestore();
  const filled = await ask(ready, { ...asked, variables });
  expect(filled.status).toBe(200);
  expect((await filled.services.storage.list("public/ready/")).files).toEqual([]);
});
