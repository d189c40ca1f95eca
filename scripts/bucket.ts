import path from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { PRODUCT_SLUG } from "../app/product.ts";
import { createR2Storage } from "../app/storage/r2.server.ts";
import { resourceFolder } from "./data-folder.ts";

/**
 * Opens the bucket of the local copy without the Worker. Two processes must not have one data folder open at the same time, so
 * the caller opens the bucket before it starts the Worker, and disposes of it.
 */
export async function localBucket(dataDir: string) {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      telemetry: { enabled: false },
      resourcePersistencePath: path.join(resourceFolder(dataDir), "v3"),
      workers: [
        {
          name: "seed",
          modules: true,
          script: "export default {}",
          compatibilityDate: "2026-10-01",
          r2Buckets: { FILES: `${PRODUCT_SLUG}-files` },
        },
      ],
    }),
  );
  const bucket = sendingAgain(await miniflare.getR2Bucket("FILES"));
  return {
    /** For listing and reading. Only the Worker can write streams of a known length. */
    storage: createR2Storage(bucket as unknown as R2Bucket),
    put: async (key: string, { type, bytes }: { type: string; bytes: Uint8Array }) => {
      await bucket.put(key, bytes, { httpMetadata: { contentType: type } });
    },
    empty: async (prefix: string) => {
      for (let more = true; more; ) {
        const page = await bucket.list({ prefix });
        if (page.objects.length) await bucket.delete(page.objects.map((object) => object.key));
        more = page.truncated;
      }
    },
    [Symbol.asyncDispose]: () => miniflare.dispose(),
  };
}

/**
 * The runtime closes idle connections after five seconds. A process that is busy at that moment can send a request on one that is
 * closed, and gets no response. All requests to a bucket have the same effect the second time.
 */
function sendingAgain<Bucket extends object>(bucket: Bucket): Bucket {
  return new Proxy(bucket, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
      return async (...given: unknown[]) => {
        const send = () => method.apply(target, given);
        return send().catch((error: unknown) => {
          if (Object(Object(error).cause).code === "UND_ERR_SOCKET") return send();
          throw error;
        });
      };
    },
  });
}
