import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { createDatabase } from "../app/db/client.server.ts";
import { startReceivers } from "../app/test/receiver-server.ts";
import { startS3 } from "../app/test/s3-server.ts";
import { type Fault, startFaultProxy } from "./fault-proxy.ts";
import { applyMigrations } from "./migrate.ts";
import { startSqld } from "./sqld.ts";

/** Each pool worker has its own database, so what one file does to all rows, as the schedule does, cannot affect another file. */
export const WORKERS = 2;

declare module "vitest" {
  interface ProvidedContext {
    databases: TestDatabase[];
  }
}

type TestDatabase = {
  url: string;
  /** The same database and the S3 server, each behind a proxy with a fault. */
  faulty: Record<FaultName, { databaseUrl: string; s3Url: string }>;
};

/** Nothing listens on this port, since no program is given it. A port that was free a moment ago may be taken by now. */
const NOBODY = "http://127.0.0.1:1";

type FaultName = Extract<Fault, "hang" | "stall" | "unwell" | "drop"> | "refuse";

/** Vitest's global setup for the tests in workerd: migrated databases and one S3 server for the whole run. */
export default async function startTestServices(project: TestProject) {
  await using started = new AsyncDisposableStack();
  const { close: closeS3, ...s3 } = await startS3();
  started.defer(closeS3);
  project.provide("s3", s3);
  const receivers = await startReceivers();
  started.defer(receivers.close);
  project.provide("receiverUrl", receivers.url);

  const faultyUrl = async (target: string, name: FaultName) =>
    name === "refuse" ? NOBODY : started.use(await startFaultProxy({ target, fault: name })).url;
  const startDatabase = async (): Promise<TestDatabase> => {
    const dataDir = await mkdtemp(path.join(tmpdir(), "app-test-"));
    started.defer(() => rm(dataDir, { recursive: true, force: true }));
    const { url } = started.use(await startSqld({ dataDir }));
    await applyMigrations(createDatabase({ url }));
    const faulty = async (name: FaultName) => ({
      databaseUrl: await faultyUrl(url, name),
      s3Url: await faultyUrl(s3.url, name),
    });
    return {
      url,
      faulty: {
        hang: await faulty("hang"),
        stall: await faulty("stall"),
        unwell: await faulty("unwell"),
        drop: await faulty("drop"),
        refuse: await faulty("refuse"),
      },
    };
  };
  project.provide("databases", await Promise.all(Array.from({ length: WORKERS }, startDatabase)));
  const running = started.move();
  return () => running.disposeAsync();
}
