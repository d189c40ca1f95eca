import path from "node:path";

/** `DATA_DIR`, or `.data` beside package.json: everything a local copy keeps. */
export function dataFolder(): string {
  return path.resolve(import.meta.dirname, "..", process.env.DATA_DIR ?? ".data");
}

/** What wrangler calls the persistence path; Miniflare's own data lies in `v3` below it. */
export const resourceFolder = (dataDir: string) => path.join(dataDir, "resources");
