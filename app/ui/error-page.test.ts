import { expect, test } from "vitest";
import { m } from "#app/i18n/messages.ts";
import { errorWords } from "./error-page.tsx";
import type { Problem } from "./problem.ts";

function titleOf(status: number, data: Problem | null) {
  return errorWords({ status, statusText: "", internal: false, data });
}

test("the title of an error page says what is the matter", () => {
  const fields = { "": ["There is no other owner"] };
  for (const [status, problem, words] of [
    [404, { error: "not-found" }, m.errors_not_found_title()],
    [403, { error: "forbidden", roles: ["owner"] }, m.errors_forbidden_title()],
    [403, { error: "second-factor", organization: "Acme" }, m.errors_second_factor_title({ organization: "Acme" })],
    [409, { error: "another-person", name: "Eve" }, m.errors_another_title()],
    [429, { error: "invalid", code: "limit", fields }, m.errors_too_many_title()],
    [409, { error: "invalid", code: "last-owner", fields }, m.errors_method_title()],
    [405, { error: "method-not-allowed" }, m.errors_method_title()],
    [403, { error: "cross-site" }, m.errors_method_title()],
    [503, { error: "unavailable", requestId: "r1" }, m.errors_unavailable_title()],
    [500, { error: "fault", requestId: "r1" }, m.errors_fault_title()],
  ] as const)
    expect(titleOf(status, problem as Problem), JSON.stringify(problem)).toBe(words);
});

test("a wrong address looks like one that does not exist, and what no response explains is a fault of ours", () => {
  expect(titleOf(400, { error: "invalid", fields: { page: ["Wrong"] } })).toBe(m.errors_not_found_title());
  expect(titleOf(404, null)).toBe(m.errors_not_found_title());
  expect([titleOf(500, null), errorWords(new Error("broken"))]).toEqual(Array(2).fill(m.errors_fault_title()));
});
