import { and, eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { apiRows } from "#app/api.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { image } from "#app/db/schema/gallery.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { type ApiRow, showsOneThing, thingOf } from "#app/operation/api-row.server.ts";
import { conditionsOf } from "#app/operation/conditions.server.ts";
import { permissions } from "#app/tenancy/permissions.ts";
import { bodies, bodyOf } from "#app/test/api-bodies.ts";
import { anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { doneIn } from "#app/test/entries.ts";
import { furnish } from "#app/test/furnish.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { aPicture } from "#app/test/pictures.ts";
import type { Answered } from "#app/test/requests.ts";

const db = testDatabase();

async function furnished() {
  const made = await aKeyedTeam(db, Object.keys(permissions));
  const { team, key } = made;
  await db.update(apiKey).set({ lastUsedAt: new Date() }).where(eq(apiKey.id, key.id));
  const { id: invitation } = await anInvitation(db, { organization: team.organization });
  const things = await furnish(db, { organizationId: team.organization.id, userId: team.owner.person.id });
  const ids: Record<string, string> = { ...things, member: team.plain.member, invitation };
  const pathOf = ({ path }: { path: string }) =>
    path.replace("/organizations/{organization}", "").replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
  const tagOf = async (path: string) => (await made.call(path)).headers.get("ETag") ?? "";
  const entries = () => db.$count(auditEntry, doneIn(team.organization));
  /** The slug is new each time, since a slug that one organization has had is not free for another. */
  const bodyFor = ({ id }: ApiRow) =>
    id === "organization.move" ? { slug: `tagged-${crypto.randomUUID().slice(0, 8)}` } : (bodyOf(id, ids) ?? {});
  return { ...made, pathOf, tagOf, bodyFor, entries };
}

const seen = ({ status, body }: Answered) => [status, (body as { code?: string } | null)?.code];
const CHANGED = [412, "precondition-failed"];

for (const row of apiRows.filter(showsOneThing)) {
  test(`${row.id} has a strong ETag, and a client that has it gets 304`, async () => {
    const { call, pathOf } = await furnished();
    const path = pathOf(row);
    const first = await call(path);
    const tag = first.headers.get("ETag") ?? "";
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    expect(first.headers.get("Cache-Control")).toBe("private, no-cache, no-transform");
    for (const known of [tag, `W/${tag}`, `"another", ${tag}`, "*"]) {
      const again = await call(path, { headers: { "If-None-Match": known } });
      expect([again.status, again.headers.get("ETag"), again.services.trace.trips]).toEqual([304, tag, 1]);
      expect((again.body as Response).body).toBeNull();
    }
    for (const other of ['"another"', 'W/"another"']) {
      expect((await call(path, { headers: { "If-None-Match": other } })).status).toBe(200);
      expect(seen(await call(path, { headers: { "If-Match": other } }))).toEqual(CHANGED);
    }
    expect((await call(path, { headers: { "If-Match": tag } })).status).toBe(200);
  });
}

test("a list response has no ETag", async () => {
  const { call } = await furnished();
  for (const path of ["/members", "/invitations", "/webhooks"]) {
    const { status, headers } = await call(path, { headers: { "If-None-Match": '"any"' } });
    expect([path, status, headers.get("ETag")]).toEqual([path, 200, null]);
  }
});

const conditional = apiRows.filter(
  (row) => row.operation.kind === "write" && row.file === undefined && thingOf(apiRows, row) !== null,
);

const WITHOUT_CONDITIONS: Record<string, string> = {
  "deliveries.replay": "Programs cannot read one delivery, so there is no ETag of it.",
};

test("every write that does not create accepts conditions on the thing that it changes", () => {
  const known = ["organization.update", "organization.move", "organization.delete-logo", "members.update"];
  const others = ["members.delete", "invitations.update", "invitations.resend", "invitations.delete"];
  const ofWebhooks = ["update", "enable", "disable", "delete", "test", "replay"].map((id) => `webhooks.${id}`);
  expect(conditional.map(({ id }) => id)).toEqual(expect.arrayContaining([...known, ...others, ...ofWebhooks]));
  const changing = apiRows.filter((row) => row.operation.kind === "write" && row.status !== 201);
  const without = changing.filter((row) => thingOf(apiRows, row) === null).map(({ id }) => id);
  expect(without.sort()).toEqual(Object.keys(WITHOUT_CONDITIONS).sort());
});

const changes: Record<string, (organizationId: string) => Promise<unknown>> = {
  "organization.get": (id) => db.update(organization).set({ name: "Meanwhile" }).where(eq(organization.id, id)),
  "images.get": (id) => db.update(image).set({ name: "Meanwhile" }).where(eq(image.organizationId, id)),
  "members.get": (id) => db.run(`update member set role = 'admin' where organization_id = '${id}' and role = 'member'`),
  "invitations.get": (id) => db.run(`update invitation set role = 'admin' where organization_id = '${id}'`),
  "webhooks.get": (id) => db.run(`update webhook_endpoint set description = 'x' where organization_id = '${id}'`),
};

for (const row of conditional) {
  const thing = thingOf(apiRows, row);
  if (thing === null) throw new Error(row.id);

  test(`${row.id} succeeds with the current ETag, in two trips, and gets 412 with any other`, async () => {
    const { call, pathOf, tagOf, bodyFor, entries } = await furnished();
    const sending = { method: row.method, json: bodyFor(row) };
    const tag = await tagOf(pathOf(thing));
    for (const headers of [
      { "If-Match": '"stale"' },
      { "If-Match": `W/${tag}` },
      { "If-None-Match": tag },
      { "If-None-Match": `W/${tag}` },
      { "If-None-Match": "*" },
      { "If-Match": tag, "If-None-Match": tag },
    ]) {
      expect([headers, ...seen(await call(pathOf(row), { ...sending, headers }))]).toEqual([headers, ...CHANGED]);
    }
    for (const headers of [{ "If-Match": "" }, { "If-Match": tag.slice(1) }, { "If-None-Match": "*, *" }]) {
      const refused = await call(pathOf(row), { ...sending, headers });
      expect([headers, ...seen(refused)]).toEqual([headers, 400, "precondition-unreadable"]);
    }
    expect([await entries(), await tagOf(pathOf(thing))]).toEqual([0, tag]);
    const made = await call(pathOf(row), { ...sending, headers: { "If-Match": `"stale" , ${tag}` } });
    expect([made.status, made.services.trace.trips]).toEqual([row.status, 2]);
  });

  const meanwhile = changes[thing.id];
  if (meanwhile === undefined) continue;

  test(`${row.id} changes nothing where the thing changed between the check and the change`, async () => {
    const { call, pathOf, tagOf, bodyFor, entries, team } = await furnished();
    const operation = row.operation as unknown as { execute(grant: unknown, input: unknown): unknown };
    const { execute } = operation;
    const tag = await tagOf(pathOf(thing));
    using _interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
      await meanwhile(team.organization.id);
      return execute(grant, input);
    });
    const headers = { "If-Match": tag };
    const answered = await call(pathOf(row), { method: row.method, json: bodyFor(row), headers });
    expect([...seen(answered), answered.services.trace.trips]).toEqual([...CHANGED, 2]);
    expect(await entries()).toBe(0);
    expect(await tagOf(pathOf(thing))).not.toBe(tag);
  });
}

