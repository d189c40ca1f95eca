import type { SQL } from "drizzle-orm";
import type { ActorKind } from "#app/db/schema/audit.ts";

/** Who did it, as the log says it. SQL where only the statement that writes it knows. */
export type Actor = { kind: ActorKind; id: string | SQL };
