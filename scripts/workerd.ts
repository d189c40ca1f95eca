import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./port.ts";
import { processorTime } from "./processor-time.ts";
import { capnpConfig } from "./workerd-config.ts";

const START_LIMIT_MS = 60_000;
const MODULES = path.join(import.meta.dirname, "../node_modules");

export type WorkerdOptions = {
  /** A built Worker: `wrangler.json` beside its modules. */
  folder: string;
  /** Text bindings. There are no buckets or images, which need Miniflare. */
  vars?: Record<string, string>;
  /** Opens the debugger's port, which slows the Worker. */
  inspect?: boolean;
};

export type Workerd = {
  url: string;
  inspectorUrl: string | null;
  /** Resident memory of the process, in bytes. */
  memory: () => Promise<number>;
  processorMs: () => Promise<number | null>;
  close: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** Runs a built Worker under `workerd serve`, with nothing in front of it. Rejects with workerd's output if it does not start. */
export async function startWorkerd({ folder, vars = {}, inspect = false }: WorkerdOptions): Promise<Workerd> {
  const work = await mkdtemp(path.join(tmpdir(), "app-workerd-"));
  // A copy, so that a build in the meantime changes nothing. workerd embeds only files below its configuration.
  await cp(folder, work, { recursive: true });
  const built: BuiltWorker = JSON.parse(await readFile(path.join(work, "wrangler.json"), "utf8"));
  const address = `127.0.0.1:${await freePort()}`;
  const configFile = path.join(work, "worker.capnp");
  const modules = (await readdir(work, { recursive: true })).filter((file) => file.endsWith(".js"));
  await writeFile(configFile, capnpConfig({ ...built, modules, vars: { ...built.vars, ...vars }, address }));

  const inspector = inspect ? `127.0.0.1:${await freePort()}` : null;
  const child = spawn(workerdBinary(), ["serve", ...(inspector ? [`--inspector-addr=${inspector}`] : []), configFile], {
    stdio: ["ignore", "inherit", "pipe"],
  });
  // workerd ends when this process exits.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const close = async () => {
    kill();
    await ended;
    process.off("exit", kill);
    await rm(work, { recursive: true, force: true });
  };

  const url = `http://${address}`;
  if (!(await Promise.race([waitUntilListening(url), ended.then(() => false)]))) {
    await close();
    throw new Error(`workerd did not start:\n${complaints}`);
  }
  return {
    url,
    inspectorUrl: inspector && `ws://${inspector}/main`,
    memory: () => residentMemory(child),
    processorMs: () => processorTime(child),
    close,
    [Symbol.asyncDispose]: close,
  };
}

type BuiltWorker = {
  main: string;
  compatibility_date: string;
  compatibility_flags: string[];
  vars: Record<string, string>;
};

/** Not the script in `.bin`, which runs workerd as a child that outlives the script. */
function workerdBinary(): string {
  const machine = `${process.platform}-${process.arch === "x64" ? "64" : process.arch}`;
  return path.join(MODULES, "@cloudflare", `workerd-${machine}`, "bin/workerd");
}

async function waitUntilListening(url: string): Promise<boolean> {
  for (const start = Date.now(); Date.now() - start < START_LIMIT_MS; await pause(20)) {
    const response = await fetch(url, { redirect: "manual" }).catch(() => null);
    if (response) return true;
  }
  return false;
}

async function residentMemory({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) * 1024;
}
