import { gte, inArray, lt, type SQL } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "#app/db/client.server.ts";

/** How long what was deleted can be restored; messages say it too. */
export const RESTORABLE_MINUTES = 60;

const FORGOTTEN_PER_RUN = 500;

function since(now: Date): Date {
  return new Date(now.getTime() - RESTORABLE_MINUTES * 60_000);
}

export function isRestorable(deletedAt: AnySQLiteColumn, now: Date): SQL {
  return gte(deletedAt, since(now));
}

type Kept = SQLiteTable & { id: AnySQLiteColumn; deletedAt: AnySQLiteColumn };

/** For the schedule: what cannot be restored any more goes for good, of all organizations. */
export function forgetDeleted(table: Kept, { db, now }: { db: Database; now: Date }) {
  const due = db
    .select({ id: table.id })
    .from(table)
    .where(lt(table.deletedAt, since(now)))
    .orderBy(table.deletedAt)
    .limit(FORGOTTEN_PER_RUN);
  return db.delete(table).where(inArray(table.id, due));
}
