import { env } from "cloudflare:test";
import { expect, test } from "vitest";
import { type Env, variablesOf } from "./environment.ts";

const { DATABASE_URL: _, ...withoutDatabase } = env as Env & { DATABASE_URL: string };

test("variables that are missing or wrong are all named, and their values are not", () => {
  const wrong = { ...withoutDatabase, AUTH_SECRET: "too-short", APP_URL: "no-address" };
  expect(() => variablesOf(wrong)).toThrow(
    /^The Worker cannot start: APP_URL: Invalid URL; AUTH_SECRET needs 32 characters or more: .*; DATABASE_URL is missing\. docs\/guides\/add-a-secret-or-variable\.md/,
  );
  expect(() => variablesOf(wrong)).not.toThrow(/too-short|no-address/);
});
