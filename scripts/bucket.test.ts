import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { localBucket } from "./bucket.ts";

/** Longer than the runtime keeps an idle connection open. */
const BUSY_MS = 5_300;

/** Keeps the process busy after a connection for the request has been chosen, and before anything is sent. */
function whileBusy<T>(send: () => Promise<T>): Promise<T> {
  const answer = send();
  process.nextTick(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_MS));
  return answer;
}

test("a process that is busy while its connection to the bucket is closed loses nothing", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-bucket-"));
  {
    await using bucket = await localBucket(dataDir);
    const file = { type: "text/plain", bytes: new Uint8Array(300_000) };
    await bucket.put("demo/first", file);
    await bucket.put("demo/second", file);
    await whileBusy(() => bucket.put("demo/third", file));
    const { files } = await whileBusy(() => bucket.storage.list("demo/"));
    expect(files.map(({ key, size }) => [key, size])).toEqual([
      ["demo/first", 300_000],
      ["demo/second", 300_000],
      ["demo/third", 300_000],
    ]);
  }
  await rm(dataDir, { recursive: true });
});
