import { sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import type { Plan } from "#app/operation/plan.ts";
import { createScope } from "#app/request/scope-and-grant.server.ts";

/** A scope of some organization, for plans that are described and not run. */
export function aScope(db: Database): Scope<"member:read"> {
  const facts = {
    viewer: { userId: "person" },
    now: new Date(),
    userId: sql`'person'`,
    organizationIf: () => sql`'organization'`,
    organizationId: sql`'organization'`,
    within: () => aScope(db),
  };
  const reach = { organization: "organization", organizations: null, person: "person", reachesAll: true };
  return createScope<"member:read">(facts as never, { db, reach });
}

export async function waysOf(db: Database, { statements: [first] }: Plan<unknown>): Promise<string[]> {
  const statement = first as unknown as { getSQL(): ReturnType<typeof sql> };
  const steps = await db.all<{ detail: string }>(sql`explain query plan ${statement.getSQL()}`);
  return steps.map(({ detail }) => detail);
}
