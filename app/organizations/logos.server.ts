import { and, eq, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import type { FileOwner } from "#app/storage/sweep.server.ts";

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

const LOGO_KEY = /^organizations\/([^/]+)\/logo\/([^/]+)$/;

/** The files of logos, for the sweep: one belongs to the organization that has it now. */
export function logoFiles(db: Database): FileOwner {
  return {
    owns: (key) => LOGO_KEY.test(key),
    async known(keys) {
      const ids = keys.map((key) => LOGO_KEY.exec(key)?.[1]);
      const rows = await db
        .select({ id: organization.id, logo: organization.logo })
        .from(organization)
        .where(sql`${organization.id} in (select value from json_each(${JSON.stringify(ids)}))`);
      return new Set(rows.map(({ id, logo }) => `organizations/${id}/${logoKey(logo ?? "")}`));
    },
  };
}
