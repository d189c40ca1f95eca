import { createClient, type InArgs, type InStatement, LibsqlError, type TransactionMode } from "@libsql/client/http";
import { LibSQLDatabase } from "drizzle-orm/libsql/driver-core";
import { LibSQLSession } from "drizzle-orm/libsql/session";
import { ANSWER_LIMIT_MS, fetchWithin, Outage } from "#app/outside/outage.ts";
import { Dialect } from "./dialect.server.ts";

const dialect = new Dialect();

export type DatabaseOptions = {
  url: string;
  authToken?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  answerWithinMs?: number | undefined;
};

/** Connects with the first statement. A round trip rejects with an `Outage` if the database does not respond or stays busy. */
export function createDatabase({ url, authToken, fetch, answerWithinMs = ANSWER_LIMIT_MS }: DatabaseOptions) {
  const trip = fetchWithin("database", answerWithinMs, fetch ?? ((input, init) => globalThis.fetch(input, init)));
  const client = createClient({ url, ...(authToken && { authToken }), fetch: wellOnly(trip) });
  const patiently = <T>(work: () => Promise<T>) => untilFree(work, answerWithinMs);
  const [execute, batch, migrate, executeMultiple, transaction] = [
    client.execute.bind(client),
    client.batch.bind(client),
    client.migrate.bind(client),
    client.executeMultiple.bind(client),
    client.transaction.bind(client),
  ];
  client.execute = (statement: InStatement, values?: InArgs) =>
    patiently(() => (typeof statement === "string" ? execute(statement, values) : execute(statement)));
  // A batch that reads and then writes must hold the write lock from its start: taking it later fails when another writer came
  // in between. A batch that only reads is marked as such, so that a replica can serve it.
  client.batch = (statements) => patiently(() => batch(statements, statements.every(isReadOnly) ? "read" : "write"));
  client.migrate = (statements) => patiently(() => migrate(statements));
  // One transaction, because a retry after a partial success would run statements twice.
  client.executeMultiple = (text) => patiently(() => executeMultiple(`begin immediate;\n${text}\n;commit`));
  client.transaction = (mode?: TransactionMode) =>
    patiently(async () => {
      const begun = await transaction(mode ?? "write");
      // Take the lock now. Otherwise the first statement would take it, and that statement cannot be retried.
      await begun.batch([]);
      return begun;
    });
  const session = new LibSQLSession(client, dialect, undefined, {}, undefined);
  return Object.assign(new LibSQLDatabase("async", dialect, session, undefined), { $client: client });
}

/** The server reports a failed statement with status 200; a 5xx status means that the server itself failed. */
function wellOnly(trip: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    // A response is small and comes from near, so compression costs more than it saves: 0.5 ms of sqld's processor time, or
    // 100 ms with Brotli, which Cloudflare may request if nothing is set.
    request.headers.set("Accept-Encoding", "identity");
    const answer = await trip(request);
    if (answer.status >= 500) throw new Outage("database", `responded with ${answer.status}`);
    return answer;
  };
}

const PAUSES_MS = [20, 60, 180, 540];

async function untilFree<T>(work: () => Promise<T>, limitMs: number): Promise<T> {
  const started = performance.now();
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      const pause = PAUSES_MS[tries];
      if (pause === undefined || performance.now() - started > limitMs) {
        throw new Outage("database", "was too busy", { cause: error, code: error.code });
      }
      // Add jitter, so that waiting requests do not collide again.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}

function isBusy(error: unknown): error is LibsqlError {
  if (!(error instanceof LibsqlError)) return false;
  return /^SQLITE_BUSY/.test(error.code) || Object(error.cause).status === 429;
}

function isReadOnly(statement: InStatement | [string, InArgs?]): boolean {
  const text = typeof statement === "string" ? statement : Array.isArray(statement) ? statement[0] : statement.sql;
  return /^\s*select\b/i.test(text);
}

export type Database = ReturnType<typeof createDatabase>;
