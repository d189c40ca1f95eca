import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { createDatabase } from "../app/db/client.server.ts";
import { startS3 } from "../app/test/s3-server.ts";
import { applyMigrations } from "./migrate.ts";
import { startSqld } from "./sqld.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** Vitest's global setup for the tests in workerd: one migrated database and one S3 server for the whole run. */
export default async function startTestServices(project: TestProject) {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tenantry-test-"));
  const sqld = await startSqld({ dataDir });
  await applyMigrations(createDatabase({ url: sqld.url }));
  project.provide("databaseUrl", sqld.url);
  const { close: closeS3, ...s3 } = await startS3();
  project.provide("s3", s3);
  return async () => {
    await closeS3();
    await sqld.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}
