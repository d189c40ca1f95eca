import "./scripts/offline.ts";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { STEP_LIMIT_MS, TEST_LIMIT_MS } from "./e2e/patience.ts";

// They read the project's own files, which workerd cannot.
const nodeTests = [
  "scripts/**/*.test.ts",
  "app/rooms.test.ts",
  "app/routes.test.ts",
  "app/db/drift.test.ts",
  "app/i18n/messages.test.ts",
  "app/ui/contrast.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            main: "./app/test/worker.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: { DATABASE_URL: inject("databaseUrl"), AUTH_SECRET: "only-for-tests-".repeat(3) } },
          })),
        ],
        test: {
          name: "worker",
          include: ["app/**/*.test.{ts,tsx}", "workers/**/*.test.ts"],
          exclude: nodeTests,
          globalSetup: ["scripts/test-services.ts"],
          setupFiles: ["app/test/setup.ts"],
          deps: {
            optimizer: {
              ssr: { enabled: true, include: ["@libsql/client/web", "drizzle-orm/libsql/web", "lucide-react"] },
            },
          },
        },
      },
      {
        test: { name: "node", include: nodeTests, setupFiles: ["app/test/setup.ts"], testTimeout: 30_000 },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          globalSetup: ["e2e/services.ts"],
          setupFiles: ["app/test/setup.ts"],
          testTimeout: TEST_LIMIT_MS,
          hookTimeout: TEST_LIMIT_MS,
          expect: { poll: { timeout: STEP_LIMIT_MS } },
          fileParallelism: false,
        },
      },
    ],
  },
});
