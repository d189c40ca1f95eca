import path from "node:path";
import type { Database } from "../../app/db/client.server.ts";
import { keptSecret } from "../auth-secret.ts";
import { dataFolder } from "../data-folder.ts";
import { startLocalDatabase } from "../local-database.ts";
import { DEMO_LOGINS, DEMO_PASSWORD } from "../seed/demo.ts";
import { needsSeed, seed } from "../seed.ts";
import { startWorkerd, type Workerd } from "../workerd.ts";

const SERVER = path.join(import.meta.dirname, "../../build/server");

export type Product = Workerd & {
  db: Database;
  /** The cookies of the demo owner. Their cache ends after five minutes, and renewing it costs more than a page. */
  signIn: () => Promise<string>;
};

/** The built Worker over a real database with demo data. It holds no pictures: no document reads one. */
export async function startProduct({ inspect = false } = {}): Promise<Product> {
  const dataDir = path.join(dataFolder(), "bench");
  const database = await startLocalDatabase({ dataDir });
  try {
    if (await needsSeed(database.db)) await seed({ db: database.db, dataDir });
    const vars = {
      APP_ENV: "production",
      APP_URL: "http://localhost",
      AUTH_SECRET: await keptSecret(dataDir),
      DATABASE_URL: database.url,
    };
    const worker = await startWorkerd({ folder: SERVER, vars, inspect });
    const close = async () => {
      await worker.close();
      await database.close();
    };
    return { ...worker, db: database.db, signIn: () => signIn(worker.url), close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    body: new URLSearchParams({ email: DEMO_LOGINS[0] ?? "", password: DEMO_PASSWORD, redirectTo: "/" }),
    redirect: "manual",
  });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0]);
  if (response.status !== 302 || cookies.length === 0) throw new Error(`Sign-in answered ${response.status}.`);
  return cookies.join("; ");
}
