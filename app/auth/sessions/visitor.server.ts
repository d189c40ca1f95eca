import { session } from "#app/db/schema/people.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan, planOf } from "#app/operation/plan.ts";

/** Whether the visitor has a live session. Without a cookie no query is needed. */
export function isSignedIn(scope: Scope<"public">): Plan<boolean> {
  if (scope.viewer === null) return planOf(false);
  const live = scope.select({ userId: session.userId }).from(session).limit(1);
  return plan({ live }, (rows) => rows.live.length > 0);
}
