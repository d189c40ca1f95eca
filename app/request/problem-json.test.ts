import { expect, test } from "vitest";
import { ERRORS_MAXIMUM, problemAnswer, problemJson } from "./problem-json.server.ts";

const of = (found: Parameters<typeof problemJson>[1], status = 400) => problemJson(status, found, "r1");

test("each wrong part of the input has a JSON Pointer, in which slashes and tildes are escaped", () => {
  const issues = [
    { path: ["events", 0], code: "value", message: "one" },
    { path: ["a/b~c"], code: "unknown-field", message: "two" },
  ];
  expect(of({ error: "invalid", fields: { events: ["In the form's words"] }, issues })).toEqual({
    type: "/developers#invalid",
    title: "Invalid input",
    status: 400,
    code: "invalid",
    detail: "one",
    errors: [
      { pointer: "/events/0", code: "value", message: "one" },
      { pointer: "/a~1b~0c", code: "unknown-field", message: "two" },
    ],
    requestId: "r1",
  });
  const many = Array.from({ length: ERRORS_MAXIMUM + 1 }, () => ({ path: ["a"], code: "type", message: "wrong" }));
  expect(of({ error: "invalid", fields: {}, issues: many }).errors).toHaveLength(ERRORS_MAXIMUM);
});

test("an operation's own refusal is explained in its words, at its field if it names one", () => {
  const atField = of(
    { error: "invalid", code: "slug-taken", fields: { slug: ["Taken"], "logo.file": ["Large"] } },
    409,
  );
  expect(atField).toMatchObject({ title: "Refused", code: "slug-taken", detail: "Taken" });
  expect(atField.errors).toEqual([
    { pointer: "/slug", code: "slug-taken", message: "Taken" },
    { pointer: "/logo/file", code: "slug-taken", message: "Large" },
  ]);
  const general = of({ error: "invalid", code: "last-owner", fields: { "": ["There is no other owner"] } }, 409);
  expect([general.detail, general.errors]).toEqual(["There is no other owner", undefined]);
  const sameCode = of({ error: "invalid", code: "unreadable", fields: { logo: ["Not an image"] } }, 415);
  expect(sameCode.detail).toBe("Not an image");
});

test("a refusal of the pipeline tells programs what to do, not what a form would say", async () => {
  expect(of({ error: "forbidden", roles: ["admin"], needs: "member:read" }, 403).detail).toBe(
    "The key needs `member:read`.",
  );
  const unreadable = of({ error: "invalid", code: "unreadable", fields: { "": ["Send the form again"] } });
  expect(unreadable).toMatchObject({ title: "Unreadable body", detail: expect.stringContaining("a JSON object") });
  const missing = of({ error: "not-found" }, 404);
  expect(missing).toEqual({
    type: "/developers#not-found",
    title: "Not found",
    status: 404,
    code: "not-found",
    requestId: "r1",
  });
  const answer = problemAnswer(missing, { Allow: "GET" });
  expect([answer.status, answer.headers.get("Content-Type"), answer.headers.get("Allow")]).toEqual([
    ...[404, "application/problem+json", "GET"],
  ]);
});
