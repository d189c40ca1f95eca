import { createClient, type InArgs, type InStatement, LibsqlError } from "@libsql/client/web";
import { drizzle } from "drizzle-orm/libsql/web";

export type DatabaseOptions = {
  url: string;
  authToken?: string | undefined;
  /** Every trip to the database passes here once, so a caller can count or time them. */
  fetch?: typeof globalThis.fetch | undefined;
};

/** Opens no connection: the first statement is the first trip. Works against any libSQL server over HTTP. */
export function createDatabase({ url, authToken, fetch }: DatabaseOptions) {
  // `libsql:` would open a WebSocket, which no `fetch` sees and no Worker can share between requests.
  const address = url.replace(/^libsql:/, "https:");
  const client = createClient({ url: address, ...(authToken && { authToken }), ...(fetch && { fetch }) });
  const batch = client.batch.bind(client);
  // A batch that reads and then writes must hold the write lock from its start: taking it later fails when another has written
  // in between. A batch that only reads says so, and may be answered by a replica.
  client.batch = (statements) => patiently(() => batch(statements, statements.every(isReadOnly) ? "read" : "write"));
  return drizzle({ client });
}

const PAUSES_MS = [20, 60, 180, 540];

/** Tries again what the database was too busy for: a batch that did not get its lock has done nothing. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      // At different times, or all who wait would meet again.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
  return work();
}

/** It could not get the lock, or the server takes no more requests for now. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof LibsqlError)) return false;
  return error.code === "SQLITE_BUSY" || Object(error.cause).status === 429;
}

function isReadOnly(statement: InStatement | [string, InArgs?]): boolean {
  const text = typeof statement === "string" ? statement : Array.isArray(statement) ? statement[0] : statement.sql;
  return /^\s*select\b/i.test(text);
}

export type Database = ReturnType<typeof createDatabase>;
