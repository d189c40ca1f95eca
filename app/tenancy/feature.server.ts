import type { SQL } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "#app/db/client.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { FileOwner, Stretch } from "#app/storage/sweep.server.ts";
import type { Tenanted } from "./tables.ts";

export type ExportSection = {
  table: SQLiteTable;
  byId?: AnySQLiteColumn[];
  byEmail?: AnySQLiteColumn[];
  more?: (appUrl: string) => Record<string, SQL>;
};

/** One turn of the schedule. `storage` is the whole one, outside any prefix. */
export type Turn = { db: Database; storage: FileStorage; now: Date };

export type ServerFeature = {
  exported?: Record<string, ExportSection>;
  /** Tables with so many rows of an organization that they go piece by piece when it is deleted. */
  emptied?: readonly (SQLiteTable & Tenanted & { id: AnySQLiteColumn; organizationId: AnySQLiteColumn })[];
  files?: (db: Database) => FileOwner;
  lost?: (missing: { db: Database; stretch: Stretch; now: Date }) => Promise<string[]>;
  scheduled?: Record<string, (turn: Turn) => Promise<unknown>>;
};
