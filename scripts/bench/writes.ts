import { randomUUID } from "node:crypto";
import path from "node:path";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { audit } from "../../app/change/entries.server.ts";
import { deliveryStatement } from "../../app/change/events.server.ts";
import { runBatch } from "../../app/db/batch.server.ts";
import type { Database } from "../../app/db/client.server.ts";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { organization } from "../../app/db/schema/organizations.ts";
import type { Statement } from "../../app/operation/plan.ts";
import { outageOf } from "../../app/outside/outage.ts";
import { dataFolder } from "../data-folder.ts";
import { startLocalDatabase } from "../local-database.ts";
import { percentile, table } from "./numbers.ts";

const CALLERS = [1, 8, 32, 64];
const TENANTS = [1, 50];

type Part = (db: Database, organizationId: string) => Statement[];

/** The parts of a change, each with one thing more than the one before. The last is what `change` sends. */
const PARTS: Record<string, Part> = {
  "the row alone": (db, organizationId) => [renamed(db, organizationId)],
  "with its entry, the chain and the figures": (db, organizationId) => entryAndRow(db, organizationId).statements,
  "and the events of webhooks": (db, organizationId) => {
    const { statements, isIt } = entryAndRow(db, organizationId);
    return [...statements, deliveryStatement(db, { entries: isIt, organizationId })];
  },
};

function renamed(db: Database, organizationId: string, when?: SQL) {
  return db
    .update(organization)
    .set({ name: randomUUID() })
    .where(and(eq(organization.id, organizationId), when));
}

function entryAndRow(db: Database, organizationId: string) {
  const acting = { db, actor: { kind: "system", id: "bench" } as const, via: null, now: new Date() };
  const asked = { ipAddress: null, userAgent: null, requestId: null };
  const { entry, isWritten, isIt } = audit(
    { ...acting, ...asked, organizationId, newId: randomUUID },
    {
      action: "organization.renamed",
      from: sql`from ${organization} where ${eq(organization.id, organizationId)}`,
    },
  );
  return { statements: [db.all(sql`select 1 as still`), entry, renamed(db, organizationId, isWritten)], isIt };
}

/** Measures callers that rename organizations, one batch after the other. Rejects if an acknowledged change has no entry. */
export async function measureWrites({ seconds }: { seconds: number }) {
  await using database = await startLocalDatabase({ dataDir: path.join(dataFolder(), "bench") });
  const { db } = database;
  const tenants = await makeTenants(db, Math.max(...TENANTS));
  const rows = [["", "organizations", "callers", "batches/s", "p50 ms", "p99 ms", "503"]];
  for (const count of TENANTS) {
    for (const callers of CALLERS) {
      for (const [name, part] of Object.entries(PARTS)) {
        const own = tenants.slice(0, count);
        const before = await entriesOf(db, own);
        const { times, busy, took } = await send(db, { part, tenants: own, callers, seconds });
        const written = (await entriesOf(db, own)) - before;
        const acknowledged = part === PARTS["the row alone"] ? 0 : times.length;
        if (written < acknowledged)
          throw new Error(`${acknowledged} changes were acknowledged, but only ${written} have an entry.`);
        const figures = [times.length / (took / 1000), percentile(times, 0.5), percentile(times, 0.99)];
        const shown = figures.map((figure) => figure.toFixed(1));
        rows.push([name, String(count), String(callers), ...shown, String(busy)]);
      }
    }
  }
  console.log(`\nBatches of a change that renames an organization, ${seconds} s each\n\n${table(rows)}`);
}

type Sending = { part: Part; tenants: string[]; callers: number; seconds: number };

async function send(db: Database, { part, tenants, callers, seconds }: Sending) {
  const times: number[] = [];
  let busy = 0;
  const start = performance.now();
  const call = async (_: unknown, caller: number) => {
    for (let turn = caller; performance.now() < start + seconds * 1000; turn += callers) {
      const tenant = tenants[turn % tenants.length] as string;
      const sent = performance.now();
      try {
        await runBatch(db, part(db, tenant));
        times.push(performance.now() - sent);
      } catch (error) {
        // An outage, which a person sees as a 503 that says when to retry. Any other error is a fault and ends the run.
        if (outageOf(error) === null) throw error;
        busy += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return { times, busy, took: performance.now() - start };
}

function entriesOf(db: Database, tenants: string[]): Promise<number> {
  return db.$count(auditEntry, inArray(auditEntry.organizationId, tenants));
}

/** Makes new organizations for each run, so that their logs have the same length. */
async function makeTenants(db: Database, count: number): Promise<string[]> {
  const tenants = Array.from({ length: count }, () => randomUUID());
  for (const id of tenants) {
    await db.insert(organization).values({ id, name: "Writes", slug: `writes-${id.slice(0, 8)}` });
  }
  return tenants;
}
