import { readdir } from "node:fs/promises";
import path from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";

const SERVER = path.join(import.meta.dirname, "../build/server");

export type ServeOptions = {
  port: number;
  vars: Record<string, string>;
  /** The folder where R2 keeps its objects: `resourceFolder(dataDir)`. */
  resources: string;
};

/**
 * Serves `build/` with its real bindings, in its own workerd process. A request to `/cdn-cgi/local/scheduled` runs the
 * cron trigger. Rejects if there is no build.
 */
export async function serveBuilt({ port, vars, resources }: ServeOptions): Promise<{ close: () => Promise<void> }> {
  const config = unstable_readConfig({ config: path.join(SERVER, "wrangler.json") });
  const { workerOptions } = unstable_getMiniflareWorkerOptions({ ...config, vars: { ...config.vars, ...vars } });
  const { modulesRules: _, ...worker } = workerOptions;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      port,
      log: new Log(LogLevel.WARN),
      cf: false,
      telemetry: { enabled: false },
      unsafeTriggerHandlers: true,
      resourcePersistencePath: path.join(resources, "v3"),
      workers: [{ ...worker, name: config.name ?? "worker", modulesRoot: SERVER, modules: await serverModules() }],
    }),
  );
  await miniflare.ready;
  return { close: () => miniflare.dispose() };
}

async function serverModules() {
  const files = await readdir(SERVER, { recursive: true });
  const scripts = files.filter((file) => file.endsWith(".js"));
  // Miniflare takes the first module as the Worker.
  scripts.sort((one, other) => Number(other === "index.js") - Number(one === "index.js"));
  return scripts.map((file) => ({ type: "ESModule" as const, path: path.join(SERVER, file) }));
}
