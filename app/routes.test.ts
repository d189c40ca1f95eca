import { expect, test } from "vitest";

type RouteModule = Partial<Record<"loader" | "action" | "middleware", { declaration?: unknown }>>;

const modules = import.meta.glob<RouteModule>(["./root.tsx", "./routes/**/*.{ts,tsx}", "!./routes/**/*.test.*"], {
  eager: true,
});

test("every loader and action carries its declaration", () => {
  const bare = Object.entries(modules).flatMap(([file, module]) =>
    (["loader", "action"] as const)
      .filter((name) => module[name] !== undefined && module[name].declaration === undefined)
      .map((name) => `${file}: ${name} is not declared; wrap it in ${name === "loader" ? "read" : "write"}({…})`),
  );
  expect(Object.keys(modules).length).toBeGreaterThan(20);
  expect(bare).toEqual([]);
});

test("no route hides a check in middleware", () => {
  expect(Object.entries(modules).filter(([, module]) => module.middleware !== undefined)).toEqual([]);
});
