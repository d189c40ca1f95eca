import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { testDatabase } from "#app/test/database.ts";
import { logFault } from "./faults.server.ts";

test("the log of a failed query holds the query and its cause, never its parameters", async () => {
  const failed = await testDatabase()
    .all(sql`select no_such_function(${"a secret"})`)
    .catch((error: unknown) => error);
  expect(String(failed)).toContain("a secret");
  const logged = vi.spyOn(console, "error");
  logFault(failed, { requestId: "r1" });
  const [line] = logged.mock.calls.map(String);
  logged.mockClear();
  expect(line).toContain("select no_such_function(?)");
  expect(line).toContain("no such function");
  expect(line).not.toContain("a secret");
});
