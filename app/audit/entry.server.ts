import { eq, sql } from "drizzle-orm";
import { auditChain, auditEntry } from "#app/db/schema/audit.ts";
import { serverFeatures } from "#app/features.server.ts";
import { deviceName } from "#app/i18n/device-name.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { entryRows, type LoggedEntry, toEntry } from "./log.server.ts";
import type { OneEntry } from "./schemas.ts";

const things = serverFeatures.flatMap(({ things = [] }) => things);

export type EntryDetails = LoggedEntry & {
  /** In words; null if no user agent was kept. */
  device: string | null;
  userAgent: string | null;
  requestId: string | null;
  /** Its place in the chain, from 1 to `entries`. */
  place: number | null;
  entries: number;
  /** Null if it is not sealed yet. */
  seal: string | null;
  /** The page of what the entry is about, if it still exists. */
  thing: string | null;
};

export function entryDetails(scope: Scope<"audit:read">, { organization, entry }: OneEntry): Plan<EntryDetails | null> {
  const isThis = eq(auditEntry.id, entry);
  const target = scope.select({ id: auditEntry.targetId }).from(auditEntry).where(isThis);
  const found = things.map(({ table, id, target: named = id }) =>
    scope
      .select({ id: sql<string>`${id}` })
      .from(table)
      .where(eq(named, sql`(${target})`))
      .limit(1),
  );
  const rows = entryRows(scope, {}, { where: isThis }).limit(1);
  const chains = scope.select({ entries: auditChain.entries }).from(auditChain);
  const queries = { rows, chains, ...Object.fromEntries(found.map((each, index) => [`thing${index}`, each])) };
  return plan(queries, ({ rows: [row], chains: [chain], ...others }) => {
    if (row === undefined) return null;
    const hrefs = things.flatMap(({ hrefOf }, index) =>
      ((others as Record<string, { id: string }[]>)[`thing${index}`] ?? []).map(({ id }) =>
        hrefOf({ organization, id }),
      ),
    );
    const { userAgent, requestId, sequence: place, hash: seal } = row;
    return {
      ...toEntry(row),
      ...{ userAgent, requestId, place, seal },
      device: userAgent === null ? null : deviceName(userAgent).device,
      entries: chain?.entries ?? 0,
      thing: hrefs[0] ?? null,
    };
  });
}
