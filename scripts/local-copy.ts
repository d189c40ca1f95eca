import { PRODUCT_NAME } from "../app/product.ts";
import "./offline.ts";
import { keptSecret } from "./auth-secret.ts";
import { dataFolder } from "./data-folder.ts";
import { type LocalDatabase, startLocalDatabase } from "./local-database.ts";
import { freePort, portAsked } from "./port.ts";
import { DEMO_LOGINS, DEMO_ORGANIZATIONS, DEMO_PASSWORD, namesOf } from "./seed/demo.ts";
import { needsSeed, seed } from "./seed.ts";

const DEFAULT_PORT = 5173;

export type LocalCopy = {
  url: string;
  port: number;
  dataDir: string;
  database: LocalDatabase;
  /** The variables that the Worker reads from `env`. */
  vars: Record<string, string>;
};

/** Prepares what the Worker needs on this machine: a port, a migrated database with demo data, and its variables. */
export async function startLocalCopy(): Promise<LocalCopy> {
  const wanted = portAsked(DEFAULT_PORT);
  const dataDir = dataFolder();
  console.log(`Starting the database in ${dataDir}`);
  const database = await startLocalDatabase({ dataDir });
  if (await needsSeed(database.db)) {
    console.log(`Making demo data: ${namesOf(DEMO_ORGANIZATIONS)}`);
    await seed({ db: database.db, dataDir });
  }
  const port = await freePort(wanted);
  if (port !== wanted && wanted !== 0) console.log(`Port ${wanted} is in use, so this uses ${port}`);
  const url = `http://localhost:${port}`;
  const vars = {
    APP_ENV: "development",
    APP_URL: url,
    AUTH_SECRET: await keptSecret(dataDir),
    DATABASE_URL: database.url,
  };
  return { url, port, dataDir, database, vars };
}

export function printWelcome({ url }: LocalCopy): void {
  console.log(`
  ${PRODUCT_NAME.padEnd(10)} ${url}
  Mailbox    ${url}/dev/mailbox
  Sign in    ${DEMO_LOGINS.join(" · ")}
  Password   ${DEMO_PASSWORD}

  Ctrl+C ends it.
`);
}

/** Runs `end` once and exits: when a signal asks this process to stop, or when the database has ended, which it reports. */
export function onStop(end: () => Promise<void>, database?: Pick<LocalDatabase, "died">): void {
  let ending = false;
  const stop = async (code: number) => {
    if (ending) return;
    ending = true;
    process.exitCode = code;
    await end();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(0));
  database?.died.then((lastWords) => {
    if (!ending) console.error(`\n  The database stopped, so this stops too. Start it again.\n  ${lastWords}`);
    return stop(1);
  });
}
