import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createDatabase, type Database } from "../app/db/client.server.ts";
import { type Applied, applyMigrations, inWordsOf } from "./migrate.ts";
import { Mistake } from "./mistake.ts";
import { startSqld } from "./sqld.ts";

export type LocalDatabase = {
  url: string;
  db: Database;
  /** Resolves with the server's last output if it ends by itself. */
  died: Promise<string>;
  processorMs: () => Promise<number | null>;
  close: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** Starts the data folder's own libSQL server and migrates it. Rejects if another process uses that folder. */
export async function startLocalDatabase({ dataDir }: { dataDir: string }): Promise<LocalDatabase> {
  const note = noteIn(dataDir);
  if ((await runningDatabase(dataDir)) !== null) {
    throw new Mistake(`Another process is using ${dataDir}. Stop it first, or set DATA_DIR to another folder.`);
  }
  const sqld = await startSqld({ dataDir });
  await writeFile(note, sqld.url);
  const db = createDatabase({ url: sqld.url });
  const close = async () => {
    await sqld.close();
    await rm(note, { force: true });
  };
  await applyMigrations(db, anew(dataDir)).catch(async (error) => {
    await close();
    throw inWordsOf(error);
  });
  const { url, died, processorMs } = sqld;
  return { url, db, died, processorMs, close, [Symbol.asyncDispose]: close };
}

/** Says how to recreate the data folder, which contains only development data. */
export function anew(dataDir: string): string {
  const folder = path.relative(process.cwd(), dataDir) || dataDir;
  return `Create it again with: rm -r ${folder} && npm run dev. You get new demo data and lose what you added.`;
}

/** Returns the migrations of the data folder's database, or null if there is no database yet. */
export function appliedIn(dataDir: string): Applied[] | null {
  const file = path.join(dataDir, "database.sqld/dbs/default/data");
  if (!existsSync(file)) return null;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const known = database.prepare("select name from sqlite_master where name = '__drizzle_migrations'").get();
    if (known === undefined) return [];
    const rows = database.prepare("select created_at as time, hash from __drizzle_migrations").all();
    return rows.map(({ time, hash }) => ({ time: Number(time), hash: String(hash) }));
  } finally {
    database.close();
  }
}

/** The URL of the data folder's running server, or null if none runs. */
export async function runningDatabase(dataDir: string): Promise<string | null> {
  const url = await readFile(noteIn(dataDir), "utf8").catch(() => null);
  return url && (await fetch(`${url}/health`).catch(() => null)) ? url : null;
}

const noteIn = (dataDir: string) => path.join(dataDir, "database-url");
