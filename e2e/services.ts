import type { TestProject } from "vitest/node";
import { startReceivers } from "../app/test/receiver-server.ts";
import { freePort } from "../scripts/port.ts";
import { startServedCopy } from "../scripts/served-copy.ts";
import { openIdVariables, startOpenIdProvider } from "./openid-provider.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built Worker answers. */
    appUrl: string;
    authSecret: string;
    databaseUrl: string;
  }
}

/** Vitest's global setup for the browser tests: the built Worker over an empty, migrated database, an OpenID provider, receivers. */
export default async function startBuiltWorker(project: TestProject) {
  const port = await freePort();
  const copy = await startServedCopy({ withDemoData: false, more: openIdVariables(port) });
  const closeProvider = await startOpenIdProvider(port, copy.url);
  const receivers = await startReceivers();
  project.provide("receiverUrl", receivers.url);
  project.provide("appUrl", copy.url);
  project.provide("authSecret", copy.authSecret);
  project.provide("databaseUrl", copy.databaseUrl);
  return async () => {
    await closeProvider();
    await receivers.close();
    await copy.close();
  };
}
