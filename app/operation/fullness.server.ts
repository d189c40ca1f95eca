import { type SQL, sql } from "drizzle-orm";
import { isTrue } from "#app/db/is-true.server.ts";
import { organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "./grant.server.ts";
import { type Plan, plan } from "./plan.ts";

/** Whether the organization has as many of what was counted as it can have, so that another one would be refused. */
export function whetherFull(
  { select }: Pick<Scope<"member:read">, "select">,
  count: SQL<number>,
  maximum: number,
): Plan<{ isFull: boolean }> {
  const rows = select({ isFull: isTrue(sql`${count} >= ${maximum}`) }).from(organization);
  return plan({ rows }, ({ rows: [row] }) => ({ isFull: row?.isFull ?? false }));
}
