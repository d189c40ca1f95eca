import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { keptSecret } from "../auth-secret.ts";
import { dataFolder } from "../data-folder.ts";
import { startLocalDatabase } from "../local-database.ts";
import { DEMO_LOGINS, DEMO_PASSWORD } from "../seed/demo.ts";
import { needsSeed, seed } from "../seed.ts";
import { startWorkerd, type Workerd } from "../workerd.ts";

const SERVER = path.join(import.meta.dirname, "../../build/server");

export type Product = Workerd & {
  databaseUrl: string;
  /** Processor time of the database so far, as `processorMs` tells that of the Worker. */
  databaseMs: () => Promise<number | null>;
  vars: Record<"APP_URL" | "AUTH_SECRET" | "DATABASE_URL", string>;
  /** The cookies of a person with the password of the demo, its owner unless told otherwise. Their cache ends after five minutes. */
  signIn: (how?: { email?: string; at?: string }) => Promise<string>;
  /** The same Worker once more, with other variables. */
  beside: (vars: Record<string, string>) => Promise<Workerd>;
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
    return {
      ...worker,
      databaseUrl: database.url,
      databaseMs: database.processorMs,
      vars,
      signIn: ({ email, at = worker.url } = {}) => signIn(at, email),
      beside: (more) => startWorkerd({ folder: SERVER, vars: { ...vars, ...more } }),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Waits where signing in is limited. */
async function signIn(url: string, email = DEMO_LOGINS[0] ?? ""): Promise<string> {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    body: new URLSearchParams({ email, password: DEMO_PASSWORD, redirectTo: "/" }),
    redirect: "manual",
  });
  if (response.status === 429) {
    await setTimeout(1000 * Number(response.headers.get("Retry-After") ?? 1));
    return signIn(url, email);
  }
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0]);
  if (response.status !== 303 || cookies.length === 0) throw new Error(`Sign-in answered ${response.status}.`);
  return cookies.join("; ");
}
