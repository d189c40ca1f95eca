import type { SQL } from "drizzle-orm";
import type { ActorKind } from "#app/db/schema/audit.ts";

/** Who made a change, as the log records it. `id` is SQL if only the statement that writes the entry can find it. */
export type Actor = { kind: ActorKind; id: string | SQL };