test("of twenty parallel changes with the same ETag, one succeeds and writes one entry", async () => {
  for (const [path, sending] of [
    ["", (each: number) => ({ method: "PATCH", json: { name: `Name ${each}` } })],
    ["", () => ({ method: "PATCH", json: { name: "The same" } })],
    ["/invitations/{invitation}", () => ({ method: "PATCH", json: { role: "admin" } })],
    ["/webhooks/{webhook}", () => ({ method: "PUT", json: { ...(bodies["webhooks.update"] as object) } })],
  ] as const) {
    const { call, pathOf, tagOf, entries } = await furnished();
    const at = pathOf({ path: `/organizations/{organization}${path}` });
    const headers = { "If-Match": await tagOf(at) };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, each) => call(at, { ...sending(each), headers }).then(({ status }) => status)),
    );
    expect(answers.toSorted()).toEqual([204, ...Array(19).fill(412)]);
    expect(await entries()).toBe(1);
  }
});

test("of twenty parallel deletes with the same ETag, one succeeds and the others get 412 or 404", async () => {
  const { call, pathOf, tagOf, entries } = await furnished();
  const at = pathOf({ path: "/organizations/{organization}/webhooks/{webhook}" });
  const headers = { "If-Match": await tagOf(at) };
  const answers = await Promise.all(Array.from({ length: 20 }, () => call(at, { method: "DELETE", headers })));
  const others = answers.map(({ status }) => status).filter((status) => status !== 204);
  expect(others).toHaveLength(19);
  expect(others.filter((status) => status !== 412 && status !== 404)).toEqual([]);
  expect(await entries()).toBe(1);
  expect((await call(at, { method: "DELETE", headers })).status).toBe(404);
});

