import { expect, test } from "vitest";

type Limited = { limit?: unknown };
type Row = { id: string; operation: Limited & { kind: string } };
type Declared = { action?: { declaration?: Limited; operation?: Limited; rows?: readonly Row[] } };

const routes = import.meta.glob<Declared>(["../routes/**/*.{ts,tsx}", "!../routes/**/*.test.ts"], { eager: true });

test("every write has a limit, or says why it needs none", () => {
  const writes = Object.entries(routes).filter(([, { action }]) => action);
  expect(writes.length).toBeGreaterThan(50);
  const unlimited: string[] = [];
  const limits = writes.flatMap(([file, { action }]): [string, unknown][] => {
    const { operation, declaration, rows } = action ?? {};
    if (rows === undefined) return [[file, (operation ?? declaration)?.limit]];
    const written = rows.filter((row) => row.operation.kind === "write");
    expect(written.length).toBeGreaterThan(0);
    return written.map(({ id, operation }) => [id, operation.limit]);
  });
  for (const [file, limit] of limits) {
    if (typeof limit === "function") continue;
    expect(limit, file).toMatchObject({ unlimited: expect.stringMatching(/\w+ .+\./) });
    unlimited.push(file);
  }
  expect(unlimited.sort(), "add an unlimited write only on purpose").toEqual([
    "../routes/account/sign-out.ts",
    "../routes/api/not-found.ts",
    "../routes/not-found.tsx",
    "../routes/notifications/unsubscribe.tsx",
  ]);
});
