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
  expect(line).not.toContain("lacks a migration");
});

test("the log says which command applies a migration that the database lacks", async () => {
  const logged = vi.spyOn(console, "error");
  for (const query of [sql`select id from no_such_table`, sql`select no_such_column from user`]) {
    const failed = await testDatabase()
      .all(query)
      .catch((error: unknown) => error);
    logFault(failed, { requestId: "r1" });
    expect(logged.mock.lastCall?.join()).toContain("npm run dev applies it");
  }
  logged.mockClear();
});