test("a logo changes the organization's ETag, so of twenty parallel logos for one ETag one succeeds", async () => {
  const { call, tagOf, team } = await furnished();
  const before = await tagOf("");
  const send = () => call("/logo", { method: "PUT", file: aPicture(), headers: { "If-Match": before } });
  const answers = await Promise.all(Array.from({ length: 20 }, send));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, ...Array(19).fill(412)]);
  expect(await tagOf("")).not.toBe(before);
  const ofLogos = and(
    eq(auditEntry.organizationId, team.organization.id),
    eq(auditEntry.action, "organization.logo-changed"),
  );
  expect(await db.$count(auditEntry, ofLogos)).toBe(1);
});

test("creating a thing in a list accepts If-Match: * and refuses an ETag", async () => {
  const { call } = await furnished();
  const inviting = { method: "POST", json: { email: "tagged@person.test", role: "member" } };
  expect(seen(await call("/invitations", { ...inviting, headers: { "If-Match": '"any"' } }))).toEqual(CHANGED);
  expect((await call("/invitations", { ...inviting, headers: { "If-Match": "*" } })).status).toBe(201);
});

test("a key without read permission can use If-Match, and a missing thing is 404 with any ETag", async () => {
  const { call, pathOf, tagOf, key } = await furnished();
  const at = pathOf({ path: "/organizations/{organization}/webhooks/{webhook}" });
  const tag = await tagOf(at);
  const permissions = ["webhook:manage"];
  await db.update(apiKey).set({ permissions }).where(eq(apiKey.id, key.id));
  const named = (description: string, ifMatch: string) => {
    const json = { url: "http://127.0.0.1:9/", description, events: ["member.left"] };
    return call(at, { method: "PUT", json, headers: { "If-Match": ifMatch } });
  };
  expect((await call(at)).status).toBe(403);
  expect((await named("One", '"stale"')).status).toBe(412);
  expect((await named("One", tag)).status).toBe(204);
  expect((await named("Two", tag)).status).toBe(412);
  const gone = `/webhooks/${crypto.randomUUID()}`;
  const missing = await call(gone, { method: "DELETE", headers: { "If-Match": tag } });
  expect(missing.status).toBe(404);
});

test("the same Idempotency-Key gets the first response again, even if its ETag is stale by then", async () => {
  const { call, tagOf, entries } = await furnished();
  const headers = { "If-Match": await tagOf(""), "Idempotency-Key": crypto.randomUUID() };
  const send = () => call("", { method: "PATCH", json: { name: "Once" }, headers });
  const [first, again] = [await send(), await send()];
  expect([first.status, again.status, again.headers.get("Idempotency-Replayed")]).toEqual([204, 204, "true"]);
  expect(await entries()).toBe(1);
});

test("lists of ETags are parsed as RFC 9110 defines them", () => {
  const read = (said: string) => {
    const conditions = conditionsOf(new Headers({ "If-Match": said }));
    return conditions === "unreadable" ? conditions : conditions.match;
  };
  expect(read('"a"')).toEqual(['"a"']);
  expect(read(' "a" ,, W/"b",')).toEqual(['"a"', 'W/"b"']);
  expect(read('"a,b","c"')).toEqual(['"a,b"', '"c"']);
  expect(read('""')).toEqual(['""']);
  expect(read(" * ")).toBe("*");
  for (const wrong of ["", " ", "a", '"a', 'a"', '"a" "b"', '"a""b"', 'w/"a"', '*, "a"', '"a", b', "**", ","]) {
    expect([wrong, read(wrong)]).toEqual([wrong, "unreadable"]);
  }
});
