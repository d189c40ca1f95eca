import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { apiRows } from "#app/api.ts";
import { image } from "#app/db/schema/gallery.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam as aTeamWithKey } from "#app/test/keyed-team.ts";
import { aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";

const db = testDatabase();

async function aKeyedTeam() {
  const made = await aTeamWithKey(db);
  const { id: organizationId } = made.team.organization;
  const aRow = async (name: string, createdAt = new Date()) => {
    const id = crypto.randomUUID();
    await db.insert(image).values({ id, organizationId, name, type: "image/png", size: 1, createdAt });
    return id;
  };
  return { ...made, aRow };
}

test("a key lists images page by page, and images added or deleted meanwhile do not shift the pages", async () => {
  const { call, aRow, root } = await aKeyedTeam();
  const ids: string[] = [];
  for (let place = 0; place < 5; place += 1) ids.unshift(await aRow(`Image ${place}`, new Date(1_000 * place)));
  const first = await call("/images?limit=2");
  expect([first.status, first.services.trace.trips]).toEqual([200, 1]);
  const one = first.body as { data: { id: string }[]; next: string };
  expect(one.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.headers.get("Link")).toBe(`<${root}/images?limit=2&cursor=${one.next}>; rel="next"`);
  await aRow("Newer");
  await db.delete(image).where(eq(image.id, ids[1] ?? ""));
  const rest = await call(`/images?limit=3&cursor=${one.next}`);
  expect(rest.body).toMatchObject({ data: ids.slice(2).map((id) => ({ id })), next: null });
  expect(rest.headers.get("Link")).toBeNull();
});

test("a cursor of another organization's list is refused, and so is an invalid cursor or limit", async () => {
  const [mine, theirs] = [await aKeyedTeam(), await aKeyedTeam()];
  for (const name of ["one", "two"]) await theirs.aRow(name);
  const { body } = await theirs.call("/images?limit=1");
  const { next } = body as { next: string };
  for (const [search, pointer] of [
    [`cursor=${next}`, "/cursor"],
    ["cursor=nonsense", "/cursor"],
    ["limit=0", "/limit"],
    ["limit=101", "/limit"],
  ]) {
    const refused = await mine.call(`/images?${search}`);
    expect([refused.status, refused.headers.get("Content-Type")]).toEqual([400, "application/problem+json"]);
    expect(refused.body).toMatchObject({ code: "invalid", errors: [{ pointer }] });
  }
});

test("a key reads, renames and deletes an image, and the image it reads matches the schema", async () => {
  const { call, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  const shown = await call(`/images/${id}`);
  expect(apiRows.find((row) => row.id === "images.get")?.answers?.parse(shown.body)).toEqual(shown.body);
  const renamed = await call(`/images/${id}`, { method: "PATCH", json: { name: "Sea" } });
  expect([renamed.status, renamed.services.trace.trips]).toEqual([204, 2]);
  expect((await call(`/images/${id}`)).body).toMatchObject({ name: "Sea", createdBy: null });
  expect((await call(`/images/${id}`, { method: "DELETE" })).status).toBe(204);
  const gone = await call(`/images/${id}`, { method: "DELETE" });
  expect([gone.status, gone.body]).toEqual([404, expect.objectContaining({ code: "not-found", status: 404 })]);
});

test("an error has a fixed code, an English message and a pointer to the field", async () => {
  const { call, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  const headers = { "Accept-Language": "de" };
  const { status, body } = await call(`/images/${id}`, { method: "PATCH", json: { name: "" }, headers });
  expect([status, body]).toEqual([
    400,
    {
      type: "/developers#invalid",
      title: "Invalid input",
      status: 400,
      code: "invalid",
      detail: expect.stringMatching(/name/i),
      errors: [{ pointer: "/name", code: "invalid", message: expect.any(String) }],
      requestId: expect.any(String),
    },
  ]);
});

test("a field that no operation knows is refused, and nothing is changed", async () => {
  const { call, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  for (const json of [
    { name: "Sea", size: 1 },
    { name: "Sea", organization: "other" },
    { name: "Sea", image: id },
    // Fields that only forms send.
    { name: "Sea", confirmed: "yes" },
    { name: "Sea", seenBy: "somebody" },
  ]) {
    const { status, body } = await call(`/images/${id}`, { method: "PATCH", json });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ code: "unknown-field", pointer: `/${Object.keys(json)[1]}` }] });
  }
  expect((await call(`/images/${id}`)).body).toMatchObject({ name: "Lake" });
});

