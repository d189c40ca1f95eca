import type { BatchItem } from "drizzle-orm/batch";
import type { Database } from "./client.server.ts";

export async function runBatch(db: Database, statements: readonly BatchItem<"sqlite">[]): Promise<unknown[]> {
  const [first, ...rest] = statements;
  return first === undefined ? [] : db.batch([first, ...rest]);
}
