import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createS3Storage } from "../../app/storage/s3.server.ts";
import type { FileStorage } from "../../app/storage/storage.ts";
import { localBucket } from "../bucket.ts";
import { resourceFolder } from "../data-folder.ts";

export type OpenCopies = { storage: FileStorage; [Symbol.asyncDispose]: () => Promise<void> };

/**
 * Opens the storage with the copies of the chains' ends: one that is compatible with S3, such as R2, or that of the local copy.
 * Resolves with null if the environment names a database but no storage.
 */
export async function openCopies(
  { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, DATABASE_URL }: Record<string, string | undefined>,
  dataDir: string,
): Promise<OpenCopies | null> {
  if (S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY) {
    const keys = { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY };
    const storage = createS3Storage({ endpoint: S3_ENDPOINT, bucket: S3_BUCKET, ...keys });
    return { storage, [Symbol.asyncDispose]: async () => {} };
  }
  return DATABASE_URL ? null : openLocalCopies(dataDir);
}

/** Opens a copy of the folder, since the Worker may have the folder itself open. */
async function openLocalCopies(dataDir: string): Promise<OpenCopies> {
  const folder = await mkdtemp(path.join(tmpdir(), "app-copies-"));
  await cp(resourceFolder(dataDir), resourceFolder(folder), { recursive: true }).catch((error: unknown) => {
    // The folder does not exist if nothing was ever stored.
    if (Object(error).code !== "ENOENT") throw error;
  });
  const bucket = await localBucket(folder);
  return {
    storage: bucket.storage,
    async [Symbol.asyncDispose]() {
      await bucket[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
