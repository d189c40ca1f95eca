import type { TestProject } from "vitest/node";
import { startReceivers } from "../app/test/receiver-server.ts";
import { freePort } from "../scripts/port.ts";
import { startServedCopy } from "../scripts/served-copy.ts";
import { openIdVariables, startOpenIdProvider } from "./openid-provider.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The URL of the built Worker. */
    appUrl: string;
    authSecret: string;
    databaseUrl: string;
  }
}

/** Global setup of the browser tests: the built Worker with an empty, migrated database, an OpenID provider and receivers. */
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
