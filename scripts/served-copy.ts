import "./offline.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { keptSecret } from "./auth-secret.ts";
import { resourceFolder } from "./data-folder.ts";
import { startLocalDatabase } from "./local-database.ts";
import { freePort } from "./port.ts";
import { seed } from "./seed.ts";
import { serveBuilt } from "./serve.ts";

export type ServedCopy = {
  url: string;
  databaseUrl: string;
  authSecret: string;
  close: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

type ServedCopyOptions = {
  withDemoData: boolean;
  /** Variables of the Worker in addition to those that every copy has. */
  more?: Record<string, string>;
  /** Returns the URL that the Worker uses instead of the database's: that of a proxy in front of it. */
  throughProxy?: (databaseUrl: string) => Promise<string>;
};

/** Starts the built Worker with a database and a bucket of its own, which are deleted when it is closed. */
export async function startServedCopy({
  withDemoData,
  more = {},
  throughProxy,
}: ServedCopyOptions): Promise<ServedCopy> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-served-"));
  const database = await startLocalDatabase({ dataDir });
  if (withDemoData) await seed({ db: database.db, dataDir });
  const port = await freePort();
  const authSecret = await keptSecret(dataDir);
  const vars = {
    // Every language is tested, whichever ones are offered.
    LANGUAGES: "",
    ...more,
    APP_ENV: "development",
    APP_URL: `http://localhost:${port}`,
    AUTH_SECRET: authSecret,
    DATABASE_URL: (await throughProxy?.(database.url)) ?? database.url,
  };
  const served = await serveBuilt({ port, vars, resources: resourceFolder(dataDir) });
  const close = async () => {
    await served.close();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  const url = vars.APP_URL;
  return { url, databaseUrl: database.url, authSecret, close, [Symbol.asyncDispose]: close };
}
