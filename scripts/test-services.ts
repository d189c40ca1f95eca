import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { createDatabase } from "../app/db/client.server.ts";
import { startReceivers } from "../app/test/receiver-server.ts";
import { startS3 } from "../app/test/s3-server.ts";
import { type Fault, type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { applyMigrations } from "./migrate.ts";
import { startSqld } from "./sqld.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
    /** The same database and S3 server, each with a fault in front. */
    faulty: Record<FaultName, { databaseUrl: string; s3Url: string }>;
  }
}

type FaultName = Extract<Fault, "hang" | "stall" | "unwell" | "drop"> | "refuse";

/** Vitest's global setup for the tests in workerd: one migrated database and one S3 server for the whole run. */
export default async function startTestServices(project: TestProject) {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tenantry-test-"));
  const sqld = await startSqld({ dataDir });
  await applyMigrations(createDatabase({ url: sqld.url }));
  project.provide("databaseUrl", sqld.url);
  const { close: closeS3, ...s3 } = await startS3();
  project.provide("s3", s3);
  const receivers = await startReceivers();
  project.provide("receiverUrl", receivers.url);
  const proxies: FaultProxy[] = [];
  const faultyUrl = async (target: string, name: FaultName) => {
    const proxy = await startFaultProxy({ target, fault: name === "refuse" ? "none" : name });
    if (name === "refuse") await proxy.close();
    else proxies.push(proxy);
    return proxy.url;
  };
  const faulty = async (name: FaultName) => ({
    databaseUrl: await faultyUrl(sqld.url, name),
    s3Url: await faultyUrl(s3.url, name),
  });
  project.provide("faulty", {
    hang: await faulty("hang"),
    stall: await faulty("stall"),
    unwell: await faulty("unwell"),
    drop: await faulty("drop"),
    refuse: await faulty("refuse"),
  });
  return async () => {
    await Promise.all(proxies.map(({ close }) => close()));
    await receivers.close();
    await closeS3();
    await sqld.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}
