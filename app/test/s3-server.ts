import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

export type S3Server = { url: string; accessKeyId: string; secretAccessKey: string; bucket: string };

declare module "vitest" {
  interface ProvidedContext {
    s3: S3Server;
  }
}

const BUCKET = "files";

/** A server on loopback that speaks S3 and is not ours. Started by Node, never by workerd. */
export async function startS3(): Promise<S3Server & { close(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), "tenantry-s3-"));
  const command = createRequire(import.meta.url).resolve("s3rver/bin/s3rver.js");
  const where = ["--directory", directory, "--address", "127.0.0.1", "--port", "0", "--configure-bucket", BUCKET];
  // It encrypts its continuation tokens with DES, which OpenSSL 3 has in the legacy provider alone.
  const server = spawn(process.execPath, ["--openssl-legacy-provider", command, ...where], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const port = await new Promise<string>((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`The S3 server ended with ${code}`)));
    // Read on after the port: a full pipe would stop the server.
    server.stdout.on("data", (text: Buffer) => {
      const listening = /listening on .*:(\d+)/.exec(text.toString());
      if (listening?.[1]) resolve(listening[1]);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    // The one account it knows.
    accessKeyId: "S3RVER",
    secretAccessKey: "S3RVER",
    bucket: BUCKET,
    async close() {
      process.off("exit", kill);
      const ended = new Promise((resolve) => server.once("exit", resolve));
      kill();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
