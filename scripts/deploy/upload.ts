import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT, runTool } from "../tools.ts";

export const BUILT_CONFIG = path.join(ROOT, "build/server/wrangler.json");

export type Upload = {
  /** Bytes after compression, which is what Cloudflare's limit counts. */
  size: number;
  /** Milliseconds of work on this machine before the Worker takes its first request. */
  startUp: number;
};

/** Makes the upload of `wrangler deploy` without sending it, and measures it. Needs no account. */
export async function weighUpload(): Promise<Upload> {
  const folder = await mkdtemp(path.join(tmpdir(), "app-upload-"));
  const bundle = path.join(folder, "worker.bundle");
  const profile = path.join(folder, "start-up.cpuprofile");
  try {
    const config = ["--config", BUILT_CONFIG];
    await runTool(["wrangler", "deploy", "--dry-run", "--autoconfig=false", ...config, "--outfile", bundle]);
    await runTool(["wrangler", "check", "startup", ...config, "--worker", bundle, "--outfile", profile]);
    return { size: await compressedSize(bundle), startUp: activeTime(JSON.parse(await readFile(profile, "utf8"))) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The upload is a multipart form: metadata, then the modules. Like Wrangler, this compresses the modules as one piece. */
async function compressedSize(file: string): Promise<number> {
  const bytes = await readFile(file);
  const boundary = bytes.subarray(2, bytes.indexOf("\n")).toString().trim();
  const form = await new Response(bytes, {
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
  }).formData();
  const modules = [...form.values()].filter((part) => part instanceof Blob && part.type !== "application/source-map");
  return gzipSync(await new Blob(modules).arrayBuffer()).byteLength;
}

type Profile = {
  nodes: { id: number; callFrame: { functionName: string } }[];
  samples: number[];
  /** Microseconds before each sample. */
  timeDeltas: number[];
};

function activeTime({ nodes, samples, timeDeltas }: Profile): number {
  const idle = nodes.find((node) => node.callFrame.functionName === "(idle)")?.id;
  return timeDeltas.reduce((sum, time, index) => (samples[index] === idle ? sum : sum + time), 0) / 1000;
}
