import type { BatchItem } from "drizzle-orm/batch";
import type { Database } from "./client.server.ts";

/** Sends statements as one atomic batch: one request to the database, all of it or nothing. */
export async function runBatch(db: Database, statements: readonly BatchItem<"sqlite">[]): Promise<unknown[]> {
  const [first, ...rest] = statements;
  return first === undefined ? [] : db.batch([first, ...rest]);
}
