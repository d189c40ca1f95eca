import "./scripts/offline.ts";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig, type Plugin } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { commonPasswords } from "./app/auth/passwords/common-passwords-plugin.ts";
import { compileMessages } from "./app/i18n/compile.ts";
import { STEP_LIMIT_MS, TEST_LIMIT_MS } from "./e2e/patience.ts";
import { WORKERS } from "./scripts/test-services.ts";

// These read the project's own files, draw pictures (which workerd cannot do), or hash passwords as strongly as the product does.
const nodeTests = [
  "scripts/**/*.test.ts",
  "app/auth/passwords/common-passwords.test.ts",
  "app/auth/passwords/hash-cost.test.ts",
  "app/rooms.test.ts",
  "app/routes.test.ts",
  "app/db/drift.test.ts",
  "app/developers/lint.test.ts",
  "app/i18n/compile.test.ts",
  "app/i18n/messages.test.ts",
  "app/mail/lint.test.ts",
  "app/i18n/recompile.test.ts",
  "app/i18n/texts-in-order.test.ts",
  "app/i18n/untranslated.test.ts",
  "app/ui/contrast.test.ts",
  "app/pictures/clean-picture.test.ts",
  "app/pictures/size-limits.test.ts",
];

const patience = {
  testTimeout: TEST_LIMIT_MS,
  hookTimeout: TEST_LIMIT_MS,
  expect: { poll: { timeout: STEP_LIMIT_MS } },
};

// Importing these file by file would take longer than the tests.
const BUNDLED = [
  "@libsql/client/http",
  "@simplewebauthn/server",
  "@tanstack/react-query",
  "better-auth/adapters/drizzle",
  "better-auth/api",
  "better-auth/cookies",
  "better-auth/crypto",
  "better-auth/minimal",
  "better-auth/plugins/generic-oauth",
  "drizzle-orm",
  "drizzle-orm/libsql/web",
  "drizzle-orm/sqlite-core",
  "zod",
];

const SLOWEST = [
  "scripts/generate.test.ts",
  "scripts/generate/or-as-before.test.ts",
  "app/promises/neighbours.test.ts",
  "app/promises/statements.test.ts",
  "e2e/access.test.ts",
  "e2e/accessibility.test.ts",
  "e2e/journeys/own-side.test.ts",
  "e2e/journeys/slow-machine.test.ts",
  "e2e/journeys/working-together.test.ts",
];

/** Vitest starts with the largest file, so a small but slow file would run alone at the end. */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => SLOWEST.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

/** Tests of other things hash hundreds of passwords; at full strength, hashing took a quarter of their time. */
const lightHashes: Plugin = {
  name: "light-hashes",
  transform: {
    filter: { id: /\/hash-cost\.server\.ts$/ },
    handler: () => ({ code: "export const PASSWORD_COST = { ln: 4, r: 8, p: 1 };", map: null }),
  },
};

let started = 0;

/** Set by `npm run judge`, which sends more requests, and different ones each time. */
const { JUDGE_REQUESTS } = process.env;
const anyRequests =
  JUDGE_REQUESTS === undefined
    ? { count: 400, seed: 1 }
    : { count: Number(JUDGE_REQUESTS), seed: Math.floor(Math.random() * 1e9) };

// One file can be tested without a build before it, which would have compiled them.
await compileMessages();

export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        plugins: [
          commonPasswords(),
          lightHashes,
          // Called once for each pool worker.
          cloudflareTest(({ inject }) => {
            const databases = inject("databases");
            const DATABASE_URL = databases[started++ % databases.length]?.url ?? "";
            return {
              main: "./app/test/worker.ts",
              wrangler: { configPath: "./wrangler.toml" },
              // Every language is tested, whichever ones are offered.
              miniflare: { bindings: { LANGUAGES: "", DATABASE_URL, AUTH_SECRET: "only-for-tests-".repeat(3) } },
            };
          }),
        ],
        test: {
          name: "worker",
          // All files of a worker share its modules: loading them again for each file took longer than the tests.
          isolate: false,
          maxWorkers: WORKERS,
          ...patience,
          provide: { anyRequests },
          include: ["app/**/*.test.{ts,tsx}", "workers/**/*.test.ts"],
          exclude: nodeTests,
          globalSetup: ["scripts/test-services.ts"],
          setupFiles: ["app/test/setup.ts"],
          deps: {
            optimizer: {
              ssr: { enabled: true, include: BUNDLED, rolldownOptions: { external: [/^(node|cloudflare):/] } },
            },
          },
        },
      },
      {
        plugins: [commonPasswords()],
        test: {
          name: "node",
          include: nodeTests,
          isolate: false,
          maxWorkers: WORKERS,
          // Mixed with the other projects, these files would end a pool worker, and the next one would load everything again.
          sequence: { groupOrder: 1 },
          setupFiles: ["app/test/setup.ts"],
          ...patience,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          globalSetup: ["e2e/services.ts"],
          setupFiles: ["app/test/setup.ts"],
          ...patience,
          isolate: false,
          // Each worker has its own Chromium.
          maxWorkers: WORKERS,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
