import { env } from "cloudflare:test";
import { inject } from "vitest";
import { createDatabase, type Database } from "#app/db/client.server.ts";
import { variablesOf } from "../../workers/environment.ts";

export const { DATABASE_URL: databaseUrl } = variablesOf(env);

/** The database that all test files of a worker share. Tests create their own people and organizations and never empty tables. */
export function testDatabase(options: { fetch?: typeof globalThis.fetch } = {}): Database {
  return createDatabase({ url: databaseUrl, ...options });
}

/** The same database, and the S3 server, each behind a fault. */
export function faultyServices() {
  const own = inject("databases").find(({ url }) => url === databaseUrl);
  if (!own) throw new Error(`This test run has no database at ${databaseUrl}.`);
  return own.faulty;
}
