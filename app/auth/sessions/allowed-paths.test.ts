import { expect, test } from "vitest";
import { testDatabase } from "#app/test/database.ts";
import { AUTH_BASE_PATH, isAllowedAuthPath } from "./allowed-paths.ts";
import { createAuth } from "./auth.server.ts";

const auth = createAuth({
  db: testDatabase(),
  secret: "only-for-tests-".repeat(3),
  appUrl: "http://localhost",
});

test("of all endpoints Better Auth has, only the listed ones have a URL", () => {
  const endpoints = Object.values(auth.api).flatMap((endpoint) => {
    const { path, options } = endpoint as { path?: string; options: { method: string | string[] } };
    return path === undefined ? [] : [options.method].flat().map((method) => ({ method, path }));
  });
  expect(endpoints.length).toBeGreaterThan(20);
  const open = endpoints.filter(({ method, path }) => isAllowedAuthPath(method, `${AUTH_BASE_PATH}${path}`));
  expect(open).toEqual([{ method: "GET", path: "/ok" }]);
});
