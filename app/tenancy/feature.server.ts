import type { SQL } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "#app/db/client.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { FileOwner, Stretch } from "#app/storage/sweep.server.ts";
import type { Tenanted } from "./tables.ts";

/** What is kept about a person in one table, for their export. */
export type ExportSection = {
  table: SQLiteTable;
  /** The columns that say whose a row is: by the person's id, or by their address. */
  byId?: AnySQLiteColumn[];
  byEmail?: AnySQLiteColumn[];
  /** What stands beside the table's own columns, such as where a file is. */
  more?: (appUrl: string) => Record<string, SQL>;
};

/** One turn of the schedule. `storage` is the whole one, outside any prefix. */
export type Turn = { db: Database; storage: FileStorage; now: Date };

/** What a domain brings to the work that goes through all domains on the server. */
export type ServerFeature = {
  exported?: Record<string, ExportSection>;
  /** Tables with so many rows of an organization that they go piece by piece when it is deleted. */
  emptied?: readonly (SQLiteTable & Tenanted & { id: AnySQLiteColumn; organizationId: AnySQLiteColumn })[];
  /** Whose files are whose, for the sweep of those that no row speaks of. */
  files?: (db: Database) => FileOwner;
  /** Files that a row speaks of and that the sweep has not met in this stretch. */
  lost?: (missing: { db: Database; stretch: Stretch; now: Date }) => Promise<string[]>;
  /** Every five minutes, by what it does. */
  scheduled?: Record<string, (turn: Turn) => Promise<unknown>>;
};
