import { inject } from "vitest";
import { createDatabase, type Database } from "#app/db/client.server.ts";

/**
 * The migrated libSQL server which all tests of a run share. Tests stay apart by fresh people and organizations
 * (`#app/test/builders.ts`), never by emptying tables.
 */
export function testDatabase(options: { fetch?: typeof globalThis.fetch } = {}): Database {
  return createDatabase({ url: inject("databaseUrl"), ...options });
}
