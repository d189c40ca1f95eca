import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createDatabase, type Database } from "../app/db/client.server.ts";
import { applyMigrations } from "./migrate.ts";
import { startSqld } from "./sqld.ts";

export type LocalDatabase = {
  url: string;
  db: Database;
  /** Resolves with its last words when the server ends by itself. */
  died: Promise<string>;
  close: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** Starts the data folder's own libSQL server and migrates it. Rejects when another process runs on that folder. */
export async function startLocalDatabase({ dataDir }: { dataDir: string }): Promise<LocalDatabase> {
  const note = noteIn(dataDir);
  if ((await runningDatabase(dataDir)) !== null) {
    throw new Error(`Another process runs on ${dataDir}. Stop it first, or set DATA_DIR to another folder.`);
  }
  const sqld = await startSqld({ dataDir });
  await writeFile(note, sqld.url);
  const db = createDatabase({ url: sqld.url });
  await applyMigrations(db);
  const close = async () => {
    await sqld.close();
    await rm(note, { force: true });
  };
  return { url: sqld.url, db, died: sqld.died, close, [Symbol.asyncDispose]: close };
}

/** Where the data folder's server answers now, or null when none runs. */
export async function runningDatabase(dataDir: string): Promise<string | null> {
  const url = await readFile(noteIn(dataDir), "utf8").catch(() => null);
  return url && (await fetch(`${url}/health`).catch(() => null)) ? url : null;
}

const noteIn = (dataDir: string) => path.join(dataDir, "database-url");