test("an unknown query parameter is refused, so that a typo does not return more than was meant", async () => {
  const { call, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  for (const path of ["/images?limt=5", `/images/${id}?limit=5`, "/members?roles=owner"]) {
    const { status, body } = await call(path);
    expect([status, body], path).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ code: "unknown-field" })] }),
    ]);
  }
  expect((await call("/images?limit=5")).status).toBe(200);
});

test("no response is an HTML page, neither for an error nor when a browser navigates to the URL", async () => {
  const { call, team } = await aKeyedTeam();
  const asBrowser = { Accept: "text/html", "Sec-Fetch-Dest": "document" };
  const nowhere = await call("/nowhere", { headers: asBrowser });
  expect([nowhere.status, nowhere.body]).toEqual([404, expect.objectContaining({ code: "not-found" })]);
  const put = await call("/images", { method: "PUT", json: {} });
  expect([put.status, put.body]).toEqual([405, expect.objectContaining({ code: "method-not-allowed" })]);
  expect(put.services.trace.headers.get("Allow")).toBe("GET, HEAD, POST, OPTIONS");
  const options = await call("/images", { method: "OPTIONS" });
  expect([options.status, options.services.trace.headers.get("Allow")]).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
  const nobody = await call("/images", { headers: { Authorization: "Bearer nonsense", ...asBrowser } });
  expect([nobody.status, nobody.headers.get("WWW-Authenticate")]).toEqual([401, 'Bearer error="invalid_token"']);
  const both = await call("/images", { cookie: team.owner.cookie });
  expect([both.status, both.body]).toEqual([400, expect.objectContaining({ code: "two-callers" })]);
  const head = await call("/images", { method: "HEAD" });
  expect([head.status, await (head.body as Response).text?.()]).toEqual([200, ""]);
});

test("a session reads, and writes nothing", async () => {
  const { team, root, aRow } = await aKeyedTeam();
  const id = await aRow("Lake");
  const at = { cookie: team.owner.cookie, url: `${root}/images/${id}` };
  expect((await ask(api as never, at)).status).toBe(200);
  expect((await ask(api as never, { ...at, method: "DELETE" })).status).toBe(401);
  expect(await db.$count(image, eq(image.id, id))).toBe(1);
});

test("a key uploads an image and streams its file", async () => {
  const { team, key, root, call } = await aKeyedTeam();
  const headers = { Authorization: `Bearer ${key.secret}` };
  const made = await ask(api as never, { url: `${root}/images`, form: anUpload(), headers });
  expect([made.status, made.services.trace.trips]).toEqual([201, 2]);
  const { id } = made.body as { id: string };
  expect(made.headers.get("Location")).toBe(`${root}/images/${id}`);
  expect((await call(`/images/${id}`)).body).toMatchObject({ id, createdBy: { id: key.id, name: key.name } });
  const file = await call(`/images/${id}/file`);
  expect([file.status, file.headers.get("Content-Type")]).toEqual([200, "image/png"]);
  await (file.body as Response).arrayBuffer();
  expect(await db.$count(image, eq(image.organizationId, team.organization.id))).toBe(1);
});

function anUpload(): FormData {
  const form = new FormData();
  form.set("file", aPicture());
  return form;
}

test("an image can also be uploaded as the whole body, and gets its name from the request", async () => {
  const { call, root, key } = await aKeyedTeam();
  const headers = { Authorization: `Bearer ${key.secret}` };
  const send = (file: File) => ask(api as never, { url: `${root}/images`, method: "POST", headers, file });
  const made = await send(aPicture({ name: "Lac d’été.png" }));
  expect([made.status, made.services.trace.trips]).toEqual([201, 2]);
  const shown = await call(`/images/${(made.body as { id: string }).id}`);
  expect(shown.body).toMatchObject({ name: "Lac d’été", type: "image/png", size: 1_000 });
  const page = new File(["<!doctype html>"], "page.png", { type: "image/png" });
  expect((await send(page)).body).toMatchObject({ status: 415, errors: [{ pointer: "/file" }] });
});
