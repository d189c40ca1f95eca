import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { CHAIN_ENDS_PREFIX, copyChainEnds } from "#app/audit/chain-ends.server.ts";
import { createMemoryStorage } from "#app/storage/memory.server.ts";
import { localBucket } from "../bucket.ts";
import { startLocalDatabase } from "../local-database.ts";
import { aSealedLog } from "./a-log.ts";

const SCRIPT = path.join(import.meta.dirname, "../audit-verify.ts");

/** Runs `npm run audit:verify`. Resolves with its output and its exit code. */
function verify(environment: Record<string, string>) {
  return new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, [SCRIPT], { env: { PATH: process.env.PATH, ...environment } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stderr + stdout }),
    );
  });
}

test("the command compares the local copy's chains with the copies in its bucket, beside a running server", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-verify-"));
  const { db, url, close } = await startLocalDatabase({ dataDir });
  const { id } = await aSealedLog(db, 3);
  const storage = createMemoryStorage();
  await copyChainEnds({ db, storage, now: new Date("2026-03-01T00:05:00Z") });
  const [file] = (await storage.list("")).files;
  const stored = await storage.get(file?.key ?? "");
  const bytes = new Uint8Array(await new Response(stored?.body).arrayBuffer());
  {
    await using bucket = await localBucket(dataDir);
    await bucket.put(`${CHAIN_ENDS_PREFIX}/${file?.key}`, { type: "application/json", bytes });
  }
  const whole = await verify({ DATA_DIR: dataDir });
  expect(whole.said).toContain("compared with 1 copies of 1 days");
  expect(whole.said).toContain("1 chains, 3 entries, 0 erased, 0 not yet sealed, 0 faults");
  expect(whole.code).toBe(0);
  await db.run(sql`update audit_chain set hash = '', sealed = 0`);
  await db.run(sql`update audit_entry set hash = null`);
  const broken = await verify({ DATA_DIR: dataDir });
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.said).toContain(`${id}: entry 3, whose seal was copied on 2026-03-01, is missing`);
  const alone = await verify({ DATA_DIR: dataDir, DATABASE_URL: url });
  expect(alone.said).toContain("not compared with the stored copies");
  expect(alone).toMatchObject({ code: 0 });
  await close();
  await rm(dataDir, { recursive: true, force: true });
});
