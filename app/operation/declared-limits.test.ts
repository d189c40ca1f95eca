import { expect, test } from "vitest";

type Declared = { action?: { declaration?: { limit?: unknown }; operation?: { limit?: unknown } } };

const routes = import.meta.glob<Declared>(["../routes/**/*.{ts,tsx}", "!../routes/**/*.test.ts"], { eager: true });

test("every write has a limit, or says why it needs none", () => {
  const writes = Object.entries(routes).filter(([, { action }]) => action);
  expect(writes.length).toBeGreaterThan(50);
  const unlimited: string[] = [];
  for (const [file, { action }] of writes) {
    const limit = (action?.operation ?? action?.declaration)?.limit;
    if (typeof limit === "function") continue;
    expect(limit, file).toMatchObject({ unlimited: expect.stringMatching(/\w+ .+\./) });
    unlimited.push(file);
  }
  expect(unlimited.sort(), "a new one is a decision").toEqual([
    "../routes/account/sign-out.ts",
    "../routes/api/not-found.ts",
    "../routes/not-found.tsx",
  ]);
});
