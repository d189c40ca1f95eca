import { sql } from "drizzle-orm";
import { z } from "zod";
import { rateLimit } from "#app/db/schema/limits.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { read } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { answeredWithin, READY_LIMIT_MS } from "#app/outside/outage.ts";
import type { FileOwner } from "#app/storage/sweep.server.ts";

const PREFIX = "ready/";

export const readinessFiles: FileOwner = {
  owns: (key) => key.startsWith(`public/${PREFIX}`),
  known: async () => new Set(),
};

/** Whether the database and the storage accept writes now, reported separately. Leaves nothing behind. */
async function readiness({ unsafe, storage: files, newId }: Grant<"public">) {
  const db = unsafe("Checking whether the database accepts writes touches no row.");
  const [database, storage] = await Promise.allSettled([
    // Changes no row, but takes the lock that every write needs.
    answeredWithin("database", READY_LIMIT_MS, () => db.batch([db.delete(rateLimit).where(sql`false`)])),
    answeredWithin("storage", READY_LIMIT_MS, async () => {
      const key = `${PREFIX}${newId()}`;
      const probe = new Blob(["ready"], { type: "text/plain" });
      await files.put(key, probe.stream(), { length: probe.size, type: probe.type });
      await files.delete([key]);
    }),
  ]);
  for (const asked of [database, storage]) {
    if (asked.status === "rejected") console.warn(JSON.stringify({ level: "warn", readiness: causesOf(asked.reason) }));
  }
  const isReady = database.status === "fulfilled" && storage.status === "fulfilled";
  return { isReady, database: database.status, storage: storage.status };
}

function causesOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...causesOf(error.cause)] : [];
}

export const tellReadiness = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: nothing,
  answer: (_nothing, grant) => readiness(grant),
});
