import type { SQL } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Writer } from "#app/change/change.server.ts";
import type { Database } from "#app/db/client.server.ts";
import type { Searched } from "#app/db/schema/search.ts";
import type { Statement } from "#app/operation/plan.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { FileOwner, Stretch } from "#app/storage/sweep.server.ts";
import type { Permission } from "./permissions.ts";
import type { Role } from "./roles.ts";
import type { Tenanted } from "./tables.ts";

export type ExportSection = {
  table: SQLiteTable;
  byId?: AnySQLiteColumn[];
  byEmail?: AnySQLiteColumn[];
  more?: (appUrl: string) => Record<string, SQL>;
};

/** Things that the palette finds for a person, in those of their organizations where their role has the permission. */
export type Findable = {
  permission: Permission;
  searched: Searched;
  orderBy: SQL[];
};

/** One run of the schedule. `storage` is the whole storage, without a prefix. */
export type Turn = { db: Database; storage: FileStorage; now: Date; appUrl: string };

/** The people who leave (an id, or SQL for a `select` of ids) and the organization, which is null for all of theirs. */
export type Parting = {
  userIds: string | SQL | null;
  organizationId: string | null;
  /** The role that they keep. Null if they are no longer members. */
  role: Role | null;
  now: Date;
  appUrl: string;
};

/** A kind of thing with a page that log entries are about. `target` is the column by which an entry names it, by default `id`. */
type Thing = {
  table: SQLiteTable & Tenanted;
  id: AnySQLiteColumn;
  target?: AnySQLiteColumn;
  hrefOf: (place: { organization: string; id: string }) => string;
};

export type ServerFeature = {
  exported?: Record<string, ExportSection>;
  /** Tables with so many rows per organization that they are emptied piece by piece when it is deleted. */
  emptied?: readonly (SQLiteTable & Tenanted & { id: AnySQLiteColumn; organizationId: AnySQLiteColumn })[];
  /** By kind. `found` of the domain's view has the words for each kind. Results are shown in the order of domains. */
  findable?: Record<string, Findable>;
  /** How many things the row of `organization` has, shown before it is deleted. `counted` of the view has the words. */
  counted?: Record<string, SQL.Aliased<number> | AnySQLiteColumn>;
  /** Whether each of the view's `steps` is done: SQL over the row of `organization` and the caller's row of `member`. */
  steps?: Record<string, SQL>;
  things?: readonly Thing[];
  files?: (db: Database) => FileOwner;
  lost?: (missing: { db: Database; stretch: Stretch; now: Date }) => Promise<string[]>;
  /** Statements that depend on the entry by which someone leaves or gets another role. Their membership may be gone by then. */
  parting?: (entry: Writer, who: Parting) => Record<string, Statement>;
  scheduled?: Record<string, (turn: Turn) => Promise<unknown>>;
};
