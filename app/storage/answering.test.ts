import { env } from "cloudflare:test";
import { expect, inject, test, vi } from "vitest";
import { Outage } from "#app/outside/outage.ts";
import { faultyServices } from "#app/test/database.ts";
import { createAnsweringStorage } from "./answering.server.ts";
import { createMemoryStorage } from "./memory.server.ts";
import { createR2Storage } from "./r2.server.ts";
import { createS3Storage } from "./s3.server.ts";
import { storageContract } from "./storage.contract.ts";
import type { FileStorage } from "./storage.ts";

storageContract(() =>
  createAnsweringStorage(createR2Storage(env.FILES), { answerWithinMs: 5_000, report: unexpected }),
);

function unexpected(outage: Outage) {
  throw outage;
}

const file = { length: 4, type: "text/plain" };
const aFile = () => new Blob(["four"]).stream();

test("every call to a storage that does not respond fails at the time limit", async () => {
  const { bucket, accessKeyId, secretAccessKey } = inject("s3");
  const endpoint = faultyServices().hang.s3Url;
  const hung = createS3Storage({ endpoint, bucket, accessKeyId, secretAccessKey });
  const storage = createAnsweringStorage(hung, { answerWithinMs: 50, report: unexpected });
  const ways = {
    put: () => storage.put("one", aFile(), file),
    get: () => storage.get("one"),
    head: () => storage.head("one"),
    delete: () => storage.delete(["one"]),
    list: () => storage.list(""),
  };
  for (const [name, ask] of Object.entries(ways)) {
    await expect(ask(), name).rejects.toThrow(new Outage("storage", "did not respond within 0.05 s"));
  }
});

test("a failure of the bucket is an outage with the original error as its cause", async () => {
  const broken = {
    ...env.FILES,
    put: () => Promise.reject(new Error("put: We encountered an internal error. (10001)")),
  };
  const storage = createAnsweringStorage(createR2Storage(broken), { answerWithinMs: 5_000, report: unexpected });
  const thrown = await storage.put("one", aFile(), file).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Outage);
  expect(String((thrown as Outage).cause)).toContain("10001");
});

test("a sender may take longer than the time limit of the storage", async () => {
  vi.useFakeTimers();
  const storage = createAnsweringStorage(createMemoryStorage(), { answerWithinMs: 1_000, report: unexpected });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const stored = storage.put("slow", readable, file);
  for (const part of ["fo", "ur"]) {
    await vi.advanceTimersByTimeAsync(5_000);
    await writer.write(new TextEncoder().encode(part));
  }
  await writer.close();
  await stored;
  vi.useRealTimers();
  expect((await storage.head("slow"))?.size).toBe(4);
});

test("a download that stalls fails and is reported, a reader who leaves midway is not reported", async () => {
  const reported: Outage[] = [];
  const stuck: FileStorage = {
    ...createMemoryStorage(),
    get: async () => ({
      ...{ size: 8, type: "text/plain", etag: '"1"', uploadedAt: new Date() },
      body: new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(4)) }),
    }),
  };
  const storage = createAnsweringStorage(stuck, { answerWithinMs: 50, report: (outage) => reported.push(outage) });
  const found = await storage.get("one");
  await expect(new Response(found?.body).bytes()).rejects.toThrow("did not respond within 0.05 s");
  expect(reported).toHaveLength(1);

  const whole = createAnsweringStorage(createMemoryStorage(), { answerWithinMs: 2_000, report: unexpected });
  await whole.put("one", new Blob([new Uint8Array(300_000)]).stream(), { length: 300_000, type: "text/plain" });
  const left = await whole.get("one");
  const reader = left?.body.getReader();
  await reader?.read();
  await reader?.cancel("went away");
});
