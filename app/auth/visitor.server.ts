import { sql } from "drizzle-orm";
import type { Scope } from "#app/request/grant.server.ts";
import { answer, type Plan, plan } from "#app/request/plan.ts";

/** Whether whoever asks has a live session. Without a cookie there is nothing to ask the database. */
export function isSignedIn(scope: Scope<"public">): Plan<boolean> {
  if (scope.viewer === null) return answer(false);
  const live = scope.db.all<{ userId: string | null }>(sql`select ${scope.userId} as userId`);
  return plan({ live }, ({ live: [row] }) => row !== undefined && row.userId !== null);
}
