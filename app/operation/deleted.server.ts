import { gte, inArray, lt, type SQL } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "#app/db/client.server.ts";
import { MINUTE_MS } from "#app/durations.server.ts";

/** How long a deleted row can be restored. Messages show this number too. */
export const RESTORABLE_MINUTES = 60;

const FORGOTTEN_PER_RUN = 500;

function since(now: Date): Date {
  return new Date(now.getTime() - RESTORABLE_MINUTES * MINUTE_MS);
}

export function isRestorable(deletedAt: AnySQLiteColumn, now: Date): SQL {
  return gte(deletedAt, since(now));
}

type Kept = SQLiteTable & { id: AnySQLiteColumn; deletedAt: AnySQLiteColumn };

/** For the schedule: removes rows of all organizations that can no longer be restored. */
export function forgetDeleted(table: Kept, { db, now }: { db: Database; now: Date }) {
  const due = db
    .select({ id: table.id })
    .from(table)
    .where(lt(table.deletedAt, since(now)))
    .orderBy(table.deletedAt)
    .limit(FORGOTTEN_PER_RUN);
  return db.delete(table).where(inArray(table.id, due));
}
