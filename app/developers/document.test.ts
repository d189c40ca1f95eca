import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import { apiRows } from "#app/api.ts";
import { mail } from "#app/db/schema/mail.ts";
import { formerSlug, organization } from "#app/db/schema/organizations.ts";
import type { ApiRow } from "#app/operation/api-row.server.ts";
import { TITLES } from "#app/request/problem-json.server.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { permissions } from "#app/tenancy/permissions.ts";
import { thingsIn } from "#app/test/api-bodies.ts";
import { anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { furnish } from "#app/test/furnish.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { ask } from "#app/test/requests.ts";
import { openApiOf } from "./document.server.ts";
import type { OpenApi } from "./open-api.ts";

const url = "/api/v1/openapi.json";

const asked = (more: Partial<Parameters<typeof ask>[1]> = {}) => ask(api as never, { url, ...more });

const document = (await asked()).body as OpenApi;

test("the document is public, can be cached, and is sent again only when it has changed", async () => {
  const { status, headers, body } = await asked();
  expect([status, headers.get("Content-Type")]).toEqual([200, "application/json"]);
  expect(headers.get("Cache-Control")).toBe("public, max-age=300");
  expect(body).toMatchObject({ openapi: "3.1.1", servers: [{ url: "http://localhost:5173/api/v1" }] });
  const etag = headers.get("ETag") ?? "";
  for (const known of [etag, `"other", W/${etag}`]) {
    expect((await asked({ headers: { "If-None-Match": known } })).status, known).toBe(304);
  }
  expect((await asked({ headers: { "If-None-Match": '"other"' } })).status).toBe(200);
  const other = await asked({ variables: { API_READS_PER_MINUTE: "7" } });
  expect(other.headers.get("ETag")).not.toBe(etag);
  expect(JSON.stringify(other.body)).toContain("7 reads");
});

test("the document is cached as private for a request with cookies", async () => {
  expect((await asked({ cookie: "some=thing" })).headers.get("Cache-Control")).toBe("private, max-age=300");
});

test("a POST to the document is refused as a problem, and OPTIONS lists the allowed methods", async () => {
  const posted = await asked({ method: "POST", json: {} });
  expect([posted.status, posted.headers.get("Content-Type")]).toEqual([405, "application/problem+json"]);
  expect((await asked({ method: "OPTIONS" })).services.trace.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
});

test("two different schemas of the same name are an error", () => {
  const found = apiRows.find(({ answers }) => answers?.meta()?.id === "Organization") as ApiRow;
  const making = { appUrl: "http://localhost", limits: { reads: 1, writes: 1 }, events: [] };
  const called = (id: string): ApiRow => ({ ...found, answers: z.object({ words: z.string() }).meta({ id }) });
  expect(() => openApiOf([found, called("Organization")], making)).toThrow('has two schemas called "Organization"');
  for (const own of ["Problem", "Event"])
    expect(() => openApiOf([called(own)], making)).toThrow(`has two schemas called "${own}"`);
  expect(openApiOf([found, found, called("Words")], making).components.schemas).toHaveProperty("Words");
});

test("the document names every row, with its permission and each reason that it may refuse with", () => {
  for (const { id, method, path, operation } of apiRows) {
    const said = document.paths[path]?.[method.toLowerCase()];
    expect(said, id).toMatchObject({ operationId: id, "x-permission": operation.authorize });
    const answers = Object.entries(said?.responses ?? {}).map(([status, answer]) => [
      Number(status),
      "$ref" in answer ? answer.$ref : "",
    ]);
    const reasons = operation.kind === "write" ? Object.entries(operation.refused) : [];
    for (const [reason, { status }] of reasons) {
      expect(answers, `${id} ${reason}`).toContainEqual([status, expect.stringMatching(`\\.${reason}(\\.|$)`)]);
    }
  }
});

test("every write names what it answers to a condition, and none names a question that only people are asked", () => {
  for (const { id, method, path } of apiRows.filter(({ operation }) => operation.kind === "write")) {
    const answers = JSON.stringify(document.paths[path]?.[method.toLowerCase()]?.responses);
    expect(answers, id).toMatch(/"412":.*\.precondition-failed/);
    expect(answers, id).toMatch(/"400":[^}]*\.precondition-unreadable/);
    expect(answers, id).not.toContain("ask-first");
  }
});

test("the document says what each kind of operation takes besides its path, and which headers it gives", () => {
  const at = (method: string, path: string) => document.paths[`/organizations/{organization}${path}`]?.[method];
  const last = (reference: string) => reference.slice(reference.lastIndexOf("/") + 1);
  const summary = (method: string, path: string) => {
    const { parameters = [], requestBody, responses = {} } = at(method, path) ?? {};
    const takes = parameters.flatMap((each) =>
      "$ref" in each ? last(each.$ref) : each.in === "path" ? [] : each.name,
    );
    const types = Object.keys(requestBody?.content ?? {});
    const gives = Object.entries(responses).flatMap(([status, each]) =>
      "$ref" in each ? [] : `${status} ${Object.keys(each.headers ?? {}).slice(3)}`,
    );
    return { takes, types, isNeeded: requestBody?.required, gives };
  };
  const [json, nothing] = [["application/json"], { types: [], isNeeded: undefined }];
  expect(summary("get", "")).toEqual({ takes: ["IfNoneMatch"], ...nothing, gives: ["200 ETag", "304 ETag"] });
  expect(summary("get", "/members")).toEqual({ takes: ["limit", "cursor"], ...nothing, gives: ["200 Link"] });
  const changes = { takes: ["IfMatch", "IdempotencyKey"], gives: ["204 Idempotency-Replayed"] };
  expect(summary("patch", "")).toEqual({ ...changes, types: json, isNeeded: true });
  expect(summary("delete", "/members/{member}")).toEqual({ ...changes, ...nothing });
  expect(summary("put", "/logo")).toMatchObject({ ...changes, isNeeded: true });
  expect(summary("put", "/logo").types).toEqual(expect.arrayContaining(["multipart/form-data", "image/png"]));
  expect(summary("put", "/logo").types).not.toContain("application/json");
  const makes = { takes: ["IdempotencyKey"], gives: ["201 Location,Idempotency-Replayed"] };
  expect(summary("post", "/invitations")).toEqual({ ...makes, types: json, isNeeded: true });
  for (const [name, { headers = {} }] of Object.entries(document.components.responses))
    expect("Retry-After" in headers, name).toBe(/^(429|503)\./.test(name));
  const refused = JSON.stringify(at("get", "/members")?.responses);
  for (const code of ["idempotency", "precondition", "too-large"]) expect(refused).not.toContain(code);
});

/** Codes that no key gets for a path and a method that exist, and why. */
const NOT_SAID: Record<string, string> = {
  "people-only": "No row of the table is only for people.",
  "second-factor": "Only people are asked for it.",
  "another-person": "Only requests from pages are checked for it.",
  "method-not-allowed": "Only methods that the path does not have get it.",
  "cross-site": "Only requests from pages are checked for it.",
  "broken-off": "The caller is gone and cannot read it.",
};

test("every code of the pipeline is in the document, or named as one that keys do not get", () => {
  const said = Object.keys(document.components.responses).flatMap((name) => name.split(".").slice(1));
  const missing = Object.keys(TITLES).filter((code) => !said.includes(code));
  expect(missing.sort()).toEqual(Object.keys(NOT_SAID).sort());
});

const db = testDatabase();

const withBodies = apiRows.flatMap(({ method, path, id, status }) => {
  const body = document.paths[path]?.[method.toLowerCase()]?.requestBody?.content["application/json"];
  return body === undefined ? [] : [{ method, path, id, status, example: body.example }];
});

for (const { method, path, id, status, example } of withBodies) {
  test(`the example request of ${id} succeeds`, async () => {
    const { call, team } = await aKeyedTeam(db, Object.keys(permissions));
    const { id: invitation } = await anInvitation(db, { organization: team.organization });
    const place = { organizationId: team.organization.id, userId: team.owner.person.id };
    const ids: Record<string, string> = { ...(await furnish(db, place)), member: team.plain.member, invitation };
    const at = path
      .replace("/organizations/{organization}", "")
      .replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
    await freeOf(example);
    // No example can have the id of a row that exists.
    const answered = await call(at, { method, json: { ...Object(example), ...thingsIn(id, ids) } });
    expect([answered.status, answered.body]).toEqual([status, expect.anything()]);
  });
}

/** Random requests send examples too, so the slug may be taken by then, or the address invited too often that day. */
async function freeOf(example: unknown) {
  const { slug = "", email = "" } = Object(example);
  await db.delete(formerSlug).where(eq(formerSlug.slug, slug));
  await db.update(organization).set({ slug: crypto.randomUUID() }).where(eq(organization.slug, slug));
  await db.delete(mail).where(eq(mail.recipient, email));
}
