import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDatabase } from "../app/db/client.server.ts";
import { keptSecret } from "../scripts/auth-secret.ts";
import { resourceFolder } from "../scripts/data-folder.ts";
import { startFaultProxy } from "../scripts/fault-proxy.ts";
import { applyMigrations } from "../scripts/migrate.ts";
import { freePort } from "../scripts/port.ts";
import { serveApart } from "../scripts/serve-apart.ts";
import { startSqld } from "../scripts/sqld.ts";

export type KillableCopy = Awaited<ReturnType<typeof startKillableCopy>>;

/**
 * Starts the built Worker in front of a database of its own. Both can be killed in the middle of their work and started again
 * with what they have stored. `proxy` is between the two.
 */
export async function startKillableCopy({ more = {} }: { more?: Record<string, string> } = {}) {
  await using started = new AsyncDisposableStack();
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-killable-"));
  started.defer(() => rm(dataDir, { recursive: true, force: true }));
  let sqld = await startSqld({ dataDir });
  started.defer(() => sqld.close());
  const proxy = started.use(await startFaultProxy({ target: sqld.url }));
  const db = createDatabase({ url: proxy.url });
  await applyMigrations(db);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const authSecret = await keptSecret(dataDir);
  const vars = {
    LANGUAGES: "",
    ...more,
    APP_ENV: "development",
    APP_URL: url,
    AUTH_SECRET: authSecret,
    DATABASE_URL: proxy.url,
  };
  const options = { port, vars, resources: resourceFolder(dataDir) };
  let worker = await serveApart(options);
  started.defer(() => worker.kill());
  const running = started.move();
  return {
    ...{ url, authSecret, db, proxy },
    log: () => worker.log(),
    killWorker: () => worker.kill(),
    startWorker: async () => {
      worker = await serveApart(options);
    },
    async killDatabase() {
      await sqld.kill();
      sqld = await startSqld({ dataDir });
      proxy.target = sqld.url;
    },
    runSchedule: async () => {
      await fetch(`${url}/cdn-cgi/local/scheduled`);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
