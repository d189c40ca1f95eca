import type { SQL } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Hanging } from "#app/change/change.server.ts";
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

/** What the palette finds in the organizations of a person: those in which their role has the permission. */
export type Findable = {
  permission: Permission;
  searched: Searched;
  orderBy: SQL[];
};

/** One turn of the schedule. `storage` is the whole one, outside any prefix. */
export type Turn = { db: Database; storage: FileStorage; now: Date; appUrl: string };

/** Who leaves (SQL: a `select` of their ids), and which organization; null: all of theirs. */
export type Parting = {
  userIds: string | SQL | null;
  organizationId: string | null;
  /** Which they keep; null: they are no member any more. */
  role: Role | null;
  now: Date;
  appUrl: string;
};

/** What an entry of the log may be about and has a page. `target`: by which column the entry names it; left out, by its id. */
export type Thing = {
  table: SQLiteTable & Tenanted;
  id: AnySQLiteColumn;
  target?: AnySQLiteColumn;
  hrefOf: (place: { organization: string; id: string }) => string;
};

export type ServerFeature = {
  exported?: Record<string, ExportSection>;
  /** Tables with so many rows of an organization that they go piece by piece when it is deleted. */
  emptied?: readonly (SQLiteTable & Tenanted & { id: AnySQLiteColumn; organizationId: AnySQLiteColumn })[];
  /** By the kind that `found` of the domain's view puts into words; shown in the order of domains. */
  findable?: Record<string, Findable>;
  /** How many there are in the row's `organization`, told before it is deleted; `counted` of the view has the words. */
  counted?: Record<string, SQL.Aliased<number> | AnySQLiteColumn>;
  /** Whether each of the view's `steps` is done, asked of the row of `organization` and of the one of `member` who asks. */
  steps?: Record<string, SQL>;
  things?: readonly Thing[];
  files?: (db: Database) => FileOwner;
  lost?: (missing: { db: Database; stretch: Stretch; now: Date }) => Promise<string[]>;
  /** What hangs on the entry by which somebody leaves, or gets another role. Their membership may be there or gone. */
  parting?: (entry: Hanging, who: Parting) => Record<string, Statement>;
  scheduled?: Record<string, (turn: Turn) => Promise<unknown>>;
};
