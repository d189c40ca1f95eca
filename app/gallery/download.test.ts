import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { loader as download } from "#app/routes/organizations/gallery.download.ts";
import { action as upload } from "#app/routes/organizations/gallery.files.ts";
import { testDatabase } from "#app/test/database.ts";
import { aForm, aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { unzip } from "#app/test/unzip.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

async function anUpload(team: Team, name: string): Promise<string> {
  const { url, params } = team.at("gallery");
  const asked = { url: `${url}/files`, params, cookie: team.plain.cookie, form: aForm(aPicture({ name })) };
  return ((await ask(upload, asked)).body as { image: { id: string } }).image.id;
}

function zipOf(team: Team, { cookie }: Colleague, ids: readonly string[]) {
  const search = new URLSearchParams(ids.map((id) => ["image", id]));
  const { url, params } = team.at("gallery/download");
  return ask(download, { url: `${url}?${search}`, params, cookie });
}

async function namesIn(body: unknown): Promise<string[]> {
  return Object.keys(unzip(await (body as Response).bytes()));
}

test("selected images are downloaded in one trip as a ZIP with their files, each under a unique name", async () => {
  const team = await aTeam(db);
  const ids = [];
  for (const name of ["Lake.png", "lake.png", "A:B?.png", "....png"]) ids.push(await anUpload(team, name));
  const { status, headers, body, services } = await zipOf(team, team.plain, ids);
  expect([status, headers.get("Content-Type"), services.trace.trips]).toEqual([200, "application/zip", 1]);
  expect(headers.get("Content-Disposition")).toMatch(/^attachment; filename="example-.+-images-\d{4}-\d\d-\d\d\.zip"$/);
  const files = unzip(await (body as Response).bytes());
  const names = Object.keys(files).map((name) => name.toLowerCase());
  expect(names.sort()).toEqual(["a-b-.png", "image.png", "lake (2).png", "lake.png"]);
  for (const file of Object.values(files)) expect(file.slice(1, 4)).toEqual(new TextEncoder().encode("PNG"));
});

test("a ZIP contains no image of another organization, and a request for only such images gets 404", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const [own, foreign] = [await anUpload(team, "own.png"), await anUpload(other, "foreign.png")];
  expect(await namesIn((await zipOf(team, team.admin, [own, foreign])).body)).toEqual(["own.png"]);
  expect((await zipOf(team, team.admin, [foreign])).status).toBe(404);
  expect((await zipOf(other, team.admin, [foreign])).status).toBe(404);
  expect((await zipOf(team, team.admin, ["x"])).status).toBe(400);
});

test("a ZIP leaves out an image whose file is gone, and has the others", async () => {
  const team = await aTeam(db);
  const ids = [await anUpload(team, "gone.png"), await anUpload(team, "kept.png")];
  await env.FILES.delete(`organizations/${team.organization.id}/images/${ids[0]}`);
  expect(await namesIn((await zipOf(team, team.admin, ids)).body)).toEqual(["kept.png"]);
});
