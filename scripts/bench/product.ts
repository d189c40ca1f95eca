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
  /** Processor time of the database so far, as `processorMs` is that of the Worker. */
  databaseMs: () => Promise<number | null>;
  vars: Record<"APP_URL" | "AUTH_SECRET" | "DATABASE_URL", string>;
  /** Signs in a person with the demo's password, by default its owner. Resolves with cookies, whose cache lasts five minutes. */
  signIn: (how?: { email?: string; at?: string }) => Promise<string>;
  /** Starts the same Worker again, with other variables. */
  beside: (vars: Record<string, string>) => Promise<Workerd>;
};

/** Starts the built Worker with a real database of demo data. There are no pictures, since no document reads one. */
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

/** Resolves with the cookies of the new session. Waits and retries if sign-ins are rate-limited. */
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
  if (response.status !== 303 || cookies.length === 0) throw new Error(`Sign-in responded with ${response.status}.`);
  return cookies.join("; ");
}
