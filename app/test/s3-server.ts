import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export type S3Server = { url: string; accessKeyId: string; secretAccessKey: string; bucket: string };

declare module "vitest" {
  interface ProvidedContext {
    s3: S3Server;
  }
}

const BUCKET = "files";

/** Starts a third-party S3 server on loopback that checks signatures. Call it in Node, never in workerd. */
export async function startS3(): Promise<S3Server & { close(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), "app-s3-"));
  const options = { directory, address: "127.0.0.1", port: 0, silent: true, configureBuckets: [{ name: BUCKET }] };
  const script = `
    import { rename, rm } from "node:fs/promises";
    import S3rver from "@20minutes/s3rver";
    const server = new S3rver(${JSON.stringify(options)});
    const write = server.store.putContent.bind(server.store);
    // S3 keeps a whole object or none, and this server what came before a connection broke.
    let parts = 0;
    server.store.putContent = async (file, content) => {
      const part = ${JSON.stringify(directory)} + "/part-" + parts++;
      try {
        const written = await write(part, content);
        await rename(part, file);
        return written;
      } finally {
        await rm(part, { force: true });
      }
    };
    const { port } = await server.run();
    console.log(port);`;
  // The server encrypts its continuation tokens with DES, which OpenSSL 3 has only in its legacy provider.
  const flags = ["--openssl-legacy-provider", "--input-type=module", "--eval", script];
  const server = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "ignore"] });
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const port = await new Promise<string>((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`The S3 server exited with ${code}`)));
    server.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
  });
  return {
    url: `http://127.0.0.1:${port}`,
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
