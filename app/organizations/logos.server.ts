import { and, eq, sql } from "drizzle-orm";
import { organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";

/** Where a logo lies inside its organization's storage. */
export function logoKey(logo: string): string {
  return `logo/${logo}`;
}

/** Whether this is the logo the organization has now. */
export function isCurrentLogo({ db, organizationId }: Scope<"dashboard:read">, logo: string): Plan<boolean> {
  const current = db
    .select({ logo: sql<number>`1` })
    .from(organization)
    .where(and(eq(organization.id, organizationId), eq(organization.logo, logo)));
  return plan({ current }, (rows) => rows.current.length > 0);
}
