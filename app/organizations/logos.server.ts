import { eq, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { ANY_PART, organizationFolder } from "#app/storage/folders.ts";
import type { FileOwner } from "#app/storage/sweep.server.ts";

export function logoKey(logo: string): string {
  return `logo/${logo}`;
}

export function currentLogo(
  scope: Scope<"dashboard:read">,
  { logo }: { logo: string },
): Plan<{ logo: string | null } | null> {
  const current = scope.select({ logo: organization.logo }).from(organization).where(eq(organization.logo, logo));
  return plan({ current }, ({ current: [found] }) => found ?? null);
}

const LOGO_KEY = new RegExp(`^${organizationFolder(ANY_PART)}/${logoKey(ANY_PART)}$`);

export function logoFiles(db: Database): FileOwner {
  return {
    owns: (key) => LOGO_KEY.test(key),
    async known(keys) {
      const ids = keys.map((key) => LOGO_KEY.exec(key)?.[1]);
      const rows = await db
        .select({ id: organization.id, logo: organization.logo })
        .from(organization)
        .where(sql`${organization.id} in (select value from json_each(${JSON.stringify(ids)}))`);
      return new Set(rows.map(({ id, logo }) => `${organizationFolder(id)}/${logoKey(logo ?? "")}`));
    },
  };
}
