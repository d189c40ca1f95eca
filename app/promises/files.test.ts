import { env } from "cloudflare:test";
import { expect, test } from "vitest";
import { serverFeatures } from "../features.server.ts";
import { testDatabase } from "../test/database.ts";
import { addressOf, furnished, isTable, opened } from "../test/doors.ts";
import { ask } from "../test/requests.ts";

const db = testDatabase();

test("every file that a form stores is of a kind that the sweep deletes without its row", async () => {
  const { team, params, form } = await furnished(db);
  const sending = opened.filter((each) => each.method === "POST" && !isTable(each));
  const withFiles = sending.filter(({ file }) => {
    const sent = form(file);
    return sent instanceof FormData && [...sent.values()].some((value) => value instanceof File);
  });
  expect(withFiles.length).toBeGreaterThan(1);
  for (const each of withFiles) {
    const asked = { ...addressOf(each, params), cookie: team.owner.cookie, form: form(each.file) };
    expect((await ask(each.door, asked)).status, each.file).toBeLessThan(400);
  }
  // Other tests share the storage.
  const folders = [`organizations/${team.organization.id}/`, `people/${team.owner.person.id}/`];
  const listed = await Promise.all(folders.map((prefix) => env.FILES.list({ prefix })));
  const keys = listed.flatMap(({ objects }) => objects.map(({ key }) => key));
  expect(keys.length).toBeGreaterThan(1);
  const owners = serverFeatures.flatMap(({ files }) => (files === undefined ? [] : [files(db)]));
  const strays = keys.filter((key) => !owners.some((owner) => owner.owns(key)));
  expect(strays, "these would stay for ever: add `files` to feature.server.ts of their domain").toEqual([]);
});
