import path from "node:path";

/** The folder of everything that a local copy keeps: `DATA_DIR`, or `.data` beside package.json. */
export function dataFolder(): string {
  return path.resolve(import.meta.dirname, "..", process.env.DATA_DIR ?? ".data");
}

/** Wrangler's persistence path; Miniflare's own data is in its subfolder `v3`. */
export const resourceFolder = (dataDir: string) => path.join(dataDir, "resources");
