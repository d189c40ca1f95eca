import { fork } from "node:child_process";
import { once } from "node:events";
import { type ServeOptions, serveBuilt } from "./serve.ts";

export type ServedApart = {
  /** All lines that the Worker has logged so far. */
  log: () => string[];
  /** Kills the Worker in the middle of whatever it does. */
  kill: () => Promise<void>;
};

/**
 * Serves the build as `serveBuilt` does, in separate processes, which can be killed and which end with this one. Rejects with
 * their output if they do not start.
 */
export async function serveApart(options: ServeOptions): Promise<ServedApart> {
  const child = fork(import.meta.filename, [JSON.stringify(options)], {
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // The child gets a process group of its own, so that workerd, which is its child, ends with it.
    detached: true,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk));
  const ended = once(child, "close");
  const killGroup = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, "SIGKILL");
  };
  process.once("exit", killGroup);
  const kill = async () => {
    killGroup();
    await ended;
    process.off("exit", killGroup);
  };
  const isReady = await Promise.race([once(child, "message").then(() => true), ended.then(() => false)]);
  if (!isReady) throw new Error(`The Worker did not start:\n${said}`);
  return { log: () => said.split("\n"), kill };
}

if (import.meta.main) {
  process.once("disconnect", () => process.exit());
  await serveBuilt(JSON.parse(process.argv[2] ?? "{}") as ServeOptions);
  process.send?.("ready");
}
