import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { organization } from "#app/db/schema/organizations.ts";
import { servicesContext } from "#app/request/services.server.ts";
import { loader as membersData } from "#app/routes/api/v1.ts";
import { loader as logo } from "#app/routes/files/logo.ts";
import { loader as ready } from "#app/routes/operations/ready.ts";
import { loader as members } from "#app/routes/organizations/members.tsx";
import { action as changeLogo } from "#app/routes/organizations/settings.logo.tsx";
import { action as rename } from "#app/routes/organizations/settings.tsx";
import { testDatabase } from "#app/test/database.ts";
import {
  expectUnavailable,
  FAULTS,
  type Fault,
  faulty,
  logged,
  REASONS,
  withDatabase,
  withFiles,
  withFilesToOpen,
} from "#app/test/outages.ts";
import { aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();
test.each(FAULTS)("a page and its data get 503 with Retry-After when the database fails: %s", async (fault) => {
  const { owner, at } = await aTeam(db);
  const asked = { ...at("members"), ...withDatabase(fault), cookie: owner.cookie };
  const page = await ask(members, asked);
  expectUnavailable(page, "database", REASONS[fault]);
  expect(page.body).toEqual({ error: "unavailable", requestId: page.services.trace.requestId });
  const data = await ask(membersData, { ...asked, url: `/api/v1/pages${asked.url}` });
  expectUnavailable(data, "database", REASONS[fault]);
  expect(data.headers.get("Content-Type")).toContain("json");
});

test("a page and a change get 503 when the database hangs during the session lookup", async () => {
  const { owner, at } = await aTeam(db);
  const [cold = ""] = owner.cookie.split("; ");
  const asked = { ...at("settings"), ...withDatabase("hang"), cookie: cold };
  expectUnavailable(await ask(members, asked), "database", REASONS.hang);
  const changed = await ask(rename, { ...asked, form: { name: "A name that was typed" } });
  expectUnavailable(changed, "database", REASONS.hang);
  expect(changed.body).toMatchObject({ initialValue: { name: "A name that was typed" } });
});

test("a form that gets 503 keeps what was typed, except secrets, and its page makes no further trip", async () => {
  const { owner, at, organization: kept } = await aTeam(db);
  const form = { name: "A name that was typed", password: "never shown again", code: "704816" };
  const asked = { ...at("settings"), ...withDatabase("hang"), cookie: owner.cookie, form };
  const both = async (args: Parameters<typeof rename>[0]) => {
    const formAgain = await rename(args);
    const { trips } = args.context.get(servicesContext).trace;
    const page = await Promise.resolve(members(args)).catch((thrown: unknown) => thrown);
    return { formAgain, page, trips };
  };
  const { body, services } = await ask(both, { ...asked, answerWithinMs: 2_000 });
  expect(body).toMatchObject({
    formAgain: {
      data: { initialValue: { name: form.name }, error: { "": [expect.stringContaining("isn’t responding")] } },
      init: { status: 503 },
    },
    page: { data: { error: "unavailable", unsent: { name: form.name } }, init: { status: 503 } },
  });
  for (const secret of [form.password, form.code]) expect(JSON.stringify(body)).not.toContain(secret);
  expect(services.trace.trips, "the page makes no round trip").toBe((body as { trips: number }).trips);
  expect(services.trace.headers.get("Retry-After")).toBe("10");
  expect(logged()).toHaveLength(1);
  const data = await ask(rename, { ...asked, headers: { Accept: "application/json" } });
  expectUnavailable(data, "database", REASONS.hang);
  expect(data.body).toMatchObject({ error: "unavailable", fields: { "": [expect.any(String)] } });
  const [row] = await db.select().from(organization).where(eq(organization.id, kept.id));
  expect(row?.name).toBe(kept.name);
});

test.each(FAULTS)("files get 503 when the storage fails, or a broken stream on the way out: %s", async (fault) => {
  const { owner, at, organization: kept } = await aTeam(db);
  const form = new FormData();
  form.set("logo", aPicture({ name: "logo.png" }));
  const send = (on: Fault | null) =>
    ask(changeLogo, { ...at("settings/logo"), ...withFiles(on), cookie: owner.cookie, form });
  expect((await send(null)).status).toBe(303);
  const [row] = await db.select().from(organization).where(eq(organization.id, kept.id));
  expect((await send(fault)).status).toBe(503);
  expect(logged()).toMatchObject([{ outage: "storage" }]);

  const { url, params } = at("logo", { logo: row?.logo ?? "" });
  const opened = await ask(logo, { url, params, ...withFilesToOpen(fault), cookie: owner.cookie });
  if (fault === "stall") {
    await expect((opened.body as Response).bytes()).rejects.toThrow();
  } else {
    expect(opened.status).toBe(503);
  }
  expect(logged()).toMatchObject([{ outage: "storage" }]);
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

test("an aborted request gets 499, a body that breaks off 400, and neither is logged as a fault", async () => {
  const { owner, at } = await aTeam(db);
  const gone = AbortSignal.abort();
  const asked = { ...at("members"), cookie: owner.cookie, signal: gone };
  expect((await ask(members, { ...asked, ...withDatabase("refuse") })).status).toBe(499);
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

test("/readyz says within two seconds whether database or storage fails, and leaves no file behind", async () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  const asked = { url: "/readyz" };
  expect(await ask(ready, asked)).toMatchObject({ status: 200, body: { database: "fulfilled", storage: "fulfilled" } });
  const away = await ask(ready, { ...asked, variables: { DATABASE_URL: faulty.hang.databaseUrl } });
  expect(away).toMatchObject({ status: 503, body: { database: "rejected", storage: "fulfilled" } });
  const { variables } = withFiles(null);
  const wrong = { ...variables, S3_SECRET_ACCESS_KEY: "wrong" };
  const unwritable = await ask(ready, { ...asked, variables: wrong });
  expect(unwritable).toMatchObject({ status: 503, body: { database: "fulfilled", storage: "rejected" } });
  expect(warned.mock.calls.join()).toContain("The database did not respond within 2 s");
  expect(warned.mock.calls.join()).toContain("403");
  warned.mockRestore();
  const filled = await ask(ready, { ...asked, variables });
  expect(filled.status).toBe(200);
  expect((await filled.services.storage.list("public/ready/")).files).toEqual([]);
});
