import type { TestProject } from "vitest/node";
import { startServedCopy } from "../scripts/served-copy.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built Worker answers. */
    appUrl: string;
    authSecret: string;
  }
}

/** Vitest's global setup for the browser tests: the built Worker over an empty, migrated database. */
export default async function startBuiltWorker(project: TestProject) {
  const copy = await startServedCopy({ withDemoData: false });
  project.provide("appUrl", copy.url);
  project.provide("authSecret", copy.authSecret);
  project.provide("databaseUrl", copy.databaseUrl);
  return copy.close;
}
